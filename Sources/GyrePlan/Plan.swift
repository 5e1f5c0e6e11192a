/// The dataflow graph as a value: what a job does, before anything runs.
///
/// `explain` prints it, tests compare its descriptions, the runtime lowers it.
public struct Plan: Sendable {
    /// The job's name.
    public let name: String
    /// All nodes, in the order in which they were made: sources before what reads them.
    public let nodes: [PlanNode]
    /// All loops.
    public let loops: [LoopDescription]

    /// The printable half: equal plans describe the same job.
    public var description: [NodeDescription] { nodes.map(\.description) }

    /// The edges that read the outputs of a node, with the node that reads.
    public func consumers(of node: NodeID) -> [(consumer: NodeID, port: Int, edge: PlanEdge)] {
        nodes.flatMap { candidate in
            candidate.edges.enumerated().compactMap { port, edge in
                edge.description.source.node == node ? (candidate.description.id, port, edge) : nil
            }
        }
    }

    /// The node with the given identifier.
    public subscript(id: NodeID) -> PlanNode { nodes[id.index] }
}
