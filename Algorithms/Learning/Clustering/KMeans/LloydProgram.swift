import Gyre
import GyreLearning

/// Lloyd's rounds: each row goes to the nearest centre, each centre to the mean of its rows.
///
/// Most rows are not even read: a row keeps an upper bound on the distance to its centre and a lower bound on that to any
/// other, both corrected by how far centres move, and stays where it is while the first is below the second. Sums of
/// clusters follow from the rows that move.
///
/// - Source: G. Hamerly, "Making k-means even faster", SDM 2010; the choice of candidates by distances between centres
///   as in J. Newling and F. Fleuret, "Fast k-means with accurate bounds", ICML 2016.
struct LloydProgram: TrainingProgram {
    let table: FeatureTable
    let clusters: Int
    let columnCount: Int
    /// Of the largest squared movement of a centre.
    let tolerance: Double
    /// Row by row.
    let initial: [Double]
    /// Sums are of rows less this point, so that an offset of all data costs no digits; zero where there are sparse rows.
    let origin: [Double]
    let hasSparse: Bool
    let margin: DistanceMargin

    /// Sums that follow from what moves gather rounding; each time after so many rounds they are made anew.
    static let roundsToRefresh = 32

    init(table: FeatureTable, initial: DenseRows, tolerance: Double) {
        self.table = table
        self.tolerance = tolerance
        let columnCount = initial.columnCount
        let clusters = initial.rowCount
        self.clusters = clusters
        self.columnCount = columnCount
        self.initial = initial.numbers
        hasSparse = table.blocks.contains(where: \.features.isSparse)
        margin = DistanceMargin(columnCount: columnCount)
        // The median of the first centres: one that is far away would cost all other rows their digits.
        origin =
            hasSparse
            ? Array(repeating: 0, count: columnCount)
            : (0..<columnCount).map { column in
                (0..<clusters).map { initial[$0, column] }.sorted()[(clusters - 1) / 2]
            }
    }

    var identity: [String: String] {
        var hash = StableHash.combine(UInt64(clusters), UInt64(columnCount))
        for value in initial { hash = StableHash.combine(hash, value.bitPattern) }
        return [
            "the program": "k-means(k: \(clusters), tolerance: \(tolerance))",
            "the first centres' fingerprint": String(hash, radix: 16),
        ]
    }

    func initialState() -> LloydState {
        LloydState(
            centres: initial, totals: ClusterTotals(clusters: clusters, columnCount: columnCount),
            movements: Array(repeating: 0, count: clusters), norms: norms(of: initial))
    }

    func partByteCount(rows: Int) -> Int {
        rows * 20 + ClusterChanges.byteCount(clusters: clusters, columnCount: columnCount)
    }

    func makePart(for chunk: TrainingChunk) -> LloydPart {
        LloydPart(chunk, clusters: clusters, columnCount: columnCount)
    }

    func makeScratch() -> LloydScratch { LloydScratch(clusters: clusters, columnCount: columnCount) }

    func save(_ part: LloydPart, into writer: inout ByteWriter) { part.save(into: &writer) }

    func restore(_ part: LloydPart, from reader: inout ByteReader) throws {
        try part.restore(from: &reader, clusters: clusters)
    }

    func compute(_ chunk: TrainingChunk, _ part: LloydPart, _ state: LloydState, round: Int, scratch: LloydScratch) {
        part.changes.removeAll()
        let isFresh = part.tally.value.isFresh
        var tally = LloydPart.Tally()
        tally.isFresh = false
        chunk.forEachPiece(ofRows: LloydScratch.pieceRows) { piece, first in
            if round == 1 { measure(piece, at: chunk.rows.lowerBound + first, into: &tally) }
            let assignments = part.assignments.base + first
            let pending = assign(
                piece, part, first, state, hasBounds: !isFresh, found: scratch.found.base, scratch: scratch)
            let isRefreshed = Self.isRefreshed(round) || state.isRefreshDue
            for place in 0..<pending {
                let row = Int(scratch.pending.base[place])
                let (old, new) = (assignments[row], scratch.found.base[row])
                if old == new { continue }
                tally.changed += 1
                assignments[row] = new
                if isRefreshed { continue }
                if old != LloydPart.none { add(piece, row, sign: -1, to: Int(old), part.changes) }
                add(piece, row, sign: 1, to: Int(new), part.changes)
            }
            if isRefreshed {
                for row in 0..<piece.rowCount { add(piece, row, sign: 1, to: Int(assignments[row]), part.changes) }
            }
        }
        part.tally.value = tally
    }

