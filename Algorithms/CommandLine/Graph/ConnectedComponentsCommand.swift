import ArgumentParser
import GyreGraphs

struct ConnectedComponentsCommand: WorkingCommand {
    static let title = "graph connected-components"

    static let configuration = CommandConfiguration(
        commandName: "connected-components",
        abstract: "Weakly connected components, labelled by their smallest vertex.",
        discussion: """
            The direction of edges does not matter. Column: component.

            Example:
              gyre graph connected-components edges.txt -o components.csv
            """)

    @OptionGroup(title: "Input") var input: GraphInputOptions
    @OptionGroup var rounds: RoundOptions
    @OptionGroup var checkpoints: CheckpointOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Running") var runOptions: RunOptions

    var inputs: [String] { input.names }

    func perform(in session: Session) throws {
        let run = GraphRun(
            input: input, output: output, quantity: "component", directions: [.incoming, .outgoing],
            loop: "connected-components",
            mostRounds: rounds.iterations, checkpoints: checkpoints)
        try run.run(in: session) { try $0.connectedComponents(mostRounds: rounds.iterations, $1) }
    }
}
