import Gyre
import GyreLearning

/// What a chunk of rows remembers from round to round, and how it changes its clusters' sums.
final class LloydPart: Sendable {
    let chunk: TrainingChunk
    /// A row each: the number of its cluster; `LloydPart.none` before the first round.
    let assignments: SharedVector<UInt32>
    /// At least the distance to the row's centre, and at most that to any other.
    let upper: SharedVector<Double>
    let lower: SharedVector<Double>
    let changes: ClusterChanges
    /// What is not of a cluster or a row.
    let tally = ChunkValue(Tally())

    static let none = UInt32.max

    /// Of a chunk in one round.
    struct Tally: Sendable {
        /// Rows whose cluster has changed.
        var changed = 0
        /// Σ weight · |x − origin|², and Σ weight: of all rows in round 1.
        var squares = 0.0
        var weight = 0.0
        var largestNorm = 0.0
        /// The first row of the table with a weight below zero.
        var badWeight: Int?
        /// Whether the bounds are nothing yet.
        var isFresh = true
    }

    init(_ chunk: TrainingChunk, clusters: Int, columnCount: Int) {
        self.chunk = chunk
        assignments = SharedVector(count: chunk.rows.count)
        upper = SharedVector(count: chunk.rows.count)
        lower = SharedVector(count: chunk.rows.count)
        changes = ClusterChanges(clusters: clusters, columnCount: columnCount)
        for row in 0..<chunk.rows.count { assignments.base[row] = Self.none }
        forgetBounds()
    }

    /// Makes each row be compared with all centres again.
    func forgetBounds() {
        for row in 0..<chunk.rows.count {
            upper.base[row] = .infinity
            lower.base[row] = 0
        }
    }

    func save(into writer: inout ByteWriter) {
        writer.append(UnsafeRawBufferPointer(assignments.elements))
    }

    func restore(from reader: inout ByteReader, clusters: Int) throws {
        let elements = UnsafeMutableRawBufferPointer(
            start: assignments.base, count: assignments.count * MemoryLayout<UInt32>.stride)
        try reader.readBytes(into: elements)
        guard assignments.elements.allSatisfy({ $0 < clusters || $0 == Self.none }) else {
            throw CodecError.malformed(expected: "clusters below \(clusters)")
        }
    }
}

/// What a chunk adds to the sums of clusters in a round, in room for all of them; only those that it touches are looked
/// at afterwards.
final class ClusterChanges: Sendable {
    private let columnCount: Int
    private let sums: SharedVector<Double>
    private let weights: SharedVector<Double>
    private let counts: SharedVector<Int>
    private let isTouched: SharedVector<Bool>
    /// The touched clusters, in the order of their first touch, and how many there are.
    private let touched: SharedVector<UInt32>
    private let touchedCount = SharedVector<Int>(count: 1)

    init(clusters: Int, columnCount: Int) {
        self.columnCount = columnCount
        sums = SharedVector(count: clusters * columnCount)
        weights = SharedVector(count: clusters)
        counts = SharedVector(count: clusters)
        isTouched = SharedVector(count: clusters)
        touched = SharedVector(count: clusters)
    }

    static func byteCount(clusters: Int, columnCount: Int) -> Int { clusters * (columnCount * 8 + 21) }

    /// Begins a round.
    func removeAll() {
        for index in 0..<touchedCount.base[0] {
            let cluster = Int(touched.base[index])
            (sums.base + cluster * columnCount).update(repeating: 0, count: columnCount)
            weights.base[cluster] = 0
            counts.base[cluster] = 0
            isTouched.base[cluster] = false
        }
        touchedCount.base[0] = 0
    }

    /// The sums of a cluster, which gets a row of the weight, or where that is below zero loses one.
    @inline(__always)
    func sums(of cluster: Int, adding weight: Double) -> UnsafeMutablePointer<Double> {
        if !isTouched.base[cluster] {
            isTouched.base[cluster] = true
            touched.base[touchedCount.base[0]] = UInt32(cluster)
            touchedCount.base[0] += 1
        }
        weights.base[cluster] += weight
        counts.base[cluster] += weight > 0 ? 1 : -1
        return sums.base + cluster * columnCount
    }

    /// Adds the changes to the totals.
    func add(to totals: inout ClusterTotals) {
        totals.sums.withUnsafeMutableBufferPointer { target in
            for index in 0..<touchedCount.base[0] {
                let cluster = Int(touched.base[index])
                totals.weights[cluster] += weights.base[cluster]
                totals.counts[cluster] += counts.base[cluster]
                for place in cluster * columnCount..<(cluster + 1) * columnCount { target[place] += sums.base[place] }
            }
        }
    }
}
