import ArgumentParser
import GyreFormats
import GyreGraphs

struct ShortestPathsCommand: WorkingCommand {
    static let title = "graph sssp"

    static let configuration = CommandConfiguration(
        commandName: "sssp",
        abstract: "Single-source shortest paths: the least sum of weights from a source to each vertex.",
        discussion: """
            Weights must not be negative; an edge without one has weight 1. Vertices that are not reached have an empty \
            cell. Column: distance.

            Example:
              gyre graph sssp roads.csv --source Rome -o distances.csv
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
            input: input, output: output, quantity: "distance", directions: [.outgoing], keepsWeights: true,
            weightRule: .nonNegative,
            loop: "sssp",
            mostRounds: rounds.iterations, checkpoints: checkpoints, identity: ["--source": start.source])
        try run.run(in: session) {
            try $0.shortestPaths(source: start.source, mostRounds: rounds.iterations, $1)
        }
    }
}
