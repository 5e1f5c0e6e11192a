/// A vertex program whose values only fall: gather-sum-apply where the sum is the minimum and applying it is
/// taking the lesser.
///
/// Such a program may be run in place: lowering a value is commutative and idempotent, so the fixed point, which is
/// the result, does not depend on the order of updates, on who made them, or on their being made twice. The
/// engine works on the vertices that have changed, pushes from them or pulls into the others, whichever is less
/// work, and ends when nothing changes.
///
/// Law: `candidate` never falls when its argument rises, and never lies below it.
public protocol MonotoneProgram: Sendable, SendableMetatype {
    /// What a vertex has; compared by its bits.
    associatedtype Value: MonotoneValue
    /// What edges carry.
    associatedtype Edge: EdgeValue

    /// The value a vertex starts with; vertices below `Value.highest` start active.
    func initial(_ vertex: Vertex) -> Value
    /// What a vertex with this value offers over an edge.
    func candidate(_ value: Value, over edge: Edge) -> Value
    /// Which edges offers follow.
    var reach: EdgeReach { get }
    /// Whether a value that some vertex got cannot be lowered any more: vertices that have one are not pulled
    /// into, and a pull ends at the first offer. True for searches by levels.
    var firstOfferIsFinal: Bool { get }
    /// How far offers of a round may lie above the least: where values are lengths of paths, working on the
    /// least first saves work. Nil works on all.
    func stepWidth(meanEdge: Double) -> Value?
}

extension MonotoneProgram {
    public var firstOfferIsFinal: Bool { false }
    public func stepWidth(meanEdge: Double) -> Value? { nil }
}

/// Which edges a program follows.
public enum EdgeReach: String, Sendable {
    /// From source to target.
    case alongEdges
    /// Both ways, as if the graph were undirected.
    case bothWays
}
