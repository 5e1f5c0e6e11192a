public import GyreLearning

/// A fitted scaler: (x − mean) ÷ deviation, feature by feature.
public struct StandardScalerModel: FeatureTransformer {
    public let inputSchema: FeatureSchema
    /// Nil where features are not centred.
    public let means: [Double]?
    /// Nil where they are not scaled; 1 for a constant feature.
    public let deviations: [Double]?

    public init(inputSchema: FeatureSchema, means: [Double]?, deviations: [Double]?) {
        self.inputSchema = inputSchema
        self.means = means
        self.deviations = deviations
    }

    public var outputSchema: FeatureSchema { inputSchema }

    public func transform(_ block: FeatureBlock) throws -> FeatureBlock {
        try checkColumns(of: block)
        var block = block
        let factors = deviations.map { $0.map { 1 / $0 } } ?? Array(repeating: 1, count: inputSchema.features.count)
        let means = means ?? Array(repeating: 0, count: inputSchema.features.count)
        switch block.features {
        case .dense(let rows):
            let columns = rows.columnCount
            let scaled = [Double](unsafeUninitializedCapacity: rows.rowCount * columns) { target, count in
                rows.withUnsafeRows { base in
                    for row in 0..<rows.rowCount {
                        for column in 0..<columns {
                            let value = base[row * columns + column]
                            target.initializeElement(
                                at: row * columns + column, to: (value - means[column]) * factors[column])
                        }
                    }
                }
                count = rows.rowCount * columns
            }
            block.features = .dense(DenseRows(scaled, columnCount: columns))
        case .sparse(let rows):
            guard self.means == nil else {
                throw LearningError.needsDense(algorithm: "standard-scaler", reason: "it centres them")
            }
            block.features = .sparse(rows.scaled(byColumn: factors))
        }
        return block
    }
}
