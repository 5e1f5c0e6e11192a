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
        keyedFold(
            kind: "keyedFold", name: name, exchange: exchange, parallelism: .all, keyLimit: .max, key: key,
            initial: initial, update: update)
    }

    /// Folds the rows of each key, on each worker first, then over all.
    ///
    /// - Parameters:
    ///   - initial: the value of nothing.
    ///   - update: adds a row.
    ///   - merge: adds another value of the same key. Associative and commutative, for their order is open.
    @inlinable @inline(__always)
    public func aggregate<Value: Sendable & Codable>(
        _ initial: Value, name: String? = nil,
        update: @escaping @Sendable (inout Value, Element) throws -> Void,
        merge: @escaping @Sendable (inout Value, Value) throws -> Void
    ) -> DataStream<KeyedValue<K, Value>> {
        let partial = keyedFold(
            kind: "combine", name: name, exchange: PlanBuilder.Input(stream.output),
            parallelism: stream.parallelism, keyLimit: 1 << 16, key: key, initial: initial, update: update)
        return partial.keyBy(name: keyName, { $0.key }).keyedFold(
            kind: "keyedFold", name: name,
            exchange: KeyedStream<KeyedValue<K, Value>, K>.exchange(
                partial.output, keyName: keyName, key: { (row: KeyedValue<K, Value>) in row.key }),
            parallelism: .all, keyLimit: .max, key: { $0.key }, initial: initial,
            update: { try merge(&$0, $1.value) })
    }

    /// Combines the rows of each key into one.
    ///
    /// - Parameter combine: associative and commutative, for the order of rows is open.
    @inlinable @inline(__always)
    public func reduce(
        name: String? = nil, _ combine: @escaping @Sendable (Element, Element) throws -> Element
    ) -> DataStream<Element> {
        let partial = keyedReduce(
            kind: "combine", name: name, edge: PlanBuilder.Input(stream.output), parallelism: stream.parallelism,
            keyLimit: 1 << 16, combine)
        return KeyedStream(stream: partial, keyName: keyName, key: key).keyedReduce(
            kind: "keyedReduce", name: name,
            edge: KeyedStream.exchange(partial.output, keyName: keyName, key: key), parallelism: .all, keyLimit: .max,
            combine)
    }

    /// The number of rows of each key.
    @inlinable @inline(__always)
    public func count(name: String? = nil) -> DataStream<KeyedValue<K, Int>> {
        aggregate(0, name: name ?? "count", update: { count, _ in count &+= 1 }, merge: { $0 &+= $1 })
    }

    @inlinable @inline(__always)
    func keyedFold<Value: Sendable & Codable>(
        kind: String, name: String?, exchange: PlanBuilder.Input, parallelism: Parallelism, keyLimit: Int,
        key: @escaping @Sendable (Element) throws -> K, initial: Value,
        update: @escaping @Sendable (inout Value, Element) throws -> Void
    ) -> DataStream<KeyedValue<K, Value>> {
        typealias Out = KeyedValue<K, Value>
        let kernel: KeyedFoldOperator<Element, K, Value, Value, Out>.Kernel = { rows, count, hashes, initial, table in
            for index in 0..<count {
                do {
                    let rowKey = try key(rows[index])
                    let hash = hashes?[index] ?? rowKey.keyHash
                    try update(&table.value(of: rowKey, hash: hash) { initial }.pointee, rows[index])
                } catch { throw RecordError(rows[index], error) }
            }
        }
        return stream.job.add(
            PlanBuilder.NodeDefinition(
                kind: kind, name: name, parallelism: parallelism, parameters: [.init("key", keyName)],
                inputs: [exchange], outputs: [.encodableRows(of: Out.self)],
                implementation: OperatorFactory(emission: .unbounded) {
                    KeyedFoldOperator(
                        initial: initial, keyLimit: keyLimit, codecs: (.codable, .codable), kernel: kernel,
                        finish: { table, slots, count, out in
                            for index in 0..<count {
                                (out + index).initialize(
                                    to: KeyedValue(
                                        key: table.key(inSlot: slots[index]),
                                        value: table.value(inSlot: slots[index]).pointee))
                            }
                        })
                }))
    }

    @inlinable @inline(__always)
    func keyedReduce(
        kind: String, name: String?, edge: PlanBuilder.Input, parallelism: Parallelism, keyLimit: Int,
        _ combine: @escaping @Sendable (Element, Element) throws -> Element
    ) -> DataStream<Element> {
        let key = key
        let kernel: KeyedFoldOperator<Element, K, Void, Element, Element>.Kernel = { rows, count, hashes, _, table in
            for index in 0..<count {
                do {
                    let rowKey = try key(rows[index])
                    let hash = hashes?[index] ?? rowKey.keyHash
                    var isNew = false
                    let value = table.value(of: rowKey, hash: hash) {
                        isNew = true
                        return rows[index]
                    }
                    if !isNew { value.pointee = try combine(value.pointee, rows[index]) }
                } catch { throw RecordError(rows[index], error) }
            }
        }
        return stream.job.add(
            PlanBuilder.NodeDefinition(
                kind: kind, name: name, parallelism: parallelism, parameters: [.init("key", keyName)],
                inputs: [edge], outputs: [.encodableRows(of: Element.self)],
                implementation: OperatorFactory(emission: .unbounded) {
                    KeyedFoldOperator(
                        initial: (), keyLimit: keyLimit, codecs: (.codable, .codable), kernel: kernel,
                        finish: { table, slots, count, out in
                            for index in 0..<count {
                                (out + index).initialize(to: table.value(inSlot: slots[index]).pointee)
                            }
                        })
                }))
    }
}

extension DataStream where Element: Key & Codable {
    /// Each row once, however often it comes. Rows are compared as keys.
    @inlinable @inline(__always)
    public func distinct(name: String? = nil) -> DataStream<Element> {
        keyBy(name: "row", { $0 }).reduce(name: name ?? "distinct") { first, _ in first }
    }
}
