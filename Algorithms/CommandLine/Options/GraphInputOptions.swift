import ArgumentParser
import GyreFormats

/// The edges of a graph and how to read them.
struct GraphInputOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Edge lists: files, folders, quoted patterns, or - for standard input. Plain, .gz or .zst.",
            valueName: "edges"))
    var edges: [String]

    @Option(
        name: .long,
        help: ArgumentHelp("Identifiers, one a line, added to the vertices of the edges.", valueName: "file"))
    var vertices: String?

    @Flag(name: .long, help: "Read each line as both directions.")
    var undirected = false

    @Flag(name: .long, help: "Remove self-loops and repeated edges.")
    var simplify = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The form of the edges: auto (by the file's ending), edge-list, csv, mtx or ldbc. (default: auto)",
            valueName: "form"),
        transform: { name in
            guard let format = EdgeListFormat(rawValue: name) else {
                let names = EdgeListFormat.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("expected one of: \(names)")
            }
            return format
        })
    var format: EdgeListFormat = .auto

    @OptionGroup var rejections: RejectionOptions

    var onError: BadRecordPolicy { rejections.onError }

    /// All that is read, as the command line names it.
    var names: [String] { edges + (vertices.map { [$0] } ?? []) }
}
