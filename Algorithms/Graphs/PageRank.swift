public import Gyre
public import GyreGraphs

/// PageRank: the share of time that a random surfer spends at each vertex.
///
/// As LDBC Graphalytics defines it (Specification 1.0.5, §2.3.4): ranks start at 1/n and sum to 1; in each round
/// a vertex gives its rank in equal parts to the targets of its outgoing edges (parallel edges count), and a
/// vertex without any gives it to all vertices alike;
/// rank(v) = (1 − d)/n + d · (Σ rank(u)/outdegree(u) + dangling/n).
///
/// Reduction of a round: `change`, the L1 distance between the old ranks and the new, and `dangling`, the rank of
/// vertices without outgoing edges. Complexity: O(edges) a round; memory 3 numbers a vertex beside the graph.
///
/// Source: Page, Brin, Motwani, Winograd: The PageRank Citation Ranking, 1999.
public struct PageRank<Rank: BinaryFloatingPoint & BitwiseCopyable & Sendable & Codable>: Sendable {
    /// The probability of following an edge.
    public var damping: Double
    /// The most rounds.
    public var iterations: Int
    /// The loop ends when `change` is at most this; nil runs all rounds.
    public var tolerance: Double?

    /// Sets the parameters.
    ///
    /// - Precondition: `damping` is in 0 ... 1, `iterations` at least 1.
    public init(damping: Double = 0.85, iterations: Int = 20, tolerance: Double? = nil) {
        precondition((0...1).contains(damping), "damping is \(damping), expected 0 to 1")
        self.damping = damping
        self.iterations = iterations
        self.tolerance = tolerance
    }

    /// Adds the algorithm to a job: a rank a vertex.
    ///
    /// - Throws: `GraphError.missingDirection` where the graph has no incoming edges loaded.
    @specialized(where Rank == Float, Edge == Unweighted)
    @specialized(where Rank == Double, Edge == Unweighted)
    public func ranks<Edge>(of graph: Graph<Edge>, in job: Job) throws -> DataStream<VertexValue<Rank>> {
        try graph.gatherSumApply(
            PageRankProgram<Rank, Edge>(damping: Rank(damping), tolerance: tolerance), in: job, maximum: iterations,
            name: "pagerank")
    }
}

/// What a round of PageRank is reduced to.
public struct PageRankSummary: RoundReduction {
    public var change: Double
    public var dangling: Double

    public static var zero: PageRankSummary { PageRankSummary(change: 0, dangling: 0) }

    public mutating func add(_ other: PageRankSummary) {
        change += other.change
        dangling += other.dangling
    }

    public var figures: [String: Double] { ["change": change, "dangling": dangling] }
}

struct PageRankProgram<Rank: BinaryFloatingPoint & BitwiseCopyable & Sendable & Codable, Edge: EdgeValue>:
    GatherSumApply
{
    let damping: Rank
    let tolerance: Double?

    var zero: Rank { 0 }

    func initial(_ vertex: Vertex) -> Rank { 1 / Rank(vertex.vertexCount) }

    func message(_ value: Rank, of vertex: Vertex) -> Rank {
        vertex.outDegree == 0 ? 0 : value / Rank(vertex.outDegree)
    }

    func gather(_ message: Rank, over edge: Edge) -> Rank { message }

    func sum(_ left: Rank, _ right: Rank) -> Rank { left + right }

    func apply(_ sum: Rank, to value: Rank, of vertex: Vertex, previous: PageRankSummary) -> Rank {
        let count = Rank(vertex.vertexCount)
        return (1 - damping) / count + damping * (sum + Rank(previous.dangling) / count)
    }

    func summarise(_ value: Rank, before: Rank, of vertex: Vertex, into summary: inout PageRankSummary) {
        summary.change += Double(abs(value - before))
        if vertex.outDegree == 0 { summary.dangling += Double(value) }
    }

    func isConverged(_ summary: PageRankSummary) -> Bool {
        tolerance.map { summary.change <= $0 } ?? false
    }
}
