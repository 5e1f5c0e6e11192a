/// Why a node runs as one instance.
package enum SmallInput: Equatable, Sendable {
    /// All that it reads is so many bytes at most.
    case bytes(Int)
    /// What it reads comes from such a node, row by row.
    case follows
}

extension Plan {
    /// The same plan, with every node behind an exchange whose whole input is known to be small as one instance, on the
    /// first worker, and what follows it row by row there too.
    ///
    /// What this spares is the exchange: dealing rows, and waking workers for a handful of them. Sources and what is
    /// chained to them stay where they are, for their rows are spread already, and a function of each of a hundred rows
    /// may take a second. For the same reason nodes that are given a whole group at a time keep their parallelism, and
    /// so does what takes part in a loop. A partitioning that was asked for is kept.
    ///
    /// - Parameters:
    ///   - limit: bytes of input up to which one instance does.
    ///   - sortLimit: the same behind an exchange by range, which costs a sample and a wait besides.
    /// - Returns: the plan, and which nodes were gathered, and why.
    package func gatheringSmallInputs(limit: Int, sortLimit: Int) -> (plan: Plan, gathered: [NodeID: SmallInput]) {
        var nodes = nodes
        var gathered: [NodeID: SmallInput] = [:]
        for index in nodes.indices {
            let isSort = nodes[index].edges.contains { edge in
                if case .range = edge.description.partitioning { true } else { false }
            }
            let reason = reason(toGather: nodes[index], gathered, limit: isSort ? sortLimit : limit)
            if let reason {
                gathered[nodes[index].description.id] = reason
                nodes[index].description.parallelism = .one
            }
            for port in nodes[index].edges.indices {
                let edge = nodes[index].edges[port].description
                guard gathered[edge.source.node] != nil else { continue }
                let partitioning: Partitioning =
                    switch edge.partitioning {
                    case .forward where reason == nil: .rebalance
                    case .hash where reason != nil, .range where reason != nil, .broadcast where reason != nil: .forward
                    default: edge.partitioning
                    }
                nodes[index].edges[port].description.partitioning = partitioning
                nodes[index].description.inputs[port].partitioning = partitioning
            }
        }
        return (Plan(name: name, nodes: nodes, loops: loops), gathered)
    }

    private func reason(
        toGather node: PlanNode, _ gathered: [NodeID: SmallInput], limit: Int
    ) -> SmallInput? {
        guard node.description.parallelism == .all, node.description.loop == nil, !node.keepsParallelism,
            !node.edges.isEmpty
        else { return nil }
        var bytes: Int? = 0
        var follows = true
        for edge in node.edges.map(\.description) {
            let comesFromOne = gathered[edge.source.node] != nil
            switch edge.partitioning {
            case .hash, .range, .broadcast: follows = false
            case .forward where comesFromOne: break
            default: return nil
            }
            let source = self[edge.source.node]
            let more = edge.source.port == 0 ? source.estimatedBytes : nil
            bytes = bytes.flatMap { sum in more.map { sum + $0 } }
        }
        if let bytes, bytes <= limit { return .bytes(bytes) }
        return follows ? .follows : nil
    }
}
