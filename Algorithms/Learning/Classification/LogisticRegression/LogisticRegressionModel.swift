import Foundation
public import GyreLearning

/// A fitted logistic model: the probability of the positive class is 1 ÷ (1 + exp(−(x·coefficients + intercept))).
public struct LogisticRegressionModel: Transformer, Equatable {
    public let inputSchema: FeatureSchema
    /// One a feature, in the schema's order.
    public let coefficients: [Double]
    /// 0 where none was fitted.
    public let intercept: Double
    /// The two classes, of one kind, in order.
    public let negative: LabelValue
    public let positive: LabelValue
    /// How the training went; nil where the coefficients come from elsewhere.
    public let training: TrainingSummary?

    /// - Precondition: as many coefficients as the schema has features; classes of one kind.
    public init(
        inputSchema: FeatureSchema, coefficients: [Double], intercept: Double, negative: LabelValue,
        positive: LabelValue, training: TrainingSummary? = nil
    ) {
        precondition(
            coefficients.count == inputSchema.features.count,
            "\(coefficients.count) coefficients for \(inputSchema.features.count) features")
        self.inputSchema = inputSchema
        self.coefficients = coefficients
        self.intercept = intercept
        self.negative = negative
        self.positive = positive
        self.training = training
        switch (negative, positive) {
        case (.number, .number), (.text, .text): break
        default: preconditionFailure("classes of two kinds: \(negative), \(positive)")
        }
    }

    /// The likelier class of each row, which is the positive one above a probability of one half, and the positive
    /// class's probability.
    ///
    /// - Complexity: one pass over the block, one exponential a row.
    public func transform(_ block: FeatureBlock) throws -> Predictions {
        try checkColumns(of: block)
        let scores = block.features.scores(coefficients, intercept: intercept)
        let values: LabelColumn =
            switch (negative, positive) {
            case (.number(let negative), .number(let positive)):
                .numbers(ArraySlice(scores.map { $0 > 0 ? positive : negative }))
            case (.text(let negative), .text(let positive)):
                .texts(ArraySlice(scores.map { $0 > 0 ? positive : negative }))
            default: preconditionFailure("classes of two kinds")
            }
        let probabilities = scores.map { score in
            let small = exp(-abs(score))
            return score > 0 ? 1 / (1 + small) : small / (1 + small)
        }
        return Predictions(place: block.place, values: values, probabilities: probabilities)
    }
}
