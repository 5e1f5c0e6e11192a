/// How the rows of an edge are dealt to the instances of the node that receives them.
public enum Partitioning: Hashable, Sendable, Codable {
    /// Each instance hands its batches to the instance with the same number.
    case forward
    /// By the stable hash of a key; equal keys meet. The name says which key, and equal names on equal
    /// parallelism mean co-partitioned.
    case hash(key: String)
    /// Evenly, in turn.
    case rebalance
    /// Evenly, in turn, among a few neighbours, so that no instance talks to all.
    case rescale
    /// Everything to everybody.
    case broadcast
    /// By ranges of a key that are found by sampling.
    case range(key: String)
    /// By a function of the row.
    case custom(name: String)
    /// Everything to the first instance.
    case global

    /// Whether rows may leave the worker they are on.
    public var crossesWorkers: Bool { self != .forward }
}

extension Partitioning: CustomStringConvertible {
    public var description: String {
        switch self {
        case .forward: "forward"
        case .hash(let key): "hash(\(key))"
        case .rebalance: "rebalance"
        case .rescale: "rescale"
        case .broadcast: "broadcast"
        case .range(let key): "range(\(key))"
        case .custom(let name): "custom(\(name))"
        case .global: "global"
        }
    }
}
