import Gyre
import GyreLearning
import Synchronization

/// The centres, and what they are computed of.
struct LloydState: Codable, Sendable {
    /// Row by row.
    var centres: [Double]
    /// What the clusters' rows add up to.
    var totals: ClusterTotals
    /// Σ weight · |x − origin|², of all rows.
    var squares = 0.0
    var weight = 0.0
    /// How far each centre moved at most at the end of the last round, rounded up.
    var movements: [Double]
    /// |c|² of each centre, where there are sparse rows.
    var norms: [Double]
    /// What upper and lower bounds have to differ by: 0, and where there are sparse rows the rounding of their distances.
    var slack = 0.0
    /// The largest |x|² of a row and |c|² of a centre so far; where there are sparse rows.
    var largestNorm = 0.0
    /// Counts the sets of centres from 1.
    var version = 1
    /// Whether the next round makes the sums anew: where what was taken off a cluster was nearly all of it, what is left
    /// is rounding.
    var isRefreshDue = false
    /// Not saved: holds nothing that cannot be made anew.
    var space = LloydSpace()

    private enum CodingKeys: String, CodingKey {
        case centres, totals, squares, weight, movements, norms, slack, largestNorm, version, isRefreshDue
    }
}

/// What the rows of each cluster add up to.
struct ClusterTotals: Codable, Sendable {
    /// Σ weight · (x − origin), row by row.
    var sums: [Double]
    var weights: [Double]
    /// Rows whose weight is not zero.
    var counts: [Int]

    init(clusters: Int, columnCount: Int) {
        sums = Array(repeating: 0, count: clusters * columnCount)
        weights = Array(repeating: 0, count: clusters)
        counts = Array(repeating: 0, count: clusters)
    }
}

/// Memory that a run of the training shares: distances between centres, and room to work in at the end.
final class LloydSpace: Sendable {
    private let table = Mutex<CentreDistances?>(nil)
    private let rooms = Mutex<[LloydScratch]>([])

    func distances(count: Int) -> CentreDistances? {
        guard count <= CentreDistances.most else { return nil }
        return table.withLock { table in
            let made = table ?? CentreDistances(count: count)
            table = made
            return made
        }
    }

    /// Lends room to work in.
    func withScratch<Result>(
        _ make: () -> LloydScratch, _ body: (LloydScratch) throws -> Result
    ) rethrows -> Result {
        let scratch = rooms.withLock { $0.popLast() } ?? make()
        defer { rooms.withLock { $0.append(scratch) } }
        return try body(scratch)
    }
}
