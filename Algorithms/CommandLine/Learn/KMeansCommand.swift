import ArgumentParser
import Gyre
import GyreFormats
import GyreLearning
import GyreLearningAlgorithms

struct KMeansCommand: WorkingCommand {
    static let title = "learn fit kmeans"

    static let configuration = CommandConfiguration(
        commandName: "kmeans",
        abstract: "k-means: clusters whose rows are near to their mean.",
        discussion: """
            Clusters are numbered by their centre's first coordinate. A label column is left out of the features.

            Examples:
              gyre learn fit kmeans points.csv -k 8 --model clusters
              gyre learn fit kmeans points.csv -k 3 --init centers.csv --tolerance 0 --model clusters
            """)

    @OptionGroup(title: "Input") var data: FeatureInputOptions
    @OptionGroup var model: ModelOption

    @Option(
        name: .customShort("k"), parsing: .unconditional,
        help: ArgumentHelp("How many clusters.", valueName: "n"), transform: OptionNumbers.whole(1...Int.max))
    var clusters: Int

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The first centres: k-means++, random, or a CSV file of them. (default: k-means++)",
            valueName: "k-means++|random|file"))
    var `init`: String = "k-means++"

    @OptionGroup var rounds: TrainingRoundOptions

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "Stop when no centre's squared movement is larger. (default: 1e-4)", valueName: "x"),
        transform: OptionNumbers.real(0...Double.infinity))
    var tolerance: Double = 1e-4

    @OptionGroup var drawing: SeedOptions
    @OptionGroup var checkpoints: CheckpointOptions
    @OptionGroup(title: "Output") var plot: PlotOption
    @OptionGroup(title: "Running") var runOptions: RunOptions

    var seed: UInt64? { drawing.seed }

    var inputs: [String] { data.data + (isFile ? [`init`] : []) }

    private var isFile: Bool { !["k-means++", "random"].contains(`init`) }

    func perform(in session: Session) throws {
        if `init` == "-", data.data.contains("-") { throw FormatError.standardInputTwice }
        let run = FitRun(
            data: data, model: model, plot: plot, loop: "kmeans", curve: ("inertia", "Inertia"),
            mostRounds: rounds.iterations,
            checkpoints: checkpoints,
            identity: [
                "-k": "\(clusters)", "--init": `init`, "--tolerance": "\(tolerance)", "--seed": "\(drawing.seed)",
            ])
        try run.run(in: session) { table, configuration in
            let start: KMeans.Start =
                switch `init` {
                case "k-means++": .plusPlus
                case "random": .random
                default: .centres(try centers(of: table, in: session))
                }
            return try KMeans(
                k: clusters, start: start, iterations: rounds.iterations, tolerance: tolerance, seed: drawing.seed
            ).fit(table, configuration: configuration)
        }
    }

    /// The rows of the file of centres, its columns by the features' names.
    private func centers(of table: FeatureTable, in session: Session) throws -> [[Double]] {
        let input = FeatureInput(paths: [`init`], format: .csv, hasHeader: !data.noHeader)
        let schema = FeatureSchema(features: table.schema.features)
        let job = Job("centers")
        let blocks = job.features(input, schema: schema, requiresLabel: false)
        let centers = try FeatureTable.collect(blocks, schema: schema, configuration: session.configuration())
        guard centers.rowCount == clusters else {
            throw CommandError.centreCount(path: `init`, found: centers.rowCount, expected: clusters)
        }
        return (0..<centers.rowCount).map { centers.row($0) }
    }
}
