public import GyreColumns
public import GyrePlan

/// A stream whose rows belong together by key.
///
/// Keying moves nothing; the operation behind it does: rows of equal keys meet on one worker, found by the
/// key's stable hash.
public struct KeyedStream<Element: Sendable, K: Key> {
    @usableFromInline let stream: DataStream<Element>
    @usableFromInline let keyName: String
    @usableFromInline let key: @Sendable (Element) throws -> K

    @usableFromInline
    init(stream: DataStream<Element>, keyName: String, key: @escaping @Sendable (Element) throws -> K) {
        self.stream = stream
        self.keyName = keyName
        self.key = key
    }

    /// The edge that brings equal keys together.
    @inlinable @inline(__always)
    var exchange: PlanBuilder.Input {
        KeyedStream.exchange(stream.output, keyName: keyName, key: key)
    }

    @inlinable @inline(__always)
    static func exchange<Row>(
        _ output: OutputID, keyName: String, key: @escaping @Sendable (Row) throws -> K
    ) -> PlanBuilder.Input {
        PlanBuilder.Input(output, .hash(key: keyName), router: router(key))
    }

    /// Bytes of at most a row for each row of this stream, where they are known when the job is written.
    @usableFromInline
    func estimatedBytes(asRowsOf elements: ElementType) -> Int? {
        stream.job.builder.estimatedBytes(of: stream.output, asRowsOf: elements)
    }

    /// Writes the hash of each row's key.
    @inlinable @inline(__always)
    static func router<Row>(_ key: @escaping @Sendable (Row) throws -> K) -> RowRouter {
        RowRouter { batch, hashes in
            let rows = batch.rows(of: Row.self)
            for index in 0..<rows.count {
                do { hashes[index] = try key(rows.rows[index]).keyHash } catch {
                    throw RecordError(rows.rows[index], error)
                }
            }
        }
    }

    /// Writes the number of each row's key; where that is decisive, equal numbers are equal keys.
    @inlinable @inline(__always)
    static func numbers<Row>(_ key: @escaping @Sendable (Row) throws -> K) -> RowRouter {
        RowRouter { batch, numbers in
            let rows = batch.rows(of: Row.self)
            for index in 0..<rows.count {
                do { numbers[index] = try key(rows.rows[index]).orderPrefix } catch {
                    throw RecordError(rows.rows[index], error)
                }
            }
        }
    }

    /// The edge behind a combiner: its batches carry the hashes already, but for rows that it passed through as
    /// they were.
    @inlinable @inline(__always)
    static func exchangeOfPartials<Row>(
        _ output: OutputID, keyName: String, key: @escaping @Sendable (Row) throws -> K
    ) -> PlanBuilder.Input {
        PlanBuilder.Input(
            output, .hash(key: keyName),
            router: RowRouter { batch, hashes in
                if let known = batch.hashes {
                    hashes.update(from: known, count: batch.count)
                    return
                }
                let rows = batch.rows(of: Row.self)
                for index in 0..<rows.count {
                    do { hashes[index] = try key(rows.rows[index]).keyHash } catch {
                        throw RecordError(rows.rows[index], error)
                    }
                }
            })
    }
}

extension DataStream {
    /// Keys the rows by a function of them, or by a key path.
    ///
    /// - Parameter name: names the key in `explain`; equal names on equal keys mean co-partitioned.
    @inlinable @inline(__always)
    public func keyBy<K: Key>(
        name: String = "key", _ key: @escaping @Sendable (Element) throws -> K
    ) -> KeyedStream<Element, K> {
        KeyedStream(stream: self, keyName: name, key: key)
    }

    /// Keys the rows by two parts.
    @inlinable @inline(__always)
    public func keyBy<A: Key, B: Key>(
        name: String = "key", _ first: @escaping @Sendable (Element) throws -> A,
        _ second: @escaping @Sendable (Element) throws -> B
    ) -> KeyedStream<Element, Pair<A, B>> {
        keyBy(name: name) { Pair(try first($0), try second($0)) }
    }

    /// Keys the rows by three parts.
    @inlinable @inline(__always)
    public func keyBy<A: Key, B: Key, C: Key>(
        name: String = "key", _ first: @escaping @Sendable (Element) throws -> A,
        _ second: @escaping @Sendable (Element) throws -> B, _ third: @escaping @Sendable (Element) throws -> C
    ) -> KeyedStream<Element, Triple<A, B, C>> {
        keyBy(name: name) { Pair(try first($0), Pair(try second($0), try third($0))) }
    }

    /// Keys the rows by four parts.
    @inlinable @inline(__always)
    public func keyBy<A: Key, B: Key, C: Key, D: Key>(
        name: String = "key", _ first: @escaping @Sendable (Element) throws -> A,
        _ second: @escaping @Sendable (Element) throws -> B, _ third: @escaping @Sendable (Element) throws -> C,
        _ fourth: @escaping @Sendable (Element) throws -> D
    ) -> KeyedStream<Element, Quadruple<A, B, C, D>> {
        keyBy(name: name) { Pair(Pair(try first($0), try second($0)), Pair(try third($0), try fourth($0))) }
    }
}

/// A key and what has been made of its rows.
public struct KeyedValue<K: Key, Value: Sendable>: Sendable {
    public var key: K
    public var value: Value

    @inlinable
    public init(key: K, value: Value) {
        self.key = key
        self.value = value
    }
}

extension KeyedValue: Equatable where K: Equatable, Value: Equatable {}
extension KeyedValue: Hashable where K: Hashable, Value: Hashable {}
extension KeyedValue: Encodable where K: Encodable, Value: Encodable {}
extension KeyedValue: Decodable where K: Decodable, Value: Decodable {}
