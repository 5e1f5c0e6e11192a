public import GyreColumns
public import GyreOperators
public import GyrePlan

extension KeyedStream where Element: Codable, K: Codable {
    /// Folds the rows of each key into one value; a row a key, when the input (in a loop: the round) is over.
    ///
    /// - Complexity: one exchange of all rows, a table entry a key. Where values can be merged, `aggregate`
    ///   exchanges less.
    @inlinable @inline(__always)
    public func fold<Value: Sendable & Codable>(
        _ initial: Value, name: String? = nil,
        _ update: @escaping @Sendable (inout Value, Element) throws -> Void
    ) -> DataStream<KeyedValue<K, Value>> {
        let kernels = KeyedStream.foldKernels(key: key, value: Value.self, update)
        return stream.job.add(
            PlanBuilder.NodeDefinition(
                kind: "keyedFold", name: name, parameters: [.init("key", keyName)], inputs: [exchange],
                outputs: [.encodableRows(of: KeyedValue<K, Value>.self)],
                estimatedBytes: estimatedBytes(asRowsOf: .encodableRows(of: KeyedValue<K, Value>.self)),
                implementation: OperatorFactory(emission: .unbounded, isHungry: true) {
                    KeyedFoldOperator(
                        initial: initial,
                        elements: (.encodableRows(of: Element.self), .encodableRows(of: KeyedValue<K, Value>.self)),
                        kernels: kernels)
                }))
    }

    /// Folds the rows of each key, on each worker first, then over all.
    ///
    /// - Parameters:
    ///   - initial: the value of nothing; must leave `merge` unchanged, for a key has as many partial values as
    ///     there were reasons to make one.
    ///   - combine: whether rows are folded before the exchange.
    ///   - update: adds a row.
    ///   - merge: adds another value of the same key. Associative and commutative, for their order is open.
    @inlinable @inline(__always)
    public func aggregate<Value: Sendable & Codable>(
        _ initial: Value, name: String? = nil, combine: CombineHint = .automatic,
        update: @escaping @Sendable (inout Value, Element) throws -> Void,
        merge: @escaping @Sendable (inout Value, Value) throws -> Void
    ) -> DataStream<KeyedValue<K, Value>> {
        if combine == .none { return fold(initial, name: name, update) }
        typealias Partial = KeyedValue<K, Value>
        let key = key
        let kernels = KeyedStream.foldKernels(key: key, value: Value.self, update)
        let pass: CombineOperator<Element, K, Value, Value, Partial>.Pass = { rows, count, initial, out, hashes in
            for index in 0..<count {
                do {
                    let rowKey = try key(rows[index])
                    var value = initial
                    try update(&value, rows[index])
                    hashes[index] = rowKey.keyHash
                    (out + index).initialize(to: KeyedValue(key: rowKey, value: value))
                } catch {
                    out.deinitialize(count: index)
                    throw RecordError(rows[index], error)
                }
            }
        }
        let partial: DataStream<Partial> = stream.job.add(
            PlanBuilder.NodeDefinition(
                kind: "combine", name: name, parallelism: stream.parallelism,
                parameters: [.init("key", keyName), .init("combine", combine.rawValue)],
                inputs: [PlanBuilder.Input(stream.output)], outputs: [.encodableRows(of: Partial.self)],
                estimatedBytes: estimatedBytes(asRowsOf: .encodableRows(of: Partial.self)),
                implementation: OperatorFactory(emission: .unbounded, isHungry: true) {
                    CombineOperator(
                        initial: initial, adapts: combine == .automatic, outputs: .encodableRows(of: Partial.self),
                        kernels: kernels, pass: pass)
                }))
        let merging = KeyedStream.mergeKernels(value: Value.self, merge)
        return stream.job.add(
            PlanBuilder.NodeDefinition(
                kind: "keyedFold", name: name, parameters: [.init("key", keyName)],
                inputs: [
                    KeyedStream<Partial, K>.exchangeOfPartials(partial.output, keyName: keyName) {
                        (row: Partial) in row.key
                    }
                ],
                outputs: [.encodableRows(of: Partial.self)],
                estimatedBytes: estimatedBytes(asRowsOf: .encodableRows(of: Partial.self)),
                implementation: OperatorFactory(emission: .unbounded, isHungry: true) {
                    KeyedFoldOperator(
                        initial: (),
                        elements: (.encodableRows(of: Partial.self), .encodableRows(of: Partial.self)),
                        kernels: merging)
                }))
    }

    /// The number of rows of each key.
    @inlinable @inline(__always)
    public func count(name: String? = nil, combine: CombineHint = .automatic) -> DataStream<KeyedValue<K, Int>> {
        aggregate(
            0, name: name ?? "count", combine: combine, update: { count, _ in count &+= 1 }, merge: { $0 &+= $1 })
    }
}
