public import GyreColumns

extension Aggregation where State: FixedWidthInteger, Result == State {
    /// The sum of integers.
    ///
    /// - Throws: when the job runs, `SumOverflow` where the sum leaves the range of its type.
    @inlinable @inline(__always)
    public static func sum(of value: @escaping @Sendable (Row) throws -> State) -> Aggregation {
        Aggregation(
            0, update: { try add(&$0, try value($1)) }, merge: { try add(&$0, $1) }, finish: { $0 })
    }

    @inlinable @inline(__always)
    static func add(_ sum: inout State, _ value: State) throws {
        let (result, isOver) = sum.addingReportingOverflow(value)
        if isOver { throw SumOverflow(of: State.self) }
        sum = result
    }
}

extension Aggregation where State: BinaryFloatingPoint, Result == State {
    /// The sum of floating-point numbers. The order of additions is open, and so are the last digits.
    @inlinable @inline(__always)
    public static func sum(of value: @escaping @Sendable (Row) throws -> State) -> Aggregation {
        Aggregation(0, update: { $0 += try value($1) }, merge: { $0 += $1 }, finish: { $0 })
    }
}

extension Aggregation where State == Int, Result == Int {
    /// The number of rows.
    @inlinable
    public static var count: Aggregation {
        @inline(__always) get {
            Aggregation(0, update: { count, _ in count &+= 1 }, merge: { $0 &+= $1 }, finish: { $0 })
        }
    }
}

extension Aggregation where State == Mean, Result == Double {
    /// The arithmetic mean of integers, computed in double precision; NaN of no rows.
    @inlinable @inline(__always)
    public static func average<Value: BinaryInteger & SendableMetatype>(
        of value: @escaping @Sendable (Row) throws -> Value
    ) -> Aggregation {
        Aggregation(
            Mean(), update: { mean, row in add(&mean, Double(try value(row)), 1) },
            merge: { add(&$0, $1.sum, $1.count) }, finish: { $0.value })
    }

    /// The arithmetic mean of floating-point numbers, computed in double precision; NaN of no rows.
    @inlinable @inline(__always)
    public static func average<Value: BinaryFloatingPoint & SendableMetatype>(
        of value: @escaping @Sendable (Row) throws -> Value
    ) -> Aggregation {
        Aggregation(
            Mean(), update: { mean, row in add(&mean, Double(try value(row)), 1) },
            merge: { add(&$0, $1.sum, $1.count) }, finish: { $0.value })
    }

    @inlinable @inline(__always)
    static func add(_ mean: inout Mean, _ sum: Double, _ count: Int) {
        mean.sum += sum
        mean.count &+= count
    }
}

// Least and greatest go by the order of keys, which is total: strings by their UTF-8 bytes, NaN behind all numbers.

extension Aggregation where State == Result? {
    /// The least value.
    @inlinable @inline(__always)
    public static func min(of value: @escaping @Sendable (Row) throws -> Result) -> Aggregation
    where Result: Key & Codable {
        Aggregation(
            nil, update: { least, row in keepLess(&least, try value(row)) },
            merge: { least, other in if let other { keepLess(&least, other) } },
            finish: { try present($0) })
    }

    /// The greatest value.
    @inlinable @inline(__always)
    public static func max(of value: @escaping @Sendable (Row) throws -> Result) -> Aggregation
    where Result: Key & Codable {
        Aggregation(
            nil, update: { greatest, row in keepGreater(&greatest, try value(row)) },
            merge: { greatest, other in if let other { keepGreater(&greatest, other) } },
            finish: { try present($0) })
    }

    @inlinable @inline(__always)
    static func keepLess(_ least: inout Result?, _ value: Result) where Result: Key {
        if let kept = least, !Result.isOrderedBefore(value, kept) { return }
        least = value
    }

    @inlinable @inline(__always)
    static func keepGreater(_ greatest: inout Result?, _ value: Result) where Result: Key {
        if let kept = greatest, !Result.isOrderedBefore(kept, value) { return }
        greatest = value
    }

    @inlinable
    static func present(_ result: Result?) throws -> Result {
        guard let result else { throw NothingToAggregate() }
        return result
    }
}

/// The least or greatest of no rows was asked for.
public struct NothingToAggregate: Error, Equatable, Sendable, CustomStringConvertible {
    @inlinable
    public init() {}

    public var description: String { "there is no least or greatest of no rows" }
}
