public import Gyre
public import GyreLearning

/// Numbers the distinct labels of rows: 0, 1 … in their order, numbers before texts, texts by their bytes.
///
/// Features are left alone.
///
/// - Complexity: one round over the labels; memory for the distinct ones.
public struct LabelEncoder: FeatureEstimator, JobEstimator {
    public typealias Fitted = LabelEncoderModel

    public init() {}

    public func training(on table: FeatureTable, in job: Job) throws -> DataStream<LabelEncoderModel> {
        guard table.rowCount > 0 else { throw LearningError.noRows }
        guard table.schema.label != nil else { throw LearningError.noLabel }
        let schema = table.schema
        return job.train(
            DistinctLabelsProgram(table: table), on: table, maximum: 1, name: "label-encoder", kind: "distinct labels"
        ).map(name: "model") { LabelEncoderModel(inputSchema: schema, labels: $0.state) }
    }
}
