public import GyreColumns
public import GyreOperators
public import GyrePlan

extension KeyedStream where Element: Codable {
    /// Makes any number of rows of the rows that two streams have of each key. One of them may have none.
    ///
    /// Both groups are read row by row; each may be larger than the memory, and each can be read once. Groups come in the
    /// order of keys, by worker; rows of a group in the order of workers, then as they were there. In a loop a side that is
    /// constant is there in each round.
    ///
    /// - Complexity: one exchange of both streams, which are then sorted by key (see `sortPartition`).
    @inlinable @inline(__always)
    public func coGroup<Other: Sendable & Codable, Out: Sendable>(
        _ other: KeyedStream<Other, K>, of type: Out.Type = Out.self, name: String? = nil,
        _ combine:
            @escaping @Sendable (K, GroupRows<Element, K>, GroupRows<Other, K>, inout Emitter<Out>) throws -> Void
    ) -> DataStream<Out> {
        let kernel: CoGroupOperator<Element, Other, K, Out>.Kernel = { left, right, emitter in
            while !emitter.hasFullBatch {
                let (leftKey, rightKey) = (try left.nextKey(), try right.nextKey())
                guard let key = CoGroupOrder.first(leftKey, rightKey) else { return false }
                if let leftKey, K.isSameKey(leftKey, key) { _ = try left.beginGroup() }
                if let rightKey, K.isSameKey(rightKey, key) { _ = try right.beginGroup() }
                do { try combine(key, left, right, &emitter) } catch { throw RecordError(key, error) }
                try left.endGroup()
                try right.endGroup()
            }
            return true
        }
        let (leftKey, rightKey) = (key, other.key)
        let orders = (RowOrder(of: Element.self, by: leftKey), RowOrder(of: Other.self, by: rightKey))
        let (left, right) = (
            KeyedStream(stream: stream.replayed(inTheLoopOf: other.stream), keyName: keyName, key: key),
            KeyedStream<Other, K>(
                stream: other.stream.replayed(inTheLoopOf: stream), keyName: other.keyName, key: other.key)
        )
        return stream.job.add(
            PlanBuilder.NodeDefinition(
                kind: "coGroup", name: name, parameters: [.init("key", keyName)],
                inputs: [left.exchange, right.exchange], outputs: [.rows(of: Out.self)], keepsParallelism: true,
                implementation: OperatorFactory(emission: .unbounded, holdsBack: false, isHungry: true) {
                    CoGroupOperator(
                        rows: (.encodableRows(of: Element.self), .encodableRows(of: Other.self)), by: orders,
                        keys: (leftKey, rightKey), kernel: kernel)
                }))
    }
}

/// Which of two keys comes first.
@usableFromInline
enum CoGroupOrder {
    @inlinable @inline(__always)
    static func first<K: Key>(_ left: K?, _ right: K?) -> K? {
        guard let left else { return right }
        guard let right else { return left }
        return K.isOrderedBefore(right, left) ? right : left
    }
}
