import ArgumentParser
import GyreGenerators

struct RegressionCommand: WorkingCommand {
    static let title = "generate regression"

    static let configuration = CommandConfiguration(
        commandName: "regression",
        abstract: "A linear model with noise.",
        discussion: """
            Values, weights and intercept are standard normals, and so is the noise, times its deviation. The columns \
            are x0, x1 … and label.

            Example:
              gyre generate regression --rows 100000 --columns 20 --noise 0.5 -o line.csv
            """)

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("The standard deviation of the noise. (default: 1)", valueName: "s"),
        transform: OptionNumbers.real(0...Double.infinity))
    var noise: Double = 1

    @OptionGroup(title: "Generating") var options: GeneratedTableOptions
    @OptionGroup(title: "Running") var runOptions: RunOptions

    var seed: UInt64? { options.drawing.seed }

    func perform(in session: Session) throws {
        let table = LinearTable(
            rows: options.rows, columns: options.columns, noise: noise, seed: options.drawing.seed)
        try options.write(table, in: session)
    }
}
