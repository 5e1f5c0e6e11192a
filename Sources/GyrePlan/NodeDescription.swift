/// Names a node within one plan: its position in the order of creation.
public struct NodeID: Hashable, Comparable, Sendable, Codable {
    public let index: Int

    public init(index: Int) {
        self.index = index
    }

    public static func < (left: NodeID, right: NodeID) -> Bool { left.index < right.index }
}

/// One output of a node.
public struct OutputID: Hashable, Sendable, Codable {
    public let node: NodeID
    public let port: Int

    public init(node: NodeID, port: Int = 0) {
        self.node = node
        self.port = port
    }
}

/// The half of an edge that can be printed, compared and shipped.
public struct EdgeDescription: Hashable, Sendable, Codable {
    /// Where the rows come from.
    public var source: OutputID
    /// How they are dealt.
    public var partitioning: Partitioning
    /// The type of the rows.
    public var elementType: String
    /// Whether this edge closes a loop: what arrives on it belongs to the next round.
    public var isFeedback: Bool
}

/// The half of a node that can be printed, compared and shipped. What a node does is in `kind` and
/// `parameters`; closures are the other half and take no part in equality.
public struct NodeDescription: Hashable, Sendable, Codable {
    public var id: NodeID
    /// Stable across versions of a job: given by the user, or the path of names.
    public var uid: String
    /// What the node does: `map`, `join`, `iterate` …
    public var kind: String
    /// What the user calls it.
    public var name: String
    public var parallelism: Parallelism
    /// Settings in a fixed order, for `explain`.
    public var parameters: [Parameter]
    /// Incoming edges, by port.
    public var inputs: [EdgeDescription]
    /// Element types of the outputs, by port.
    public var outputTypes: [String]
    /// The loop whose rounds the node takes part in.
    public var loop: LoopID?

    /// A named setting.
    public struct Parameter: Hashable, Sendable, Codable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }
}

/// Names a loop within one plan.
public struct LoopID: Hashable, Comparable, Sendable, Codable {
    public let index: Int

    public init(index: Int) {
        self.index = index
    }

    public static func < (left: LoopID, right: LoopID) -> Bool { left.index < right.index }
}

/// What a loop is, apart from the nodes in it.
public struct LoopDescription: Hashable, Sendable, Codable {
    public var id: LoopID
    public var name: String
    /// `bulk`, `delta` or `dense`.
    public var kind: String
    public var maximumRounds: Int
    /// Names of the aggregators.
    public var aggregators: [String]
    /// Whether a criterion over the aggregators may end the loop.
    public var hasCriterion: Bool

    public init(
        id: LoopID, name: String, kind: String, maximumRounds: Int, aggregators: [String], hasCriterion: Bool
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.maximumRounds = maximumRounds
        self.aggregators = aggregators
        self.hasCriterion = hasCriterion
    }
}
