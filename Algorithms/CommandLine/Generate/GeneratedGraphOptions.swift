import ArgumentParser
import GyreFormats
import GyreGenerators

/// What the commands that generate graphs have in common, and how they write.
struct GeneratedGraphOptions: ParsableArguments {
    @Flag(name: .long, help: "Write a third field: integers from 1 to 255, drawn evenly.")
    var weights = false

    @OptionGroup var drawing: SeedOptions

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            """
            Where the edges go; the ending tells the form: .csv, .tsv, .jsonl; .txt, .e: source target [weight]. \
            Standard output is CSV.
            """,
            valueName: "file"))
    var output: String = "-"

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Write all vertices, those without edges too, one a line: what --vertices of the graph commands reads.",
            valueName: "file"))
    var verticesOutput: String?

    /// Writes the edges in the order of their numbers, and the list of vertices if one is asked for.
    func write(_ graph: some GeneratedGraph, in session: Session) throws {
        let edges = try ResultOutput(path: output, extra: ["e": .text])
        var claims = [OutputClaims.Claim(option: "--output", path: output)]
        if let verticesOutput {
            claims.append(OutputClaims.Claim(option: "--vertices-output", path: verticesOutput))
        }
        let files = try session.open(claims)
        session.count {
            $0.vertices = graph.vertexCount
            $0.edges = graph.edgeCount
        }
        try session.phase(\.write) {
            // Nothing but writing can fail, so a pipe need not wait for the end.
            for file in files { try file.resultIsComplete() }
            try GeneratedEdges(graph: graph, format: edges.format).write(to: files[0], in: session)
            if files.count > 1 { try Self.writeVertices(of: graph, to: files[1], in: session) }
            try session.publish(files)
        }
    }

    private static func writeVertices(
        of graph: some GeneratedGraph, to file: OutputFile, in session: Session
    ) throws {
        let rows = ResultRows(format: .text, names: ["vertex"])
        let text = OrderedText(rowCount: graph.vertexCount) { range, buffer in
            let identifiers = range.map { Int64($0) }
            rows.append(0..<range.count, of: [.integers(identifiers)], into: buffer)
        }
        try text.write(to: file, in: session)
    }
}
