import Gyre
import GyreColumns
import GyreFormats
import GyreOperators
import GyrePlan
public import GyreRuntime
import Synchronization

extension Graph {
    /// Loads a graph from edge lists.
    ///
    /// A job of its own: blocks of text are parsed by all workers; the identifiers meet and are numbered; degrees
    /// meet and lay the rows out; edges travel to the workers that own their rows, which fill and sort them. The
    /// graph is the same at any parallelism. All identifiers integers: ordered by number; else strings, by bytes.
    ///
    /// - Parameter prepared: given the run before it starts, so that another thread can cancel it.
    /// - Throws: `BadRecord` for the first unsound record in the order of the input, `FormatError` where files
    ///   cannot be read, `GraphError` where the graph is too large for its numbers, `MemoryError` for its budget.
    /// - Complexity: O(edges) time; at most 8 bytes an edge (16 where identifiers need 64 bits) while it reads, and 4
    ///   bytes an edge and direction behind it; weights take 8 more each.
    public static func load(
        _ input: EdgeInput, configuration: JobConfiguration = JobConfiguration(),
        prepared: (JobExecution) -> Void = { _ in }
    ) throws -> Graph {
        do {
            return try load(input, asText: false, configuration, prepared)
        } catch EdgeFeed.Outcome.needsText {
            return try load(input, asText: true, configuration, prepared)
        }
    }

    private static func load(
        _ input: EdgeInput, asText: Bool, _ configuration: JobConfiguration, _ prepared: (JobExecution) -> Void
    ) throws -> Graph {
        let feed = EdgeFeed(input, readers: configuration.parallelism)
        defer { feed.stop() }
        let loading = GraphLoading<Edge>(input: input, feed: feed, workers: configuration.parallelism)
        let job = Job("load graph")
        loading.write(on: job, asText: asText)
        let execution = try job.prepare(configuration)
        prepared(execution)
        do {
            _ = try execution.run()
        } catch let error as OperatorError {
            throw error.underlying
        }
        let graph = loading.graph(rejected: feed.rejected.load(ordering: .relaxed))
        return input.simplifies ? graph.simplified() : graph
    }
}

/// The plan of a load.
private struct GraphLoading<Edge: EdgeValue> {
    let input: EdgeInput
    let feed: EdgeFeed
    let workers: Int
    let layout = LayoutBox<Edge>()

    private var directions: Set<EdgeDirection> {
        // Both directions of an undirected graph are the same rows.
        input.isUndirected ? [.incoming] : input.directions
    }

