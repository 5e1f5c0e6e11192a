import ArgumentParser
import GyreGraphs

struct PageRankCommand: WorkingCommand {
    static let title = "graph pagerank"

    static let configuration = CommandConfiguration(
        commandName: "pagerank",
        abstract: "PageRank: the share of time a random walk spends at each vertex.",
        discussion: """
            Ranks sum to 1; the rank of vertices without out-edges is spread over all. Column: rank.

            Examples:
              gyre graph pagerank edges.txt --tolerance 1e-9 -o ranks.csv
              gyre graph pagerank edges.e --vertices edges.v --iterations 20 -o ranks.txt
            """)

    enum Precision: String, ExpressibleByArgument, CaseIterable {
        case double, single
    }

    @OptionGroup(title: "Input") var input: GraphInputOptions

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("The most rounds. (default: 20, or 100 with --tolerance)", valueName: "n"),
        transform: OptionNumbers.whole(1...Int.max))
    var iterations: Int?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Stop when the L1 change of the ranks is at most this.", valueName: "x"),
        transform: OptionNumbers.real(0...Double.infinity))
    var tolerance: Double?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("How likely the walk goes on instead of starting anew. (default: 0.85)", valueName: "d"),
        transform: OptionNumbers.real(0...1))
    var damping: Double = 0.85

    @Option(name: .long, help: ArgumentHelp("The type of the ranks: double or single.", valueName: "type"))
    var precision: Precision = .double

    @OptionGroup var checkpoints: CheckpointOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Running") var runOptions: RunOptions

    var inputs: [String] { input.names }

    func perform(in session: Session) throws {
        let settings = PageRankSettings(
            damping: damping, mostRounds: iterations ?? (tolerance == nil ? 20 : 100), tolerance: tolerance,
            isSinglePrecision: precision == .single)
        let run = GraphRun(
            input: input, output: output, quantity: "rank", directions: [.incoming], loop: "pagerank",
            mostRounds: settings.mostRounds,
            checkpoints: checkpoints,
            identity: [
                "--damping": "\(damping)", "--tolerance": tolerance.map { "\($0)" } ?? "none",
                "--precision": precision.rawValue,
            ])
        try run.run(in: session) { try $0.pageRank(settings, $1) }
    }
}
