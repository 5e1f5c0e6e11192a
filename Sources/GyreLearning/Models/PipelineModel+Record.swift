// A pipeline is kept as one model, its stages within it.
extension PipelineModel where Last: Model {
    /// The name under which pipelines are kept.
    public static var algorithm: String { "pipeline" }

    /// The pipeline as a record.
    ///
    /// - Precondition: all stages are persistent, and no pipelines themselves.
    public var record: ModelRecord {
        let records = stages.map { stage in
            guard let stage = stage as? any PersistentTransformer else {
                preconditionFailure("\(type(of: stage)) cannot be kept as a file")
            }
            return stage.record
        }
        return ModelRecord(
            algorithm: Self.algorithm, schema: inputSchema, metrics: last.record.metrics,
            stages: records + [last.record])
    }

    /// Saves the pipeline as a folder, in place of an older model if there is one.
    ///
    /// - Throws: `FormatError` where the folder cannot be made or written; then what stood there stays.
    public func save(to path: String) throws {
        try ModelFolder(creatingAt: path).write(record)
    }

    /// Loads a pipeline from its folder.
    ///
    /// - Parameter known: the types that its stages before the last one can be.
    /// - Throws: `ModelError`: what is missing, damaged, newer, or of another algorithm.
    public static func load(
        from path: String, stages known: [any PersistentFeatureTransformer.Type]
    ) throws(ModelError) -> PipelineModel {
        let record = try ModelFolder.read(path)
        guard record.algorithm == algorithm, let lastRecord = record.stages.last else {
            throw .otherAlgorithm(path: path, expected: algorithm, found: record.algorithm)
        }
        var stages: [any FeatureTransformer] = []
        for stage in record.stages.dropLast() {
            guard let type = known.first(where: { $0.algorithm == stage.algorithm }) else {
                let names = known.map { $0.algorithm }.joined(separator: ", ")
                throw .otherAlgorithm(path: path, expected: names, found: stage.algorithm)
            }
            stages.append(try type.init(record: stage))
        }
        guard lastRecord.algorithm == Last.algorithm else {
            throw .otherAlgorithm(path: path, expected: Last.algorithm, found: lastRecord.algorithm)
        }
        return PipelineModel(stages: stages, last: try Last(record: lastRecord))
    }
}
