public import Gyre
public import GyreGraphs

/// Weakly connected components: for each vertex the smallest vertex, by identifier, of its component.
///
/// Edges count both ways. The least number of the engine spreads through each component; numbers put hubs first,
/// so that the largest component is done after a few rounds. A second loop, of one round, then finds the smallest
/// identifier for each number that is left. Complexity: O(edges) a round, at most as many rounds as the longest
/// shortest path has edges.
///
/// Source: label propagation as in LDBC Graphalytics Specification 1.0.5, §2.3.3.
public struct ConnectedComponents: Sendable {
    /// The most rounds.
    public var iterations: Int

    public init(iterations: Int = .max) {
        self.iterations = iterations
    }

    /// Adds the algorithm to a job: the position of the component's smallest vertex, a vertex.
    ///
    /// - Throws: `GraphError.missingDirection` where the graph has not both directions loaded.
    @specialized(where Edge == Unweighted)
    public func labels<Edge>(of graph: Graph<Edge>, in job: Job) throws -> DataStream<VertexValue<UInt32>> {
        let numbers = try graph.fixedPoint(
            of: ComponentProgram<Edge>(), in: job, maximum: iterations, name: "connected-components")
        return graph.smallestPositions(ofGroups: numbers, in: job, name: "smallest vertex")
    }
}

struct ComponentProgram<Edge: EdgeValue>: MonotoneProgram {
    func initial(_ vertex: Vertex) -> UInt32 { UInt32(truncatingIfNeeded: vertex.number) }

    func candidate(_ value: UInt32, over edge: Edge) -> UInt32 { value }

    var reach: EdgeReach { .bothWays }
}
