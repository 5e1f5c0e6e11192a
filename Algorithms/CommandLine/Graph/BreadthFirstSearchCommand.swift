import ArgumentParser
import GyreGraphs

struct BreadthFirstSearchCommand: WorkingCommand {
    static let title = "graph bfs"

    static let configuration = CommandConfiguration(
        commandName: "bfs",
        abstract: "Breadth-first search: the least number of edges from a source to each vertex.",
        discussion: """
            Vertices that are not reached have an empty cell. Column: distance.

            Example:
              gyre graph bfs edges.txt --source 1 --undirected -o distances.csv
            """)

    @OptionGroup(title: "Input") var input: GraphInputOptions
    @OptionGroup var start: SourceOptions
    @OptionGroup var rounds: RoundOptions
    @OptionGroup var checkpoints: CheckpointOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Running") var runOptions: RunOptions

    var inputs: [String] { input.names }

    func perform(in session: Session) throws {
        let run = GraphRun(
            input: input, output: output, quantity: "distance", directions: [.incoming, .outgoing], loop: "bfs",
            mostRounds: rounds.iterations, checkpoints: checkpoints, identity: ["--source": start.source])
        try run.run(in: session) {
            try $0.breadthFirstSearch(source: start.source, mostRounds: rounds.iterations, $1)
        }
    }
}
