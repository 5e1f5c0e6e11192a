import GyreOperators
public import GyrePlan

extension DataStream {
    /// The rows of this stream and of others, in no particular order.
    public func union(_ others: DataStream<Element>..., name: String? = nil) -> DataStream<Element> {
        job.add(
            PlanBuilder.NodeDefinition(
                kind: "union", name: name,
                inputs: ([self] + others).map { PlanBuilder.Input($0.output, $0.towardsAll) },
                outputs: [.rows(of: Element.self)],
                implementation: OperatorFactory(emission: .oneBatch) { UnionOperator() }))
    }

    /// The cheapest edge to a node that spans all workers.
    @usableFromInline
    var towardsAll: Partitioning { parallelism == .all ? .forward : .rebalance }
}
