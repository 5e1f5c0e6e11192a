import Gyre
import GyreFormats
import GyreGraphs

/// What the graph commands need of the graph library: one function that loads, and a loaded graph's algorithms. The
/// commands know the library by this alone.
struct GraphLibrary: Sendable {
    /// Reads files into the form that is computed on; not to return before that form is complete.
    var load: @Sendable (GraphRequest, JobConfiguration) throws -> any CommandGraph
}

/// A graph to load.
struct GraphRequest: Sendable {
    /// What becomes of a bad record.
    enum Rejections: Sendable {
        /// Throw `FormatError.badRecord` for the first one in file order.
        case fail
        case skip
        /// Skip, and keep the records for `CommandGraph.rejectedRecords`.
        case keep
    }

    /// The edges' files in order; standard input can be read twice.
    var edges: [InputFile]
    var format: EdgeListFormat
    /// Identifiers to add to those of the edges.
    var vertices: InputFile?
    var isUndirected: Bool
    var isSimplified: Bool
    /// Which ways the algorithm follows edges.
    var directions: Set<EdgeDirection>
    /// Whether the algorithm uses the weights; they are checked by the rule in any case.
    var keepsWeights: Bool
    var weightRule: WeightRule
    var rejections: Rejections
    /// Bytes that the run may use.
    var memory: Int
}

/// A loaded graph. Columns have a row a vertex, in the order of the vertices, which is that of their identifiers.
protocol CommandGraph {
    var vertexCount: Int { get }
    /// As computed on: an undirected line is two edges.
    var edgeCount: Int { get }
    var rejectedCount: Int { get }
    /// In file order; empty unless they were to be kept.
    var rejectedRecords: [BadRecord] { get }
    /// The identifiers: integers, or texts.
    var identifiers: ResultValues { get }

    func pageRank(_ settings: PageRankSettings, _ configuration: JobConfiguration) throws -> ResultValues
    /// The smallest identifier of each vertex' component. Rounds without a limit where `mostRounds` is nil.
    func connectedComponents(mostRounds: Int?, _ configuration: JobConfiguration) throws -> ResultValues
    /// Throws `CommandError.unknownVertex` where the source is not in the graph.
    func breadthFirstSearch(
        source: String, mostRounds: Int?, _ configuration: JobConfiguration
    ) throws -> ResultValues
    /// Throws `CommandError.unknownVertex` where the source is not in the graph.
    func shortestPaths(source: String, mostRounds: Int?, _ configuration: JobConfiguration) throws -> ResultValues
}

struct PageRankSettings: Sendable {
    var damping: Double
    var mostRounds: Int
    /// Stop when the L1 change of a round is at most this.
    var tolerance: Double?
    var isSinglePrecision: Bool
}
