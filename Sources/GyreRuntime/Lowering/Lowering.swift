import GyreColumns
import GyreOperators
import GyrePlan

/// Turns a plan into chains and edges for a number of workers.
///
/// A node is chained to the one before it when it is the only reader of that node's only output, over a
/// forward edge, with the same number of instances, in the same loop or outside any, and the node before
/// emits one batch at a time. Loop heads stand alone.
enum Lowering {
    static func lower(_ plan: Plan, workers: Int) -> PhysicalPlan {
        var chainOf: [NodeID: Int] = [:]
        var chains: [PhysicalPlan.Chain] = []
        let dammed = WaitCircles.nodes(in: plan)
        for node in plan.nodes {
            let id = node.description.id
            if let previous = predecessorToChain(to: node, in: plan), let chain = chainOf[previous],
                chains[chain].nodes.last == previous
            {
                chains[chain].nodes.append(id)
                chainOf[id] = chain
            } else {
                chainOf[id] = chains.count
                chains.append(
                    PhysicalPlan.Chain(
                        nodes: [id], workers: placement(of: node.description, workers: workers),
                        isSource: node.isSource, damsEarlyRows: dammed.contains(id)))
            }
        }
        var edges: [PhysicalPlan.Edge] = []
        for index in chains.indices {
            guard let last = chains[index].nodes.last else { continue }
            chains[index].outputs = plan[last].outputs.map { _ in [] }
        }
        for (index, chain) in chains.enumerated() {
            for edge in plan[chain.nodes[0]].edges {
                guard let from = chainOf[edge.description.source.node] else { continue }
                chains[index].inputs.append(edges.count)
                chains[from].outputs[edge.description.source.port].append(edges.count)
                edges.append(PhysicalPlan.Edge(from: from, to: index, edge: edge))
            }
        }
        return PhysicalPlan(plan: plan, chains: chains, edges: edges, workers: workers)
    }

    private static func predecessorToChain(to node: PlanNode, in plan: Plan) -> NodeID? {
        guard node.edges.count == 1, node.description.kind != NodeDescription.loopHeadKind else { return nil }
        let edge = node.edges[0].description
        let source = plan[edge.source.node]
        guard edge.partitioning == .forward, source.outputs.count == 1,
            source.description.kind != NodeDescription.loopHeadKind,
            source.description.parallelism == node.description.parallelism,
            source.description.loop == node.description.loop,
            let factory = source.implementation as? OperatorFactory, factory.emission == .oneBatch,
            plan.consumers(of: edge.source.node).count == 1
        else { return nil }
        return edge.source.node
    }

    /// The workers of a node's instances: all, or as many as it has, from a place that its uid gives.
    private static func placement(of node: NodeDescription, workers: Int) -> [Int] {
        let instances = node.parallelism.instances(onWorkers: workers)
        if instances == workers { return Array(0..<workers) }
        // All of them side by side, so that none has to wake another's worker.
        if node.parallelism == .one { return [0] }
        let first = StableHash.worker(of: node.uid.keyHash, among: workers)
        return (0..<instances).map { (first + $0) % workers }
    }
}

extension PlanNode {
    /// Whether the node has no inputs and runs by itself.
    var isSource: Bool { (implementation as? OperatorFactory)?.isSource == true }

    /// Whether instances have a share of the memory budget.
    var isHungry: Bool {
        switch implementation {
        case let factory as OperatorFactory: factory.isHungry
        case let factory as LoopHeadFactory: factory.isHungry
        default: false
        }
    }
}
