import ArgumentParser
import GyreGenerators

struct GridCommand: WorkingCommand {
    static let title = "generate grid"

    static let configuration = CommandConfiguration(
        commandName: "grid",
        abstract: "A grid of rows × columns vertices.",
        discussion: """
            Vertices are numbered row by row from 0; each has an edge to its right and to its lower neighbour. Read it \
            with --undirected for the four-neighbourhood.

            Example:
              gyre generate grid --rows 1000 --columns 1000 -o grid.txt
            """)

    @Option(
        name: .long, parsing: .unconditional, help: ArgumentHelp("At least 1.", valueName: "r"),
        transform: OptionNumbers.whole(GridGraph.sides))
    var rows: Int

    @Option(
        name: .long, parsing: .unconditional, help: ArgumentHelp("At least 1.", valueName: "c"),
        transform: OptionNumbers.whole(GridGraph.sides))
    var columns: Int

    @OptionGroup(title: "Generating") var options: GeneratedGraphOptions
    @OptionGroup(title: "Running") var runOptions: RunOptions

    var seed: UInt64? { options.drawing.seed }

    func perform(in session: Session) throws {
        let graph = GridGraph(rows: rows, columns: columns, weights: options.weights, seed: options.drawing.seed)
        try options.write(graph, in: session)
    }
}
