import GyreOperators
import GyrePlan

/// A plan as it will run: chains of nodes, and the edges between chains.
struct PhysicalPlan: Sendable {
    /// A chain of nodes that call each other directly.
    struct Chain: Sendable {
        var nodes: [NodeID]
        /// Incoming edges, by port of the first node.
        var inputs: [Int] = []
        /// Outgoing edges, by output port of the last node.
        var outputs: [[Int]] = []
        /// The worker of each instance.
        var workers: [Int]
        var isSource: Bool
        /// Whether a port that must come first and another descend from one source.
        var damsEarlyRows: Bool
    }

    /// An edge between chains.
    struct Edge: Sendable {
        var from: Int
        var to: Int
        var edge: PlanEdge
    }

    var plan: Plan
    var chains: [Chain]
    var edges: [Edge]
    var workers: Int
}
