public import Gyre
public import GyreGraphs

/// Single-source shortest paths: the least sum of weights on a path from the source to each vertex.
///
/// Weights are 0 or more; edges are followed from source to target (of an undirected graph: both ways).
/// Vertices that are not reached have infinity. A distance is the least, over all paths, of the weights added in
/// the order of the path, so it is the same whatever the order of work. Complexity: O(edges) times the number of
/// times that a vertex falls, which working in steps of the mean weight keeps low.
///
/// Source: Meyer, Sanders: Δ-stepping: a parallelizable shortest path algorithm, 2003, in the near–far form of
/// Davidson et al., 2014; LDBC Graphalytics Specification 1.0.5, §2.3.6.
public struct ShortestPaths: Sendable {
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
    @specialized(where Edge == Double)
    @specialized(where Edge == Float)
    @specialized(where Edge == Unweighted)
    public func distances<Edge>(in graph: Graph<Edge>, job: Job) throws -> DataStream<VertexValue<Double>> {
        let program = PathProgram<Edge>(source: graph.number(ofPosition: source))
        return try graph.fixedPoint(of: program, in: job, maximum: iterations, name: "sssp")
    }
}

struct PathProgram<Edge: EdgeValue>: MonotoneProgram {
    let source: Int

    func initial(_ vertex: Vertex) -> Double { vertex.number == source ? 0 : .highest }

    func candidate(_ value: Double, over edge: Edge) -> Double { value + edge.length }

    var reach: EdgeReach { .alongEdges }

    func stepWidth(meanEdge: Double) -> Double? { meanEdge / 4 }
}
