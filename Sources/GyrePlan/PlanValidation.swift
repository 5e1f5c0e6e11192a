/// What must hold of a plan before it is lowered.
enum PlanValidation {
    static func check(_ plan: Plan) throws {
        // A uid that was given may be one that another node has by its path.
        var uids: Set<String> = []
        for node in plan.nodes where !uids.insert(node.description.uid).inserted {
            throw PlanError.duplicateUID(node.description.uid)
        }
        for node in plan.nodes {
            for edge in node.edges { try check(edge, into: node, of: plan) }
            if node.description.kind == NodeDescription.contributeKind {
                try checkAggregator(of: node.description, plan)
            }
        }
    }

    private static func check(_ edge: PlanEdge, into node: PlanNode, of plan: Plan) throws {
        let source = plan[edge.description.source.node]
        if edge.description.partitioning == .global, node.description.parallelism != .fixed(1) {
            throw PlanError.globalIntoSeveral(node: node.description.name)
        }
        if edge.description.partitioning == .forward,
            source.description.parallelism != node.description.parallelism
        {
            throw PlanError.forwardBetweenParallelisms(from: source.description.name, to: node.description.name)
        }
    }

    private static func checkAggregator(of node: NodeDescription, _ plan: Plan) throws {
        let aggregator = node.parameters.first?.value ?? ""
        guard let loop = node.loop else {
            throw PlanError.contributesOutsideLoop(node: node.name, aggregator: aggregator)
        }
        let description = plan.loops[loop.index]
        guard description.aggregators.contains(aggregator) else {
            throw PlanError.unknownAggregator(node: node.name, aggregator: aggregator, loop: description.name)
        }
    }
}
