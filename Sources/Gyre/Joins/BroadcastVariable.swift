public import GyreColumns
public import GyreOperators
public import GyrePlan

extension DataStream {
    /// Applies a function of the row and of all rows of another stream.
    ///
    /// The other stream is read whole, by every worker, before the first row is mapped. In a loop a constant
    /// one is read once; one from the loop is read anew in each round, and then the rows of this stream are
    /// mapped again if they come from outside.
    @inlinable @inline(__always)
    public func map<Broadcast: Sendable & Codable, Out: Sendable>(
        broadcasting other: DataStream<Broadcast>, name: String? = nil,
        _ transform: @escaping @Sendable (Element, [Broadcast]) throws -> Out
    ) -> DataStream<Out> {
        let kernel: BroadcastTransform<Element, Broadcast, Out>.Kernel = { rows, count, variable, out in
            for index in 0..<count {
                do { (out + index).initialize(to: try transform(rows[index], variable)) } catch {
                    out.deinitialize(count: index)
                    throw RecordError(rows[index], error)
                }
            }
            return count
        }
        let main = replayed(inTheLoopOf: other)
        return job.add(
            PlanBuilder.NodeDefinition(
                kind: "broadcastMap", name: name,
                inputs: [
                    PlanBuilder.Input(main.output, main.towardsAll), PlanBuilder.Input(other.output, .broadcast),
                ],
                outputs: [.rows(of: Out.self)],
                implementation: OperatorFactory(emission: .unbounded, isHungry: true) {
                    BroadcastTransform(
                        rows: (.rows(of: Element.self), .encodableRows(of: Broadcast.self)), kernel: kernel)
                }))
    }

    /// This stream, brought into every round of the loop that `other` belongs to, if this one is constant.
    @usableFromInline
    func replayed<Other>(inTheLoopOf other: DataStream<Other>) -> DataStream<Element> {
        guard job.builder.loop(of: output) == nil, job.builder.loop(of: other.output) != nil else { return self }
        return job.add(
            PlanBuilder.NodeDefinition(
                kind: "replay",
                inputs: [
                    PlanBuilder.Input(output, towardsAll), PlanBuilder.Input(other.output, other.towardsAll),
                ],
                outputs: [.rows(of: Element.self)],
                implementation: OperatorFactory(emission: .unbounded, holdsBack: false, isHungry: true) {
                    ReplayOperator(elements: .rows(of: Element.self))
                }))
    }
}
