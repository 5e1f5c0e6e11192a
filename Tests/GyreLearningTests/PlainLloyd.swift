import Gyre
import GyreLearning

/// Rounds of Lloyd as they are defined, for comparison: each row is compared with each centre, each sum is made anew.
struct PlainLloyd {
    let rows: [[Double]]
    var weights: [Double]?
    var centres: [[Double]]

    func weight(_ row: Int) -> Double { weights?[row] ?? 1 }

    static func square(_ a: [Double], _ b: [Double]) -> Double {
        var sum = 0.0
        for (left, right) in zip(a, b) { sum += (left - right) * (left - right) }
        return sum
    }

    var clusters: [Int] {
        rows.map { row in
            var (nearest, least) = (0, Double.infinity)
            for (cluster, centre) in centres.enumerated() {
                let square = Self.square(row, centre)
                if square < least { (nearest, least) = (cluster, square) }
            }
            return nearest
        }
    }

    var inertia: Double {
        var sum = 0.0
        for (row, cluster) in clusters.enumerated() { sum += weight(row) * Self.square(rows[row], centres[cluster]) }
        return sum
    }

    var sizes: [Int] {
        var sizes = Array(repeating: 0, count: centres.count)
        for cluster in clusters { sizes[cluster] += 1 }
        return sizes
    }

    /// Rows without a centre of their own go to centres without rows, the farthest first.
    mutating func round() {
        var clusters = clusters
        let squares = zip(rows, clusters).map { Self.square($0, centres[$1]) }
        func counts() -> [Int] {
            var counts = Array(repeating: 0, count: centres.count)
            for (row, cluster) in clusters.enumerated() where weight(row) > 0 { counts[cluster] += 1 }
            return counts
        }
        var empty = counts().enumerated().filter { $0.element == 0 }.map(\.offset)[...]
        let before = counts()
        let eligible = squares.indices.filter { row in
            weight(row) > 0 && squares[row] > 1e-20 && before[clusters[row]] > 1
        }
        let farthest = eligible.sorted { left, right in
            squares[left] == squares[right] ? left < right : squares[left] > squares[right]
        }
        for row in farthest.prefix(empty.count) where counts()[clusters[row]] > 1 {
            if let cluster = empty.popFirst() { clusters[row] = cluster }
        }
        for cluster in centres.indices {
            let own = rows.indices.filter { clusters[$0] == cluster && weight($0) > 0 }
            let total = own.reduce(0.0) { $0 + weight($1) }
            guard !own.isEmpty else { continue }
            for column in centres[cluster].indices {
                var sum = 0.0
                for row in own { sum += weight(row) * rows[row][column] }
                centres[cluster][column] = sum / total
            }
        }
    }
}

/// Random rows for clustering, drawn by a seed.
struct RandomBlobs {
    private let random: CounterRandom
    private var next: UInt64 = 0

    init(seed: UInt64) { random = CounterRandom(seed: seed) }

    /// From 0 up to 1.
    mutating func unit() -> Double {
        next += 1
        return Double(random.block(row: next).x) * 0x1p-32
    }

    mutating func number(_ range: Range<Int>) -> Int { range.lowerBound + Int(unit() * Double(range.count)) }

    /// Rows around centres that are drawn within a box, as far from them as a few uniform numbers add up to.
    mutating func rows(_ count: Int, columns: Int, centres: Int, spread: Double = 1, offset: Double = 0) -> [[Double]] {
        var places: [[Double]] = []
        for _ in 0..<centres { places.append((0..<columns).map { _ in 10 * unit() + offset }) }
        var rows: [[Double]] = []
        for _ in 0..<count {
            var row = places[number(0..<centres)]
            for column in row.indices { row[column] += spread * (unit() + unit() + unit() - 1.5) }
            rows.append(row)
        }
        return rows
    }
}

extension FeatureTable {
    init(_ rows: [[Double]], weights: [Double]? = nil) {
        self.init(rows: rows.flatMap { $0 }, columnCount: rows.first?.count ?? 1, weights: weights)
    }

    /// The same rows in compressed form.
    init(sparse rows: [[Double]], weights: [Double]? = nil) {
        var (offsets, columns, values): ([Int], [Int32], [Double]) = ([0], [], [])
        for row in rows {
            for (column, value) in row.enumerated() where value != 0 {
                columns.append(Int32(column))
                values.append(value)
            }
            offsets.append(values.count)
        }
        let columnCount = rows.first?.count ?? 1
        self.init(
            schema: FeatureSchema(
                features: FeatureSchema.names(count: columnCount), weight: weights == nil ? nil : "weight"),
            blocks: [
                FeatureBlock(
                    features: .sparse(
                        SparseRows(offsets: offsets, columns: columns, values: values, columnCount: columnCount)),
                    weights: weights.map { $0[...] })
            ])
    }
}

extension DenseRows {
    /// The rows as arrays.
    var arrays: [[Double]] { (0..<rowCount).map { row in (0..<columnCount).map { self[row, $0] } } }
}
