import Gyre
public import GyreLearning

extension LinearRegressionModel: Model {
    public static var algorithm: String { "linear-regression" }
    public static var task: LearningTask { .regression }

    public var record: ModelRecord {
        var metrics = training?.metrics ?? [:]
        if let rank { metrics["rank"] = Double(rank) }
        return ModelRecord(
            algorithm: Self.algorithm, schema: inputSchema, metrics: metrics,
            tensors: ["coefficients": Tensor(coefficients), "intercept": Tensor([intercept])])
    }

    public init(record: ModelRecord) throws(ModelError) {
        self.init(
            inputSchema: record.schema,
            coefficients: try record.numbers("coefficients", shape: [record.schema.features.count]),
            intercept: try record.numbers("intercept", shape: [1])[0],
            rank: record.metrics["rank"].flatMap { Int(exactly: $0) },
            training: TrainingSummary(metrics: record.metrics))
    }
}
