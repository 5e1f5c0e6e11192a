public import GyreColumns
public import GyreOperators
public import GyrePlan

extension DataStream where Element: Codable {
    /// Sorts all rows over all workers: the first worker has the first rows, in order, and so on.
    ///
    /// `collect().elements` are in this order, `first(n)` the first of it, and `zipWithIndex` numbers the rows by it. What
    /// deals rows anew (`keyBy`, `rebalance`) ends it. Stable with regard to the order of workers: of equal rows, those
    /// of the first worker come first, in the order in which they were there. A key of many rows may span workers.
    ///
    /// - Complexity: rows wait until the input (in a loop: the round) is over and the ranges are known from a sample,
    ///   are exchanged once, and sorted by the worker that has their range, as in `sortPartition`. What is beyond the
    ///   job's memory budget waits and is sorted on disk.
    @inlinable @inline(__always)
    public func sorted(by order: SortOrder<Element>, name: String? = nil) -> DataStream<Element> {
        let (rows, elements) = (order.rows, ElementType.encodableRows(of: Element.self))
        return job.add(
            PlanBuilder.NodeDefinition(
                kind: "sort", name: name, parameters: order.parameters,
                inputs: [PlanBuilder.Input(dealtByRange(order, elements, ties: .cut), .range(key: order.text))],
                outputs: [elements], estimatedBytes: job.builder.estimatedBytes(of: output),
                implementation: OperatorFactory(emission: .unbounded, isHungry: true) {
                    SortOperator(elements, by: rows)
                }))
    }

    /// Sorts all rows over all workers by a key.
    @inlinable @inline(__always)
    public func sorted<K: Key>(
        by key: @escaping @Sendable (Element) throws -> K, order: SortDirection = .ascending, name: String? = nil
    ) -> DataStream<Element> {
        sorted(by: SortOrder(by: key, order), name: name)
    }
}
