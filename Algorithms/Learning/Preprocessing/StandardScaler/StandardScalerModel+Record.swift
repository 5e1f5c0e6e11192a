import Gyre
public import GyreLearning

extension StandardScalerModel: PersistentFeatureTransformer {
    public static var algorithm: String { "standard-scaler" }

    public var record: ModelRecord {
        var tensors: [String: Tensor] = [:]
        if let means { tensors["means"] = Tensor(means) }
        if let deviations { tensors["deviations"] = Tensor(deviations) }
        return ModelRecord(
            algorithm: Self.algorithm,
            parameters: ["centers": .flag(means != nil), "scales": .flag(deviations != nil)], schema: inputSchema,
            tensors: tensors)
    }

    public init(record: ModelRecord) throws(ModelError) {
        let count = record.schema.features.count
        let means = record.tensors["means"] == nil ? nil : try record.numbers("means", shape: [count])
        let deviations = record.tensors["deviations"] == nil ? nil : try record.numbers("deviations", shape: [count])
        if let deviations, deviations.contains(where: { $0 <= 0 }) {
            throw .badWeights(tensor: "deviations", expected: "positive numbers")
        }
        self.init(inputSchema: record.schema, means: means, deviations: deviations)
    }
}
