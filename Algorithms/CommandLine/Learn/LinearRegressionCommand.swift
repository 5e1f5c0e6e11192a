import ArgumentParser
import GyreLearning
import GyreLearningAlgorithms

struct LinearRegressionCommand: WorkingCommand {
    static let title = "learn fit linear-regression"

    static let configuration = CommandConfiguration(
        commandName: "linear-regression",
        abstract: "Linear regression: a number as a weighted sum of the features.",
        discussion: """
            Examples:
              gyre learn fit linear-regression houses.csv --label price --model prices
              gyre learn fit linear-regression wide.csv --label y --l2 10 --solver lbfgs --model wide
            """)

    enum Solver: String, ExpressibleByArgument, CaseIterable {
        case normal, lbfgs
    }

    @OptionGroup(title: "Input") var data: FeatureInputOptions
    @OptionGroup var model: ModelOption

    @Option(
        name: .long,
        help: ArgumentHelp("normal (the normal equations, exact) or lbfgs. (default: normal)", valueName: "solver"))
    var solver: Solver = .normal

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "The penalty x/2 · |w|² beside half the sum of the squared errors; none on the intercept. (default: 0)",
            valueName: "x"), transform: OptionNumbers.real(0...Double.infinity))
    var l2: Double = 0

    @OptionGroup var search: SolverOptions
    @OptionGroup var checkpoints: CheckpointOptions
    @OptionGroup(title: "Output") var plot: PlotOption
    @OptionGroup(title: "Running") var runOptions: RunOptions

    var inputs: [String] { data.data }

    func perform(in session: Session) throws {
        let run = FitRun(
            data: data, model: model, plot: plot, loop: "linear-regression", curve: ("loss", "Mean loss"),
            mostRounds: search.iterations, checkpoints: checkpoints,
            identity: ["--solver": solver.rawValue, "--l2": "\(l2)", "--tolerance": "\(search.tolerance)"])
        try run.run(in: session) { table, configuration in
            try LinearRegression(
                solver: solver == .normal ? .normal : .lbfgs, l2: l2, iterations: search.iterations,
                tolerance: search.tolerance
            ).fit(table, configuration: configuration)
        }
    }
}
