public import Gyre
import GyreColumns
import GyreOperators
import GyrePlan

extension Job {
    /// Adds the training of a program to the job: a dense iteration over the chunks of a table.
    ///
    /// - Parameters:
    ///   - maximum: the most rounds, at least 1.
    ///   - name: the loop's name, in `explain`, reports and checkpoints.
    ///   - kind: what a round does, as `explain` shows it.
    /// - Returns: a stream of one row, when the loop is over.
    /// - Throws (at run time): what the program throws; `MemoryError` where the parts do not fit the table's budget.
    public func train<Program: TrainingProgram>(
        _ program: Program, on table: FeatureTable, maximum: Int, name: String, kind: String
    ) -> DataStream<Trained<Program.State, Program.Final>> {
        typealias Outcome = ChunkOutcome<Program.State, Program.Final>
        let outcomes: DataStream<Outcome> = add(
            DenseIteration(
                name: name, maximum: maximum, sourceKind: "rows",
                sourceParameters: [
                    .init("rows", "\(table.rowCount)"), .init("features", "\(table.schema.features.count)"),
                ], stepKind: kind),
            elements: .rows(of: Outcome.self)
        ) { try TrainingEngine(program, table: table, name: name, workers: $0).step }
        // Chunks come in their order: each worker has a contiguous range of them.
        return outcomes.fold(
            TrainingParts<Program.State, Program.Final>(), name: "trained",
            update: { parts, outcome in try parts.add(outcome) }, merge: { $0.append($1) }
        ).compactMap { $0.whole }
    }
}
