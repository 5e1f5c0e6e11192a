import ArgumentParser
import GyreGenerators

struct BlobsCommand: WorkingCommand {
    static let title = "generate blobs"

    static let configuration = CommandConfiguration(
        commandName: "blobs",
        abstract: "Clusters of points around random centres.",
        discussion: """
            Centres are drawn evenly from the box from -10 to 10; each row picks one and is normally distributed around \
            it. The columns are x0, x1 … and label, the number of the centre.

            Example:
              gyre generate blobs --rows 100000 --columns 8 --centers 5 -o blobs.csv
            """)

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Clusters, from 1 to 10000. (default: 3)", valueName: "k"),
        transform: OptionNumbers.whole(GaussianBlobs.centerCounts))
    var centers: Int = 3

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("The standard deviation around a centre. (default: 1)", valueName: "s"),
        transform: OptionNumbers.real(0...Double.infinity))
    var deviation: Double = 1

    @OptionGroup(title: "Generating") var options: GeneratedTableOptions
    @OptionGroup(title: "Running") var runOptions: RunOptions

    var seed: UInt64? { options.drawing.seed }

    func perform(in session: Session) throws {
        let table = GaussianBlobs(
            rows: options.rows, columns: options.columns, centers: centers, deviation: deviation,
            seed: options.drawing.seed)
        try options.write(table, in: session)
    }
}
