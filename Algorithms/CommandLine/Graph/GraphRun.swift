import Gyre
import GyreFormats
import GyreGraphs

/// What the graph commands have in common: open the outputs, load, compute a column, write it beside the vertices.
struct GraphRun {
    var library = GraphLibrary.standard
    let input: GraphInputOptions
    let output: OutputOptions
    /// The name of the result's column.
    let quantity: String
    let directions: Set<EdgeDirection>
    var keepsWeights = false
    var weightRule = WeightRule.finite
    /// The algorithm's loop, whose rounds are reported.
    let loop: String
    /// Its limit of rounds, for the progress bar.
    var mostRounds: Int?
    let checkpoints: CheckpointOptions
    /// The options that the result depends on, besides the input and the limit of rounds.
    var identity: [String: String] = [:]

    func run(
        in session: Session, compute: (any CommandGraph, JobConfiguration) throws -> ResultValues
    ) throws {
        let result = try ResultOutput(path: output.output)
        let files = try session.open(claims)
        let policy = try checkpoints.policy(identity.merging(["the command": session.title]) { option, _ in option })
            .map { try session.reserve($0) }
        let graph = try session.phase(\.load) {
            try library.load(try request(in: session), session.configuration())
        }
        session.count {
            $0.vertices = graph.vertexCount
            $0.edges = graph.edgeCount
            $0.rejected = graph.rejectedCount
        }
        let column = try session.phase(\.compute) {
            // No vertices: nothing to start from, and nothing to rank. The answer is the header alone.
            graph.vertexCount == 0
                ? .integers([Int64]())
                : try compute(
                    graph, session.configuration(loop: loop, mostRounds: mostRounds, checkpoint: policy))
        }
        try session.phase(\.write) {
            // The result is there: nothing but writing can fail any more.
            for file in files { try file.resultIsComplete() }
            try result.write(
                [graph.identifiers, column], names: ["vertex", quantity], to: files[0], in: session)
            if files.count > 1 { try RejectedRecords.write(graph.rejectedRecords, to: files[1]) }
            try session.publish(files)
        }
    }

    private var claims: [OutputClaims.Claim] {
        [OutputClaims.Claim(option: "--output", path: output.output)] + (input.rejections.claim.map { [$0] } ?? [])
    }

    private func request(in session: Session) throws -> GraphRequest {
        if input.edges.contains("-"), input.vertices == "-" { throw FormatError.standardInputTwice }
        return GraphRequest(
            edges: try InputFiles.resolve(input.edges, rereadable: true), format: input.format,
            vertices: try input.vertices.map { try InputFiles.file($0, rereadable: true) },
            isUndirected: input.undirected, isSimplified: input.simplify, directions: directions,
            keepsWeights: keepsWeights,
            weightRule: weightRule, rejections: rejections, memory: session.memory.bytes)
    }

    private var rejections: GraphRequest.Rejections {
        switch input.onError {
        case .fail: .fail
        case .skip: .skip
        case .setAside: .keep
        }
    }
}
