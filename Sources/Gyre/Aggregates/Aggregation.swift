/// Something to compute over the rows of a key, or over all rows: a sum, a count, the least value.
///
/// Several are computed in one pass, each worker over its share first:
///
/// ```swift
/// sales.keyBy(\.shop).aggregate(.sum(of: \.amount), .count, .max(of: \.day)) { shop, total, count, last in
///     ShopReport(shop: shop, total: total, count: count, last: last)
/// }
/// ```
public struct Aggregation<Row, State: Sendable & Codable, Result>: Sendable {
    /// The state of no rows; must leave `merge` unchanged.
    @usableFromInline let initial: State
    @usableFromInline let update: @Sendable (inout State, Row) throws -> Void
    @usableFromInline let merge: @Sendable (inout State, State) throws -> Void
    @usableFromInline let finish: @Sendable (State) throws -> Result

    /// An aggregation of one's own.
    ///
    /// - Parameters:
    ///   - initial: the state of no rows; must leave `merge` unchanged.
    ///   - update: adds a row.
    ///   - merge: adds another state. Associative and commutative.
    ///   - finish: makes the result.
    @inlinable @inline(__always)
    public init(
        _ initial: State, update: @escaping @Sendable (inout State, Row) throws -> Void,
        merge: @escaping @Sendable (inout State, State) throws -> Void,
        finish: @escaping @Sendable (State) throws -> Result
    ) {
        self.initial = initial
        self.update = update
        self.merge = merge
        self.finish = finish
    }
}

/// A sum of integers left the range of its type.
public struct SumOverflow: Error, Equatable, Sendable {
    /// The type.
    public let type: String

    @inline(never)
    public init(of type: Any.Type) {
        self.type = String(describing: type)
    }
}

extension SumOverflow: CustomStringConvertible {
    public var description: String { "a sum is out of the range of \(type)" }
}

/// The sum and the number of values.
public struct Mean: Sendable, Codable, Hashable {
    @usableFromInline var sum = 0.0
    @usableFromInline var count = 0

    @inlinable
    init() {}

    /// The arithmetic mean; NaN of no values.
    @inlinable
    public var value: Double { sum / Double(count) }
}