    @specialized(where Edge == Unweighted)
    @specialized(where Edge == Double)
    @specialized(where Edge == Float)
    func write(on job: Job, asText: Bool) {
        let (builder, feed, layout, workers) = (job.builder, feed, layout, workers)
        let (isUndirected, directions) = (input.isUndirected, directions)
        let chunks = ElementType.rows(of: EdgeChunk.self)
        let read = builder.add(
            PlanBuilder.NodeDefinition(
                kind: "readEdges", parameters: [.init("identifiers", asText ? "text" : "integer")], inputs: [],
                outputs: [chunks, .rows(of: IdentifierSummary.self)],
                implementation: OperatorFactory(emission: .unbounded, isSource: true) {
                    asText
                        ? TextEdgeReader(feed: feed, keepsWeights: Edge.isWeighted)
                        : IntegerEdgeReader(feed: feed, keepsWeights: Edge.isWeighted)
                }))
        let numbering = builder.add(
            PlanBuilder.NodeDefinition(
                kind: "numberVertices", parallelism: .fixed(1), inputs: [.init(OutputID(node: read, port: 1), .global)],
                outputs: [.rows(of: VertexNumbering.self)],
                implementation: OperatorFactory(emission: .unbounded) {
                    MeetingOperator<IdentifierSummary, VertexNumbering> { summaries in
                        let numbering = VertexNumbering(summaries)
                        guard numbering.identifiers.count < UInt32.max else {
                            throw GraphError.tooManyVertices(numbering.identifiers.count)
                        }
                        return numbering
                    }
                }))
        let position = builder.add(
            PlanBuilder.NodeDefinition(
                kind: "countDegrees",
                inputs: [.init(OutputID(node: read)), .init(OutputID(node: numbering), .broadcast)],
                outputs: [chunks, .rows(of: DegreeCounts.self)],
                implementation: OperatorFactory(emission: .unbounded) { PositionOperator(isUndirected: isUndirected) }))
        let laidOut = builder.add(
            PlanBuilder.NodeDefinition(
                kind: "layOutRows", parallelism: .fixed(1), inputs: [.init(OutputID(node: position, port: 1), .global)],
                outputs: [.rows(of: GraphLayout<Edge>.self)],
                implementation: OperatorFactory(emission: .unbounded) {
                    MeetingOperator<DegreeCounts, GraphLayout<Edge>> { counts in
                        try feed.account.take(
                            GraphLayout<Edge>.byteCount(counts, directions: directions), for: "layOutRows")
                        let made = GraphLayout<Edge>(counts, directions: directions, workers: workers)
                        layout.set(made)
                        return made
                    }
                }))
        for direction in directions.sorted(by: { $0.rawValue < $1.rawValue }) {
            let edges = builder.add(
                PlanBuilder.NodeDefinition(
                    kind: "numberEdges", parameters: [.init("direction", direction.rawValue)],
                    inputs: [.init(OutputID(node: position)), .init(OutputID(node: laidOut), .broadcast)],
                    outputs: [.rows(of: NumberedEdge<Edge>.self)],
                    implementation: OperatorFactory(emission: .unbounded) {
                        RowEdgeOperator<Edge>(
                            direction: direction, isUndirected: isUndirected, account: feed.account)
                    }))
            _ = builder.add(
                PlanBuilder.NodeDefinition(
                    kind: "fillRows", parameters: [.init("direction", direction.rawValue)],
                    inputs: [
                        .init(OutputID(node: edges), .custom(name: "owner"), router: layout.router(direction)),
                        .init(OutputID(node: laidOut), .broadcast),
                    ],
                    outputs: [],
                    implementation: OperatorFactory(emission: .unbounded) {
                        RowFillOperator<Edge>(direction: direction)
                    }))
        }
    }

    func graph(rejected: Int) -> Graph<Edge> {
        guard let layout = layout.value else { preconditionFailure("the load has ended without a layout") }
        return Graph(
            identifiers: layout.identifiers, numberOfPosition: layout.numberOfPosition,
            positionOfNumber: layout.positionOfNumber, outDegrees: layout.outDegrees, inDegrees: layout.inDegrees,
            incoming: layout.incoming, outgoing: input.isUndirected ? layout.incoming : layout.outgoing,
            rejected: rejected, isUndirected: input.isUndirected, account: feed.account)
    }
}

/// The layout of a load, once there is one.
private final class LayoutBox<Edge: EdgeValue>: Sendable {
    private let box = Mutex<GraphLayout<Edge>?>(nil)

    var value: GraphLayout<Edge>? { box.withLock { $0 } }

    func set(_ layout: GraphLayout<Edge>) {
        box.withLock { $0 = layout }
    }

    /// Sends each edge to the worker that owns its row.
    @specialized(where Edge == Unweighted)
    @specialized(where Edge == Double)
    @specialized(where Edge == Float)
    func router(_ direction: EdgeDirection) -> RowRouter {
        RowRouter { [self] batch, owners in
            guard let layout = value else { preconditionFailure("edges are dealt before the rows are laid out") }
            let borders = direction == .incoming ? layout.incomingBorders : layout.outgoingBorders
            let rows = batch.rows(of: NumberedEdge<Edge>.self)
            borders.withUnsafeBufferPointer { borders in
                for index in 0..<rows.count {
                    let row = Int(rows.rows[index].row)
                    // Counted without branches, for owners alternate at random.
                    var owner: UInt64 = 0
                    for border in stride(from: 1, to: borders.count - 1, by: 1) {
                        owner &+= row >= borders[border] ? 1 : 0
                    }
                    owners[index] = owner
                }
            }
        }
    }
}

/// Why a graph cannot be held or a program cannot run on it.
public enum GraphError: Error, Equatable, Sendable {
    /// Vertices are numbered with 32 bits.
    case tooManyVertices(Int)
    /// No vertex has this identifier.
    case noSuchVertex(String)
    /// The program follows edges in a direction that the graph was not loaded with.
    case missingDirection(String)
}
