import Gyre
import GyreFormats
import GyreLearning

/// Rows on their way through a model.
struct ScoringRun {
    let data: FeatureInputOptions
    let model: any Model
    let rejected = RejectedList()

    /// What the model says of all rows, in their order.
    func predictions(in session: Session) throws -> [Predictions] {
        try predictions(of: model, in: session)
    }

    private func predictions<Scoring: Model>(of model: Scoring, in session: Session) throws -> [Predictions] {
        let job = Job("predict")
        let scored = model.transform(blocks(in: job, session, requiresLabel: false)).collect()
        let result = try job.run(session.configuration())
        let ordered = scored.elements.sorted { $0.place < $1.place }
        session.count {
            $0.rows = ordered.reduce(0) { $0 + $1.values.count }
            $0.rejected = Int(result.accumulators["features.refused"] ?? 0)
        }
        return ordered
    }

    /// The rows with their labels, in memory: for who has to look at all of them.
    func table(in session: Session, requiresLabel: Bool) throws -> FeatureTable {
        let job = Job("evaluate")
        let blocks = blocks(in: job, session, requiresLabel: requiresLabel)
        let table = try FeatureTable.collect(
            blocks, schema: schema(requiresLabel: requiresLabel),
            account: MemoryAccount(budget: session.memory.bytes), configuration: session.configuration())
        session.count { $0.rows = table.rowCount }
        return table
    }

    private func blocks(in job: Job, _ session: Session, requiresLabel: Bool) -> DataStream<FeatureBlock> {
        job.features(
            data.input(memory: session.memory.bytes, rejected: rejected),
            schema: schema(requiresLabel: requiresLabel), requiresLabel: requiresLabel, name: "features")
    }

    /// The model's columns; a label that the command line names is that of the data.
    private func schema(requiresLabel: Bool) -> FeatureSchema {
        var schema = model.inputSchema
        schema.weight = data.weight
        if !requiresLabel { schema.label = nil }
        if let label = data.label, requiresLabel {
            schema.label = FeatureSchema.Label(name: label, kind: schema.label?.kind ?? .number)
        }
        return schema
    }
}
