import ArgumentParser
import Gyre
import GyreFormats
import GyreLearning
import GyreLearningAlgorithms

struct PredictCommand: WorkingCommand {
    static let title = "learn predict"

    static let configuration = CommandConfiguration(
        commandName: "predict",
        abstract: "Let a model score rows.",
        discussion: """
            Columns are found by the names that the model was fitted on, in any order; others are skipped. Output: a row \
            a row, in their order: prediction, and of classifiers the probability of the positive class.

            Example:
              gyre learn predict new.csv --model churn -o predictions.csv
            """)

    @OptionGroup(title: "Input") var data: FeatureInputOptions
    @OptionGroup var model: ModelOption
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Running") var runOptions: RunOptions

    var inputs: [String] { data.data }

    func perform(in session: Session) throws {
        let result = try ResultOutput(path: output.output)
        let files = try session.open(
            [OutputClaims.Claim(option: "--output", path: output.output)] + (data.rejections.claim.map { [$0] } ?? []))
        let fitted = try session.phase(\.load) { try StandardModels.load(from: model.model) }
        let scoring = ScoringRun(data: data, model: fitted)
        let predictions = try session.phase(\.compute) { try scoring.predictions(in: session) }
        try session.phase(\.write) {
            for file in files { try file.resultIsComplete() }
            let (names, columns) = PredictionColumns.of(predictions, task: type(of: fitted).task)
            try result.write(columns, names: names, to: files[0], in: session)
            if files.count > 1 { try RejectedRecords.write(scoring.rejected.records(of: data.data), to: files[1]) }
            try session.publish(files)
        }
    }
}
