import Gyre
import GyreFormats
import GyreLearning

/// What the fitting commands have in common: claim the outputs, load, train, keep the model.
struct FitRun {
    let data: FeatureInputOptions
    let model: ModelOption
    let plot: PlotOption
    /// The algorithm's loop, whose rounds are reported.
    let loop: String
    /// The figure of a round that the picture of the convergence shows, with its name there.
    let curve: (figure: String, name: String)
    /// The limit of rounds, for the progress bar.
    let mostRounds: Int
    let checkpoints: CheckpointOptions
    /// The options that the result depends on, besides the input and the limit of rounds.
    let identity: [String: String]

    func run(
        in session: Session, fit: (FeatureTable, JobConfiguration) throws -> any Model
    ) throws {
        let rejected = RejectedList()
        let claims = [plot.claim, data.rejections.claim].compactMap { $0 }
        let checkpoint = checkpoints.checkpoint.map { [OutputClaims.Claim(option: "--checkpoint", path: $0)] } ?? []
        try session.claim(
            folder: OutputClaims.Claim(option: "--model", path: model.model), apartFrom: claims + checkpoint)
        let files = try session.open(claims)
        let folder = try ModelFolder(creatingAt: model.model)
        let policy = try checkpoints.policy(identity.merging(["the command": session.title]) { option, _ in option })
            .map { try session.reserve($0) }
        let table = try session.phase(\.load) {
            try FeatureTable.load(
                data.input(memory: session.memory.bytes, rejected: rejected), configuration: session.configuration())
        }
        session.count {
            $0.rows = table.rowCount
            $0.rejected = table.rejected
        }
        if table.rowCount == 0 { throw CommandError.noRows(inputs: data.data) }
        let fitted = try session.phase(\.compute) {
            try fit(table, session.configuration(loop: loop, mostRounds: mostRounds, checkpoint: policy))
        }
        let record = fitted.record
        session.note { $0.metrics = record.metrics.filter(\.value.isFinite) }
        try session.phase(\.write) {
            var rest = files[...]
            if plot.plot != nil, let file = rest.popFirst() {
                let text = TextBuffer()
                text.append(FitPlot.svg(rounds: session.rounds, figure: curve.figure, name: curve.name))
                try file.write(text)
            }
            if let file = rest.popFirst() {
                try RejectedRecords.write(try rejected.records(of: data.data), to: file)
            }
            try session.publish(files) { try folder.write(record) }
        }
        if session.isVerbose { StandardError.write(ModelSummary.text(of: record)) }
    }
}
