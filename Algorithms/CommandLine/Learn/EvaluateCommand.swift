import ArgumentParser
import Gyre
import GyreCharts
import GyreFormats
import GyreLearning
import GyreLearningAlgorithms

struct EvaluateCommand: WorkingCommand {
    static let title = "learn evaluate"

    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure a model on rows whose labels are known.",
        discussion: """
            Output: metric,value. Of clusters the inertia; of a regression rmse, mae and r2; of a classifier accuracy, \
            log-loss and auc.

            Example:
              gyre learn evaluate test.csv --model churn --plot roc.svg
            """)

    @OptionGroup(title: "Input") var data: FeatureInputOptions
    @OptionGroup var model: ModelOption
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup var plot: PlotOption
    @OptionGroup(title: "Running") var runOptions: RunOptions

    var inputs: [String] { data.data }

    func perform(in session: Session) throws {
        let result = try ResultOutput(path: output.output)
        let files = try session.open(
            [OutputClaims.Claim(option: "--output", path: output.output)]
                + [plot.claim, data.rejections.claim].compactMap { $0 })
        let fitted = try session.phase(\.load) { try StandardModels.load(from: model.model) }
        let scoring = ScoringRun(data: data, model: fitted)
        let table = try session.phase(\.load) {
            try scoring.table(in: session, requiresLabel: type(of: fitted).task != .clustering)
        }
        if table.rowCount == 0 { throw CommandError.noRows(inputs: data.data) }
        let evaluation = try session.phase(\.compute) {
            try ModelEvaluation(of: fitted, on: table, configuration: session.configuration())
        }
        session.note { report in
            report.metrics = Dictionary(
                uniqueKeysWithValues: evaluation.metrics.filter(\.value.isFinite).map { ($0.name, $0.value) })
        }
        try session.phase(\.write) {
            try files[0].resultIsComplete()
            var rest = files.dropFirst()
            try result.write(
                [.strings(evaluation.metrics.map(\.name)), .doubles(evaluation.metrics.map(\.value))],
                names: ["metric", "value"], to: files[0], in: session)
            if plot.plot != nil, let file = rest.popFirst() {
                let text = TextBuffer()
                text.append(try EvaluationPlot.chart(of: fitted, table, evaluation).svg())
                try file.write(text)
            }
            if let file = rest.popFirst() {
                try RejectedRecords.write(try scoring.rejected.records(of: data.data), to: file)
            }
            try session.publish(files)
        }
    }
}
