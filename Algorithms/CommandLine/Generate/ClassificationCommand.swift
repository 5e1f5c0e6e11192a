import ArgumentParser
import GyreGenerators

struct ClassificationCommand: WorkingCommand {
    static let title = "generate classification"

    static let configuration = CommandConfiguration(
        commandName: "classification",
        abstract: "Two classes that a logistic model draws.",
        discussion: """
            Values are standard normals. Weights point anywhere and have the length 2; a row has the label 1 with the \
            probability that the logistic function gives, else 0, so that the classes overlap. The columns are x0, x1 … \
            and label.

            Example:
              gyre generate classification --rows 100000 --columns 20 --seed 1 -o classes.csv
            """)

    @OptionGroup(title: "Generating") var options: GeneratedTableOptions
    @OptionGroup(title: "Running") var runOptions: RunOptions

    var seed: UInt64? { options.drawing.seed }

    func perform(in session: Session) throws {
        let table = LogisticTable(rows: options.rows, columns: options.columns, seed: options.drawing.seed)
        try options.write(table, in: session)
    }
}
