public import GyreLearning

/// A fitted linear model: x · coefficients + intercept.
public struct LinearRegressionModel: Transformer, Equatable {
    public let inputSchema: FeatureSchema
    /// One a feature, in the schema's order.
    public let coefficients: [Double]
    /// 0 where none was fitted.
    public let intercept: Double
    /// The rank of the features' centred matrix, from the normal solver; less than their number where features are
    /// constant or depend on each other, and coefficients are those of least length.
    public let rank: Int?
    /// How the training went; nil where the coefficients come from elsewhere.
    public let training: TrainingSummary?

    /// - Precondition: as many coefficients as the schema has features.
    public init(
        inputSchema: FeatureSchema, coefficients: [Double], intercept: Double, rank: Int? = nil,
        training: TrainingSummary? = nil
    ) {
        precondition(
            coefficients.count == inputSchema.features.count,
            "\(coefficients.count) coefficients for \(inputSchema.features.count) features")
        self.inputSchema = inputSchema
        self.coefficients = coefficients
        self.intercept = intercept
        self.rank = rank
        self.training = training
    }

    /// A number a row.
    ///
    /// - Complexity: one pass over the block.
    public func transform(_ block: FeatureBlock) throws -> Predictions {
        try checkColumns(of: block)
        let scores = block.features.scores(coefficients, intercept: intercept)
        return Predictions(place: block.place, values: .numbers(ArraySlice(scores)))
    }
}
