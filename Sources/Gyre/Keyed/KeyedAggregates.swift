public import GyreColumns

extension KeyedStream where Element: Codable, K: Codable {
    /// The sum of an integer of the rows of each key.
    ///
    /// - Throws: when the job runs, `SumOverflow` where a sum leaves the range of its type.
    @inlinable @inline(__always)
    public func sum<Value: FixedWidthInteger & Sendable & Codable>(
        name: String? = nil, combine: CombineHint = .automatic, of value: @escaping @Sendable (Element) throws -> Value
    ) -> DataStream<KeyedValue<K, Value>> {
        states(.sum(of: value), name: name ?? "sum", combine: combine)
    }

    /// The sum of a floating-point number of the rows of each key. The order of additions is open, and so are the
    /// last digits.
    @inlinable @inline(__always)
    public func sum<Value: BinaryFloatingPoint & Sendable & Codable>(
        name: String? = nil, combine: CombineHint = .automatic, of value: @escaping @Sendable (Element) throws -> Value
    ) -> DataStream<KeyedValue<K, Value>> {
        states(.sum(of: value), name: name ?? "sum", combine: combine)
    }

    /// The least value of the rows of each key, in the order of keys.
    @inlinable @inline(__always)
    public func min<Value: Key & Codable>(
        name: String? = nil, combine: CombineHint = .automatic, of value: @escaping @Sendable (Element) throws -> Value
    ) -> DataStream<KeyedValue<K, Value>> {
        aggregate(.min(of: value), name: name ?? "min", combine: combine) { KeyedValue(key: $0, value: $1) }
    }

    /// The greatest value of the rows of each key, in the order of keys.
    @inlinable @inline(__always)
    public func max<Value: Key & Codable>(
        name: String? = nil, combine: CombineHint = .automatic, of value: @escaping @Sendable (Element) throws -> Value
    ) -> DataStream<KeyedValue<K, Value>> {
        aggregate(.max(of: value), name: name ?? "max", combine: combine) { KeyedValue(key: $0, value: $1) }
    }

    /// The arithmetic mean of an integer of the rows of each key, in double precision.
    @inlinable @inline(__always)
    public func average<Value: BinaryInteger & SendableMetatype>(
        name: String? = nil, combine: CombineHint = .automatic, of value: @escaping @Sendable (Element) throws -> Value
    ) -> DataStream<KeyedValue<K, Double>> {
        aggregate(.average(of: value), name: name ?? "average", combine: combine) { KeyedValue(key: $0, value: $1) }
    }

    /// The arithmetic mean of a floating-point number of the rows of each key, in double precision.
    @inlinable @inline(__always)
    public func average<Value: BinaryFloatingPoint & SendableMetatype>(
        name: String? = nil, combine: CombineHint = .automatic, of value: @escaping @Sendable (Element) throws -> Value
    ) -> DataStream<KeyedValue<K, Double>> {
        aggregate(.average(of: value), name: name ?? "average", combine: combine) { KeyedValue(key: $0, value: $1) }
    }

    /// The row of each key with the least value; one of them where several have it. To say which, compare by more:
    /// `minBy { Pair($0.price, $0.number) }`.
    @inlinable @inline(__always)
    public func minBy<Value: Key>(
        name: String? = nil, combine: CombineHint = .automatic, _ value: @escaping @Sendable (Element) throws -> Value
    ) -> DataStream<Element> {
        reduce(name: name ?? "minBy", combine: combine) {
            Value.isOrderedBefore(try value($1), try value($0)) ? $1 : $0
        }
    }

    /// The row of each key with the greatest value; one of them where several have it.
    @inlinable @inline(__always)
    public func maxBy<Value: Key>(
        name: String? = nil, combine: CombineHint = .automatic, _ value: @escaping @Sendable (Element) throws -> Value
    ) -> DataStream<Element> {
        reduce(name: name ?? "maxBy", combine: combine) {
            Value.isOrderedBefore(try value($0), try value($1)) ? $1 : $0
        }
    }

    // MARK: Several at once

    /// Computes an aggregation for each key.
    ///
    /// - Parameter make: makes a row of the key and the result.
    @inlinable @inline(__always)
    public func aggregate<A, ResultA, Out: Sendable>(
        _ aggregation: Aggregation<Element, A, ResultA>, name: String? = nil, combine: CombineHint = .automatic,
        make: @escaping @Sendable (K, ResultA) throws -> Out
    ) -> DataStream<Out> {
        let finish = aggregation.finish
        return states(aggregation, name: name, combine: combine)
            .map(name: name) { try make($0.key, try finish($0.value)) }
    }

    /// Computes two aggregations for each key in one pass.
    @inlinable @inline(__always)
    public func aggregate<A, ResultA, B, ResultB, Out: Sendable>(
        _ first: Aggregation<Element, A, ResultA>, _ second: Aggregation<Element, B, ResultB>,
        name: String? = nil, combine: CombineHint = .automatic,
        make: @escaping @Sendable (K, ResultA, ResultB) throws -> Out
    ) -> DataStream<Out> {
        aggregate(first.and(second), name: name, combine: combine) { try make($0, $1.0, $1.1) }
    }

    /// Computes three aggregations for each key in one pass.
    @inlinable @inline(__always)
    public func aggregate<A, ResultA, B, ResultB, C, ResultC, Out: Sendable>(
        _ first: Aggregation<Element, A, ResultA>, _ second: Aggregation<Element, B, ResultB>,
        _ third: Aggregation<Element, C, ResultC>, name: String? = nil, combine: CombineHint = .automatic,
        make: @escaping @Sendable (K, ResultA, ResultB, ResultC) throws -> Out
    ) -> DataStream<Out> {
        aggregate(first.and(second).and(third), name: name, combine: combine) {
            try make($0, $1.0.0, $1.0.1, $1.1)
        }
    }

    /// Computes four aggregations for each key in one pass.
    @inlinable @inline(__always)
    public func aggregate<A, ResultA, B, ResultB, C, ResultC, D, ResultD, Out: Sendable>(
        _ first: Aggregation<Element, A, ResultA>, _ second: Aggregation<Element, B, ResultB>,
        _ third: Aggregation<Element, C, ResultC>, _ fourth: Aggregation<Element, D, ResultD>,
        name: String? = nil, combine: CombineHint = .automatic,
        make: @escaping @Sendable (K, ResultA, ResultB, ResultC, ResultD) throws -> Out
    ) -> DataStream<Out> {
        aggregate(first.and(second).and(third.and(fourth)), name: name, combine: combine) {
            try make($0, $1.0.0, $1.0.1, $1.1.0, $1.1.1)
        }
    }

    @inlinable @inline(__always)
    func states<State, Result>(
        _ aggregation: Aggregation<Element, State, Result>, name: String?, combine: CombineHint
    ) -> DataStream<KeyedValue<K, State>> {
        let (update, merge) = (aggregation.update, aggregation.merge)
        return aggregate(aggregation.initial, name: name, combine: combine, update: update, merge: merge)
    }
}

extension DataStream where Element: Codable {
    /// One row of each key; which one is open.
    @inlinable @inline(__always)
    public func distinct<K: Key & Codable>(
        name: String? = nil, combine: CombineHint = .automatic, by key: @escaping @Sendable (Element) throws -> K
    ) -> DataStream<Element> {
        keyBy(key).reduce(name: name ?? "distinct", combine: combine) { first, _ in first }
    }
}
