public import Gyre
public import GyreLearning

/// How good a model is on a table, whatever it predicts.
public struct ModelEvaluation: Sendable {
    /// A measure, by the name that the command line prints.
    public struct Metric: Equatable, Sendable {
        public var name: String
        /// NaN where the rows do not tell, as the AUC of one class.
        public var value: Double
    }

    /// `inertia`; or `rmse`, `mae`, `r2`; or `accuracy`, `log-loss`, `auc`.
    public let metrics: [Metric]
    /// What the model says of the table's blocks, in their order.
    public let predictions: [Predictions]
    /// Of a classifier: whether each row is of the positive class.
    public let isPositive: [Bool]
    /// Of a regression: the rows' labels.
    public let labels: [Double]
    /// The rows' weights; nil where each is 1.
    public let weights: [Double]?

    /// Lets the model score the table on all workers, and measures.
    ///
    /// - Throws: `LearningError`: no rows, no label, a label that is none of the classes or no number.
    public init(
        of model: any Model, on table: FeatureTable, configuration: JobConfiguration = JobConfiguration()
    ) throws {
        guard table.rowCount > 0 else { throw LearningError.noRows }
        predictions = try Self.score(table, with: model, configuration)
        weights = table.schema.weight == nil ? nil : table.blocks.flatMap { $0.weights ?? [] }
        switch model {
        case let model as KMeansModel:
            (isPositive, labels) = ([], [])
            metrics = [Metric(name: "inertia", value: try model.inertia(of: table))]
        case let model as LogisticRegressionModel:
            labels = []
            isPositive = try Self.classes(of: table, negative: model.negative, positive: model.positive)
            let probabilities = predictions.flatMap { $0.probabilities ?? [] }
            if probabilities.contains(where: \.isNaN) {
                throw table.locateNotFinite() ?? LearningError.diverged(algorithm: "scoring", round: 1)
            }
            let measured = try BinaryClassificationMetrics(
                isPositive: isPositive, probabilities: probabilities, weights: weights)
            metrics = [
                Metric(name: "accuracy", value: measured.accuracy), Metric(name: "log-loss", value: measured.logLoss),
                Metric(name: "auc", value: measured.areaUnderCurve ?? .nan),
            ]
        default:
            isPositive = []
            labels = try Self.numbers(of: table)
            let measured = try RegressionMetrics(
                labels: labels, predictions: predictions.flatMap { $0.values.numbers ?? [] }, weights: weights)
            metrics = [
                Metric(name: "rmse", value: measured.rootMeanSquaredError),
                Metric(name: "mae", value: measured.meanAbsoluteError),
                Metric(name: "r2", value: measured.determination),
            ]
        }
    }

    private static func score<Scoring: Model>(
        _ table: FeatureTable, with model: Scoring, _ configuration: JobConfiguration
    ) throws -> [Predictions] {
        // Places of blocks need not be distinct; their order in the table is what counts.
        let numbered = table.blocks.enumerated().map { ordinal, block in
            var block = block
            block.place = BlockPosition(file: 0, ordinal: ordinal)
            return block
        }
        return try model.transform(Job("evaluate").elements(numbered)).rows(configuration)
            .sorted { $0.place < $1.place }
    }

    private static func classes(
        of table: FeatureTable, negative: LabelValue, positive: LabelValue
    ) throws(LearningError) -> [Bool] {
        var classes: [Bool] = []
        classes.reserveCapacity(table.rowCount)
        for block in table.blocks {
            guard let labels = block.labels else { throw .noLabel }
            for row in 0..<labels.count {
                let label = labels[row]
                guard label == positive || label == negative else {
                    throw .unknownLabel(label, column: table.schema.label?.name ?? "label", row: classes.count)
                }
                classes.append(label == positive)
            }
        }
        return classes
    }

    private static func numbers(of table: FeatureTable) throws(LearningError) -> [Double] {
        var all: [Double] = []
        all.reserveCapacity(table.rowCount)
        for block in table.blocks {
            guard let labels = block.labels else { throw .noLabel }
            guard let values = labels.numbers else {
                throw .labelIsText(column: table.schema.label?.name ?? "label")
            }
            all += values
        }
        return all
    }
}
