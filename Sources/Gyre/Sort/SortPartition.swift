public import GyreColumns
public import GyreOperators

extension DataStream {
    /// Sorts the rows of each worker; rows do not change their worker.
    ///
    /// Stable: rows that are equal in the order stay as they came. Rows come out when the input (in a loop: the round)
    /// is over.
    ///
    /// - Complexity: O(n) for keys whose order is a number's, else up to O(n log n) comparisons. All rows are kept; those
    ///   beyond the job's memory budget are sorted on disk, for which they have to be trivial or `Codable`.
    @inlinable @inline(__always)
    public func sortPartition(by order: SortOrder<Element>, name: String? = nil) -> DataStream<Element> {
        let (rows, elements) = (order.rows, ElementType.rows(of: Element.self))
        return then(
            "sortPartition", name: name, parameters: order.parameters, elements: elements,
            factory: OperatorFactory(emission: .unbounded, isHungry: true) { SortOperator(elements, by: rows) })
    }

    /// Sorts the rows of each worker by a key.
    @inlinable @inline(__always)
    public func sortPartition<K: Key>(
        by key: @escaping @Sendable (Element) throws -> K, order: SortDirection = .ascending, name: String? = nil
    ) -> DataStream<Element> {
        sortPartition(by: SortOrder(by: key, order), name: name)
    }
}
