import ArgumentParser
import GyreGenerators

struct RandomMatrixCommand: WorkingCommand {
    static let title = "generate rmat"

    static let configuration = CommandConfiguration(
        commandName: "rmat",
        abstract: "An R-MAT graph: 2^scale vertices, edge factor × 2^scale edges.",
        discussion: """
            Quadrants are picked with probabilities 0.57, 0.19, 0.19 and 0.05 (Chakrabarti et al., 2004), and vertices \
            are renumbered by a permutation drawn from the seed. Repeated edges and self-loops are kept. Many vertices \
            have no edge: --vertices-output lists them all.

            Example:
              gyre generate rmat --scale 20 --edge-factor 16 --weights --seed 1 -o edges.txt
            """)

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("There are 2^scale vertices, numbered from 0.", valueName: "s"),
        transform: OptionNumbers.whole(RandomMatrixGraph.scales))
    var scale: Int

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Edges for each vertex, on average. (default: 16)", valueName: "f"),
        transform: OptionNumbers.whole(RandomMatrixGraph.edgeFactors))
    var edgeFactor: Int = 16

    @OptionGroup(title: "Generating") var options: GeneratedGraphOptions
    @OptionGroup(title: "Running") var runOptions: RunOptions

    var seed: UInt64? { options.drawing.seed }

    func perform(in session: Session) throws {
        let graph = RandomMatrixGraph(
            scale: scale, edgeFactor: edgeFactor, weights: options.weights, seed: options.drawing.seed)
        try options.write(graph, in: session)
    }
}
