import Gyre
public import GyreLearning

extension KMeansModel: Model {
    public static var algorithm: String { "kmeans" }
    public static var task: LearningTask { .clustering }

    public var record: ModelRecord {
        var metrics: [String: Double] = [:]
        var tensors = ["centroids": Tensor(centroids.numbers, shape: [k, inputSchema.features.count])]
        if let training {
            metrics = [
                "inertia": training.inertia, "rounds": Double(training.rounds),
                "converged": training.isConverged ? 1 : 0,
            ]
            tensors["sizes"] = Tensor(training.sizes.map { Int64($0) })
        }
        return ModelRecord(
            algorithm: Self.algorithm, parameters: ["k": .whole(k)], schema: inputSchema, metrics: metrics,
            tensors: tensors)
    }

    public init(record: ModelRecord) throws(ModelError) {
        let features = record.schema.features.count
        let centroids = try record.numbers("centroids", shape: [nil, features])
        guard !centroids.isEmpty else { throw .badWeights(tensor: "centroids", expected: "at least one row") }
        let count = centroids.count / features
        var training: Training?
        if let inertia = record.metrics["inertia"], let summary = TrainingSummary(metrics: record.metrics),
            let sizes = record.tensors["sizes"]?.integers
        {
            guard sizes.count == count else { throw .badWeights(tensor: "sizes", expected: "I64 of \(count)") }
            training = Training(
                inertia: inertia, sizes: sizes.map { Int($0) }, rounds: summary.rounds,
                isConverged: summary.isConverged)
        }
        self.init(
            inputSchema: record.schema, centroids: DenseRows(centroids, columnCount: features), training: training)
    }
}
