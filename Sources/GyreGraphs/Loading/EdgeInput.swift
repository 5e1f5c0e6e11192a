public import GyreFormats

/// What a graph is loaded from, and how.
public struct EdgeInput: Sendable {
    /// Edge lists, in the order in which they count as one.
    public var edges: [InputFile]
    /// Lists of vertices that exist whether or not they have an edge.
    public var vertices: [InputFile]
    public var format: EdgeListFormat
    /// Whether each line stands for both directions. A self-loop stands for itself once.
    public var isUndirected: Bool
    /// Whether parallel edges (the lightest is kept) and self-loops are left out.
    public var simplifies: Bool
    /// Which weights are sound.
    public var weightRule: WeightRule
    /// What happens to unsound records.
    public var onBadRecord: BadRecordPolicy
    /// Which directions are needed.
    public var directions: Set<EdgeDirection>
    /// Bytes that the graph and the programs that run on it may take; nil is no limit.
    public var memoryBudget: Int?

    public init(
        edges: [InputFile], vertices: [InputFile] = [], format: EdgeListFormat = .auto, isUndirected: Bool = false,
        simplifies: Bool = false, weightRule: WeightRule = .finite, onBadRecord: BadRecordPolicy = .fail,
        directions: Set<EdgeDirection> = [.incoming],
        memoryBudget: Int? = nil
    ) {
        self.edges = edges
        self.vertices = vertices
        self.format = format
        self.isUndirected = isUndirected
        self.simplifies = simplifies
        self.weightRule = weightRule
        self.onBadRecord = onBadRecord
        self.directions = directions
        self.memoryBudget = memoryBudget
    }
}

/// Which way edges are followed from the vertex that owns a row.
public enum EdgeDirection: String, Hashable, Sendable {
    /// Rows hold the sources of the edges that enter a vertex.
    case incoming
    /// Rows hold the targets of the edges that leave a vertex.
    case outgoing
}
