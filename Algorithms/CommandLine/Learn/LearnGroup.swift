import ArgumentParser

struct LearnGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn",
        abstract: "Learn a model from rows of features, and let it score others.",
        discussion: """
            Input: CSV with a header, LIBSVM, or JSON lines; all columns but the label are features, and must be numbers. \
            A model is a folder: model.json and weights.safetensors.

            Examples:
              gyre learn fit kmeans points.csv -k 8 --model clusters
              gyre learn fit logistic-regression customers.csv --label churned --model churn
              gyre learn predict new.csv --model churn -o predictions.csv
              gyre learn evaluate test.csv --model churn --plot roc.svg
            """,
        subcommands: [FitGroup.self, PredictCommand.self, EvaluateCommand.self])

    func run() throws {
        throw ValidationError("expected a command, one of: fit, predict, evaluate")
    }
}

struct FitGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fit",
        abstract: "Learn a model.",
        discussion: """
            Examples:
              gyre learn fit kmeans points.csv -k 8 --model clusters --plot clusters.svg
              gyre learn fit linear-regression houses.csv --label price --model prices
            """,
        subcommands: [KMeansCommand.self, LinearRegressionCommand.self, LogisticRegressionCommand.self])

    func run() throws {
        throw ValidationError(
            "expected an algorithm, one of: kmeans, linear-regression, logistic-regression")
    }
}
