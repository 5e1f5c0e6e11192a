import GyreOperators
import GyrePlan

/// Finds operators that would wait for each other for ever.
///
/// A join refuses a port until its other ports have ended, and so stops all that the port descends from. If one of these also feeds what the join waits for, it waits for ever: a
/// diamond. Two joins can do that to each other as well, where each builds what the other probes with. The joins of
/// such a circle keep early rows (`damsEarlyRows`); all others may hold their producers back, and so keep memory flat.
enum WaitCircles {
    private struct Wait {
        var node: NodeID
        /// What stands still while the node refuses a port.
        var stopped: Set<NodeID>
        /// What the node waits for.
        var awaited: Set<NodeID>
    }

    /// The nodes that have to keep early rows.
    static func nodes(in plan: Plan) -> Set<NodeID> {
        let waits = plan.nodes.compactMap { wait(of: $0, in: plan) }
        let next = waits.map { wait in
            waits.indices.filter { !wait.awaited.isDisjoint(with: waits[$0].stopped) }
        }
        return Set(waits.indices.filter { isReachable($0, from: next[$0], next) }.map { waits[$0].node })
    }

    private static func wait(of node: PlanNode, in plan: Plan) -> Wait? {
        var others = node.description.inputs.filter { !$0.isFeedback }.map(\.source.node)
        guard others.count > 1, let held = (node.implementation as? OperatorFactory)?.heldPort else { return nil }
        let stopped = others.remove(at: held)
        return Wait(
            node: node.description.id, stopped: ancestors(of: [stopped], in: plan),
            awaited: ancestors(of: others, in: plan))
    }

    private static func isReachable(_ goal: Int, from start: [Int], _ next: [[Int]]) -> Bool {
        var seen = Set(start)
        var open = start
        while let index = open.popLast() {
            if index == goal { return true }
            for other in next[index] where seen.insert(other).inserted { open.append(other) }
        }
        return false
    }

    /// The given nodes and all that they descend from, not through feedback: that never blocks.
    private static func ancestors(of nodes: [NodeID], in plan: Plan) -> Set<NodeID> {
        var found: Set<NodeID> = []
        var open = nodes
        while let next = open.popLast() {
            guard found.insert(next).inserted else { continue }
            for edge in plan[next].edges where !edge.description.isFeedback {
                open.append(edge.description.source.node)
            }
        }
        return found
    }
}
