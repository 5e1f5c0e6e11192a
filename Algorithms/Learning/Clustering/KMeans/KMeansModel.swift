import Gyre
public import GyreLearning

/// Centres of clusters, and which of them is nearest.
///
/// Clusters are numbered in the order of their centres: by the first coordinate, then the next ones. So the same
/// clusters have the same numbers, whatever they were started from.
public struct KMeansModel: Transformer {
    public let inputSchema: FeatureSchema
    /// The centres, a row each, in order.
    public let centroids: DenseRows
    /// How the training went; nil where the centres come from elsewhere.
    public let training: Training?
    private let space = LloydSpace()

    /// How a training went.
    public struct Training: Codable, Equatable, Sendable {
        /// The sum over rows of weight · squared distance from the nearest centre.
        public var inertia: Double
        /// Rows of each cluster; 0 where the data have fewer distinct rows than there are clusters.
        public var sizes: [Int]
        public var rounds: Int
        /// False where it ended after the most rounds.
        public var isConverged: Bool

        public init(inertia: Double, sizes: [Int], rounds: Int, isConverged: Bool) {
            self.inertia = inertia
            self.sizes = sizes
            self.rounds = rounds
            self.isConverged = isConverged
        }
    }

    /// Takes centres in any order; `training.sizes` are in the same.
    ///
    /// - Precondition: at least one centre, of as many columns as the schema has features, and a size each.
    public init(inputSchema: FeatureSchema, centroids: DenseRows, training: Training? = nil) {
        precondition(centroids.rowCount > 0, "no centres")
        precondition(
            centroids.columnCount == inputSchema.features.count,
            "centres of \(centroids.columnCount) columns for \(inputSchema.features.count) features")
        precondition(
            training.map { $0.sizes.count == centroids.rowCount } ?? true,
            "\(training?.sizes.count ?? 0) sizes for \(centroids.rowCount) centres")
        let columns = 0..<centroids.columnCount
        let rows = (0..<centroids.rowCount).map { row in columns.map { centroids[row, $0] } }
        let order = rows.indices.sorted { left, right in
            rows[left] == rows[right] ? left < right : rows[left].lexicographicallyPrecedes(rows[right])
        }
        self.inputSchema = inputSchema
        self.centroids = DenseRows(order.flatMap { rows[$0] }, columnCount: centroids.columnCount)
        var sorted = training
        if let training { sorted?.sizes = order.map { training.sizes[$0] } }
        self.training = sorted
    }

    /// How many clusters there are.
    public var k: Int { centroids.rowCount }

    /// Numbers each row's cluster; of centres that are equally near it is the first.
    ///
    /// - Complexity: rows × k × features; of sparse rows, entries × k.
    public func transform(_ block: FeatureBlock) throws -> Predictions {
        var clusters: [Double] = []
        clusters.reserveCapacity(block.rowCount)
        try forEachPiece(of: block) { piece, search, found in
            for row in 0..<piece.rowCount { clusters.append(Double(found[row])) }
        }
        return Predictions(place: block.place, values: .numbers(clusters[...]))
    }

    /// The sum over a block's rows of weight · squared distance from the nearest centre.
    public func inertia(of block: FeatureBlock) throws -> Double {
        var inertia = 0.0
        try forEachPiece(of: block) { piece, search, found in
            for row in 0..<piece.rowCount {
                let weight = piece.weights.map { $0[$0.startIndex + row] } ?? 1
                inertia += weight * search.square(piece.features, row, Int(found[row]))
            }
        }
        return inertia
    }

    /// The sum over a table's rows of weight · squared distance from the nearest centre.
    public func inertia(of table: FeatureTable) throws -> Double {
        try table.blocks.reduce(0) { try $0 + inertia(of: $1) }
    }

    /// Finds the clusters of a block's rows, some rows at a time.
    private func forEachPiece(
        of block: FeatureBlock, _ body: (FeatureBlock, NearestCentres, UnsafePointer<UInt32>) -> Void
    ) throws {
        try checkColumns(of: block)
        let columnCount = centroids.columnCount
        let make = { LloydScratch(clusters: k, columnCount: columnCount) }
        space.withScratch(make) { scratch in
            centroids.withUnsafeRows { centres in
                let norms = (0..<k).map { cluster in
                    (0..<columnCount).reduce(0.0) { sum, column in
                        let value = centres[cluster * columnCount + column]
                        return sum + value * value
                    }
                }
                norms.withUnsafeBufferPointer { norms in
                    let search = NearestCentres(
                        centres: centres, norms: norms.baseAddress ?? centres, clusters: k, columnCount: columnCount,
                        version: 1, margin: DistanceMargin(columnCount: columnCount), slack: 0, distances: nil,
                        scratch: scratch)
                    var start = 0
                    while start < block.rowCount {
                        let end = min(start + LloydScratch.pieceRows, block.rowCount)
                        let piece = block.rows(start..<end)
                        for row in 0..<piece.rowCount { scratch.pending.base[row] = UInt32(row) }
                        search.searchAll(
                            piece.features, scratch.pending.base, count: piece.rowCount,
                            NearestCentres.Found(
                                cluster: scratch.found.base, upper: scratch.upper.base, lower: scratch.lower.base))
                        body(piece, search, scratch.found.base)
                        start = end
                    }
                }
            }
        }
    }
}
