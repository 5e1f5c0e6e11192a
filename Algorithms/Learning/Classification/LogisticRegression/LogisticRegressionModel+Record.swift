import Gyre
public import GyreLearning

extension LogisticRegressionModel: Model {
    public static var algorithm: String { "logistic-regression" }
    public static var task: LearningTask { .classification }

    public var record: ModelRecord {
        ModelRecord(
            algorithm: Self.algorithm, schema: inputSchema, classes: [negative, positive],
            metrics: training?.metrics ?? [:],
            tensors: ["coefficients": Tensor(coefficients), "intercept": Tensor([intercept])])
    }

    public init(record: ModelRecord) throws(ModelError) {
        guard let classes = record.classes, classes.count == 2, classes[0] < classes[1],
            classes[0].kind == classes[1].kind
        else { throw .badWeights(tensor: "coefficients", expected: "two classes beside it, in order") }
        self.init(
            inputSchema: record.schema,
            coefficients: try record.numbers("coefficients", shape: [record.schema.features.count]),
            intercept: try record.numbers("intercept", shape: [1])[0], negative: classes[0], positive: classes[1],
            training: TrainingSummary(metrics: record.metrics))
    }
}
