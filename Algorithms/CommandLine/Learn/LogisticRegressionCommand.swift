import ArgumentParser
import GyreLearning
import GyreLearningAlgorithms

struct LogisticRegressionCommand: WorkingCommand {
    static let title = "learn fit logistic-regression"

    static let configuration = CommandConfiguration(
        commandName: "logistic-regression",
        abstract: "Logistic regression: the probability of the greater of two labels.",
        discussion: """
            Labels are numbers or texts, exactly two distinct ones; the greater is the positive class.

            Example:
              gyre learn fit logistic-regression customers.csv --label churned --model churn
            """)

    enum Solver: String, ExpressibleByArgument, CaseIterable {
        case lbfgs
    }

    @OptionGroup(title: "Input") var data: FeatureInputOptions
    @OptionGroup var model: ModelOption

    @Option(name: .long, help: ArgumentHelp("lbfgs. (default: lbfgs)", valueName: "solver"))
    var solver: Solver = .lbfgs

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "The penalty x/2 · |w|² beside the sum of the losses; none on the intercept. (default: 1)",
            valueName: "x"), transform: OptionNumbers.real(0...Double.infinity))
    var l2: Double = 1

    @OptionGroup var search: SolverOptions
    @OptionGroup var checkpoints: CheckpointOptions
    @OptionGroup(title: "Output") var plot: PlotOption
    @OptionGroup(title: "Running") var runOptions: RunOptions

    var inputs: [String] { data.data }

    func perform(in session: Session) throws {
        let run = FitRun(
            data: data, model: model, plot: plot, loop: "logistic-regression", curve: ("loss", "Mean loss"),
            mostRounds: search.iterations, checkpoints: checkpoints,
            identity: ["--l2": "\(l2)", "--tolerance": "\(search.tolerance)"])
        try run.run(in: session) { table, configuration in
            try LogisticRegression(l2: l2, iterations: search.iterations, tolerance: search.tolerance)
                .fit(table, configuration: configuration)
        }
    }
}