    static func isRefreshed(_ round: Int) -> Bool { (round - 1) % roundsToRefresh == 0 }

    /// Finds the nearest centres of a piece's rows, as far as bounds do not show that they stay.
    ///
    /// - Parameter found: gets the clusters of the rows that were looked at.
    /// - Returns: how many rows were looked at: those listed in `scratch.pending`.
    func assign(
        _ piece: FeatureBlock, _ part: LloydPart, _ first: Int, _ state: LloydState, hasBounds: Bool,
        found: UnsafeMutablePointer<UInt32>, scratch: LloydScratch
    ) -> Int {
        let assignments = part.assignments.base + first
        let target = NearestCentres.Found(
            cluster: found, upper: part.upper.base + first, lower: part.lower.base + first)
        let pending = scratch.pending.base
        return state.centres.withUnsafeBufferPointer { centres in
            state.norms.withUnsafeBufferPointer { norms in
                guard let base = centres.baseAddress else { return 0 }
                let search = NearestCentres(
                    centres: base, norms: norms.baseAddress ?? base, clusters: clusters, columnCount: columnCount,
                    version: state.version, margin: margin, slack: state.slack,
                    distances: state.space.distances(count: clusters), scratch: scratch)
                guard hasBounds else {
                    for row in 0..<piece.rowCount { pending[row] = UInt32(row) }
                    search.searchAll(piece.features, pending, count: piece.rowCount, target)
                    return piece.rowCount
                }
                let moved = moveBounds(target, assignments, rows: piece.rowCount, state, pending)
                let count = search.tighten(piece.features, assignments, pending, count: moved, target)
                guard search.distances != nil else {
                    search.searchAll(piece.features, pending, count: count, target)
                    return count
                }
                group(assignments, count: count, scratch)
                for cluster in 0..<clusters {
                    let start = scratch.starts.base[cluster]
                    let end = scratch.starts.base[cluster + 1]
                    guard start < end else { continue }
                    search.searchGroup(
                        piece.features, of: cluster, scratch.byCluster.base + start, count: end - start, target)
                }
                return count
            }
        }
    }

    /// Corrects bounds by how far centres have moved, and lists the rows for which they no longer say anything.
    private func moveBounds(
        _ found: NearestCentres.Found, _ assignments: UnsafePointer<UInt32>, rows: Int, _ state: LloydState,
        _ pending: UnsafeMutablePointer<UInt32>
    ) -> Int {
        // The farthest that a centre has moved, and the farthest that any other has.
        var (largest, second, mover) = (0.0, 0.0, UInt32.max)
        for (cluster, movement) in state.movements.enumerated() {
            if movement > largest {
                (second, largest, mover) = (largest, movement, UInt32(cluster))
            } else if movement > second {
                second = movement
            }
        }
        let (up, down) = (1 + 4 * Double.ulpOfOne, 1 - 4 * Double.ulpOfOne)
        let slack = state.slack
        return state.movements.withUnsafeBufferPointer { movements in
            var count = 0
            for row in 0..<rows {
                let cluster = assignments[row]
                let upper = (found.upper[row] + movements[Int(cluster)]) * up
                let lower = max(0, found.lower[row] - (cluster == mover ? second : largest)) * down
                found.upper[row] = upper
                found.lower[row] = lower
                // Without a branch, which would be foreseen as often as not.
                pending[count] = UInt32(row)
                count += upper + slack < lower ? 0 : 1
            }
            return count
        }
    }

    /// Lists the pending rows by cluster, those of one cluster in their order.
    private func group(_ assignments: UnsafePointer<UInt32>, count: Int, _ scratch: LloydScratch) {
        let (starts, pending) = (scratch.starts.base, scratch.pending.base)
        starts.update(repeating: 0, count: clusters + 1)
        for place in 0..<count { starts[Int(assignments[Int(pending[place])])] += 1 }
        var sum = 0
        for cluster in 0..<clusters {
            sum += starts[cluster]
            starts[cluster] = sum
        }
        starts[clusters] = sum
        // From the back, so that each cluster's end becomes its start.
        for place in (0..<count).reversed() {
            let row = pending[place]
            let cluster = Int(assignments[Int(row)])
            starts[cluster] -= 1
            scratch.byCluster.base[starts[cluster]] = row
        }
    }

    func norms(of centres: [Double]) -> [Double] {
        guard hasSparse else { return [] }
        return (0..<clusters).map { cluster in
            centres[cluster * columnCount..<(cluster + 1) * columnCount].reduce(0) { $0 + $1 * $1 }
        }
    }
}
