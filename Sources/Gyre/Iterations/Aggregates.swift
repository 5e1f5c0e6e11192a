public import GyreColumns
public import GyreOperators
public import GyrePlan

extension Aggregator {
    /// The aggregator as loops are told of it.
    public var erased: AnyAggregator { AnyAggregator(self) }
}

extension DataStream {
    /// Adds every row to an aggregator of the loop that this stream belongs to, and passes the row on.
    ///
    /// A stream that is the same in every round belongs to no loop; running such a job is refused
    /// (`PlanError.contributesOutsideLoop`).
    @inlinable @inline(__always)
    public func contribute<Value: Sendable>(
        to aggregator: Aggregator<Value>, name: String? = nil,
        _ update: @escaping @Sendable (inout Value, Element) throws -> Void
    ) -> DataStream<Element> {
        let kernel: AggregatorOperator<Element, Value>.Kernel = { rows, count, value in
            for index in 0..<count {
                do { try update(&value, rows[index]) } catch { throw RecordError(rows[index], error) }
            }
        }
        return then(
            NodeDescription.contributeKind, name: name, parameters: [.init("aggregator", aggregator.name)],
            elements: .rows(of: Element.self),
            factory: OperatorFactory(emission: .oneBatch) { AggregatorOperator(aggregator, kernel: kernel) })
    }

    /// Applies a function of the row and of an aggregate of the previous round; in the first round, of the
    /// aggregator's zero.
    @inlinable @inline(__always)
    public func map<Value: Sendable, Out: Sendable>(
        reading aggregator: Aggregator<Value>, name: String? = nil,
        _ transform: @escaping @Sendable (Element, Value) throws -> Out
    ) -> DataStream<Out> {
        map(reading: { $0.loop?.previous[aggregator] ?? aggregator.zero }, name: name, transform)
    }
}
