import Gyre

/// Room of a worker to compare rows with centres in.
final class LloydScratch: Sendable {
    /// Rows that are looked at together: few enough to list them in the first cache's neighbourhood, enough that a
    /// cluster has some among them.
    static let pieceRows = 16_384
    /// Centres whose products are computed together.
    static let centreBlock = 64

    /// Rows whose products are computed together.
    let blockRows: Int
    /// Rows of a piece that need a look, in their order; behind that, by cluster.
    let pending = SharedVector<UInt32>(count: pieceRows)
    let byCluster = SharedVector<UInt32>(count: pieceRows)
    /// Where each cluster's rows begin in `byCluster`.
    let starts: SharedVector<Int>
    /// What a look has found: the cluster of a row of the piece.
    let found = SharedVector<UInt32>(count: pieceRows)
    /// Bounds of a piece's rows, for who does not keep them.
    let upper = SharedVector<Double>(count: pieceRows)
    let lower = SharedVector<Double>(count: pieceRows)

    /// Rows of a block less a point of reference, their places in the piece, and |x|².
    let rows: SharedVector<Double>
    let places: SharedVector<UInt32>
    let rowNorms: SharedVector<Double>
    /// Centres less the same point, their numbers, and |c|².
    let centres: SharedVector<Double>
    let numbers: SharedVector<UInt32>
    let centreNorms: SharedVector<Double>
    /// −2xc.
    let products: SharedVector<Double>
    /// The least |c|² − 2xc of each row of the block so far, the second, and the centre of the least.
    let least: SharedVector<Double>
    let second: SharedVector<Double>
    let nearest: SharedVector<UInt32>
    /// Of all centres: the mean, where rows are compared with all of them.
    let reference: SharedVector<Double>
    /// For `CentreDistances`.
    let spare: SharedVector<Double>
    /// Half the distance of each centre from the nearest other one, and for which set of centres that holds.
    let halves: SharedVector<Double>
    let halfVersions: SharedVector<Int>

    init(clusters: Int, columnCount: Int) {
        blockRows = max(8, min(256, 32_768 / max(1, columnCount)))
        starts = SharedVector(count: clusters + 1)
        rows = SharedVector(count: blockRows * columnCount)
        places = SharedVector(count: blockRows)
        rowNorms = SharedVector(count: blockRows)
        centres = SharedVector(count: clusters * columnCount)
        numbers = SharedVector(count: clusters)
        centreNorms = SharedVector(count: clusters)
        products = SharedVector(count: blockRows * Self.centreBlock)
        least = SharedVector(count: blockRows)
        second = SharedVector(count: blockRows)
        nearest = SharedVector(count: blockRows)
        reference = SharedVector(count: columnCount)
        spare = SharedVector(count: clusters + 1)
        halves = SharedVector(count: clusters)
        halfVersions = SharedVector(count: clusters)
    }
}
