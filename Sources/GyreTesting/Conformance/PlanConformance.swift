public import GyrePlan

/// What must hold of every plan that the public API makes.
public enum PlanConformance {
    /// The nodes that run as one instance though nobody asked for `global`; none may.
    ///
    /// A node may be alone behind a `global` edge, or behind another node that is: everything else spans all
    /// workers. It is the plan as it was written that is looked at: a run may gather nodes of little input on one worker,
    /// and says so (`Job.explain(for:)`).
    public static func lonelyNodes(in plan: Plan) -> [NodeDescription] {
        var mayBeAlone: Set<NodeID> = []
        var lonely: [NodeDescription] = []
        for node in plan.description where node.parallelism.instances(onWorkers: 8) == 1 {
            let isGlobal = node.inputs.contains { edge in
                edge.partitioning == .global
                    || (edge.partitioning == .forward && mayBeAlone.contains(edge.source.node))
            }
            if isGlobal { mayBeAlone.insert(node.id) } else { lonely.append(node) }
        }
        return lonely
    }
}
