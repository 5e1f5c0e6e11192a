import GyreColumns
import GyreOperators
public import GyrePlan

extension DataStream {
    /// The rows of this stream and of others, in no particular order. In a loop, constant ones are there in
    /// every round.
    public func union(_ others: DataStream<Element>..., name: String? = nil) -> DataStream<Element> {
        let all = [self] + others
        let ofLoop = all.first { job.builder.loop(of: $0.output) != nil }
        let inputs = all.map { stream in ofLoop.map { stream.replayed(inTheLoopOf: $0) } ?? stream }
        let bytes = inputs.reduce(Int?.some(0)) { sum, stream in
            sum.flatMap { sum in job.builder.estimatedBytes(of: stream.output).map { sum + $0 } }
        }
        return job.add(
            PlanBuilder.NodeDefinition(
                kind: "union", name: name,
                inputs: inputs.map { PlanBuilder.Input($0.output, $0.towardsAll) },
                outputs: [.rows(of: Element.self)], estimatedBytes: bytes,
                implementation: OperatorFactory(emission: .oneBatch, holdsBack: false) { UnionOperator() }))
    }

    /// The cheapest edge to a node that spans all workers.
    @usableFromInline
    var towardsAll: Partitioning { parallelism == .all ? .forward : .rebalance }
}
