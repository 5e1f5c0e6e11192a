public import GyreColumns

// Each worker aggregates its share, one instance merges the workers' states in their order.

extension DataStream {
    /// The sum of an integer of all rows, as one row; 0 of none.
    ///
    /// - Throws: when the job runs, `SumOverflow` where the sum leaves the range of its type.
    @inlinable @inline(__always)
    public func sum<Value: FixedWidthInteger & Sendable & Codable>(
        name: String? = nil, of value: @escaping @Sendable (Element) throws -> Value
    ) -> DataStream<Value> {
        state(.sum(of: value), name: name ?? "sum")
    }

    /// The sum of a floating-point number of all rows, as one row; 0 of none.
    @inlinable @inline(__always)
    public func sum<Value: BinaryFloatingPoint & Sendable & Codable>(
        name: String? = nil, of value: @escaping @Sendable (Element) throws -> Value
    ) -> DataStream<Value> {
        state(.sum(of: value), name: name ?? "sum")
    }

    /// The least value of all rows, in the order of keys; no row where there are none.
    @inlinable @inline(__always)
    public func min<Value: Key & Codable>(
        name: String? = nil, of value: @escaping @Sendable (Element) throws -> Value
    ) -> DataStream<Value> {
        state(Aggregation<Element, Value?, Value>.min(of: value), name: name ?? "min")
            .compactMap(name: name ?? "min") { $0 }
    }

    /// The greatest value of all rows, in the order of keys; no row where there are none.
    @inlinable @inline(__always)
    public func max<Value: Key & Codable>(
        name: String? = nil, of value: @escaping @Sendable (Element) throws -> Value
    ) -> DataStream<Value> {
        state(Aggregation<Element, Value?, Value>.max(of: value), name: name ?? "max")
            .compactMap(name: name ?? "max") { $0 }
    }

    /// The arithmetic mean of an integer of all rows, in double precision; no row where there are none.
    @inlinable @inline(__always)
    public func average<Value: BinaryInteger & SendableMetatype>(
        name: String? = nil, of value: @escaping @Sendable (Element) throws -> Value
    ) -> DataStream<Double> {
        state(.average(of: value), name: name ?? "average")
            .compactMap(name: name ?? "average") { $0.count == 0 ? nil : $0.value }
    }

    /// The arithmetic mean of a floating-point number of all rows, in double precision; no row where there are none.
    @inlinable @inline(__always)
    public func average<Value: BinaryFloatingPoint & SendableMetatype>(
        name: String? = nil, of value: @escaping @Sendable (Element) throws -> Value
    ) -> DataStream<Double> {
        state(.average(of: value), name: name ?? "average")
            .compactMap(name: name ?? "average") { $0.count == 0 ? nil : $0.value }
    }

    @inlinable @inline(__always)
    func state<State, Result>(_ aggregation: Aggregation<Element, State, Result>, name: String) -> DataStream<State> {
        let (update, merge) = (aggregation.update, aggregation.merge)
        return fold(aggregation.initial, name: name, update: update, merge: merge)
    }
}

extension DataStream where Element: Codable {
    /// The row with the least value; the first of them by worker and arrival where several have it, none where there
    /// are none.
    @inlinable @inline(__always)
    public func minBy<Value: Key>(
        name: String? = nil, _ value: @escaping @Sendable (Element) throws -> Value
    ) -> DataStream<Element> {
        reduce(name: name ?? "minBy") { Value.isOrderedBefore(try value($1), try value($0)) ? $1 : $0 }
    }

    /// The row with the greatest value; the first of them by worker and arrival where several have it, none where
    /// there are none.
    @inlinable @inline(__always)
    public func maxBy<Value: Key>(
        name: String? = nil, _ value: @escaping @Sendable (Element) throws -> Value
    ) -> DataStream<Element> {
        reduce(name: name ?? "maxBy") { Value.isOrderedBefore(try value($0), try value($1)) ? $1 : $0 }
    }
}
