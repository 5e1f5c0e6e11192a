public import Gyre
public import GyreGraphs

/// Breadth-first search: the least number of edges on a path from the source to each vertex.
///
/// Follows edges from source to target (of an undirected graph: both ways). Vertices that are not reached have
/// `UInt32.max`. One round a level; the engine turns from pushing to pulling where the frontier is large.
/// Complexity: O(vertices + edges).
///
/// Source: Beamer, Asanović, Patterson: Direction-Optimizing Breadth-First Search, 2012; LDBC Graphalytics
/// Specification 1.0.5, §2.3.1.
public struct BreadthFirstSearch: Sendable {
    /// The position of the source in the order of identifiers.
    public var source: Int
    /// The most rounds.
    public var iterations: Int

    public init(source: Int, iterations: Int = .max) {
        self.source = source
        self.iterations = iterations
    }

    /// Adds the algorithm to a job: a distance a vertex.
    ///
    /// - Throws: `GraphError.missingDirection` where the graph has no outgoing edges loaded.
    @specialized(where Edge == Unweighted)
    public func distances<Edge>(in graph: Graph<Edge>, job: Job) throws -> DataStream<VertexValue<UInt32>> {
        let program = LevelProgram<Edge>(source: graph.number(ofPosition: source))
        return try graph.fixedPoint(of: program, in: job, maximum: iterations, name: "bfs")
    }
}

struct LevelProgram<Edge: EdgeValue>: MonotoneProgram {
    let source: Int

    func initial(_ vertex: Vertex) -> UInt32 { vertex.number == source ? 0 : .highest }

    func candidate(_ value: UInt32, over edge: Edge) -> UInt32 { value &+ 1 }

    var reach: EdgeReach { .alongEdges }

    var firstOfferIsFinal: Bool { true }
}
