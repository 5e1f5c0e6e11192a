public import GyreColumns
public import GyreOperators

/// Joins of two keyed streams.
///
/// Keys are equal if their canonical encodings are (`Key`): strings by their UTF-8 bytes, −0.0 as 0.0, NaN equal to NaN,
/// and nil equal to nil, unlike SQL's NULL. The order of a join's rows is open: it depends on how rows of several workers
/// arrive and on what the memory budget sends to disk. Which rows come out depends on neither.
///
/// In a loop, a side from outside is built once, whatever `automatic` would choose otherwise; a hint that lets it probe
/// has it replayed in every round.
///
/// The same kernels serve a hash join and, where the hint asks for it, a sort-merge join (`JoinHint.sortMerge`).
///
/// - Complexity: one exchange of each side (of the built one only, when broadcast); the built side stands in memory at
///   about 30 bytes a row more than the row, as far as the budget goes. Beyond it, both sides' share is written to disk
///   and read once a level of partitioning, of which there are few; a single key that does not fit is joined block by
///   block. Sort-merge: both sides are sorted; beyond the budget, each row is written, and merged O(log runs).
extension KeyedStream where Element: Codable, K: Codable {
    /// Every pair of rows with equal keys, as `combine` makes of it: an inner join.
    ///
    /// ```swift
    /// orders.keyBy(\.customer).join(customers.keyBy(\.id)) { order, customer in (order.price, customer.name) }
    /// ```
    ///
    /// - Parameters:
    ///   - hint: how, where the sizes would not tell; see `JoinHint`.
    ///   - combine: makes a row of a left and a right one.
    @inlinable @inline(__always)
    public func join<Other: Sendable & Codable, Out: Sendable>(
        _ other: KeyedStream<Other, K>, hint: JoinHint = .automatic, name: String? = nil,
        _ combine: @escaping @Sendable (Element, Other) throws -> Out
    ) -> DataStream<Out> {
        join(
            other, .inner, hint: hint, name: name,
            kernels: JoinKernels(
                result: .rows(of: Out.self), same: JoinKernels.same(key, other.key),
                pairs: JoinKernels.pairs(combine), left: nil, right: nil))
    }

    /// Every pair of rows with equal keys, and every left row without partner, with nil: a left outer join.
    @inlinable @inline(__always)
    public func leftJoin<Other: Sendable & Codable, Out: Sendable>(
        _ other: KeyedStream<Other, K>, hint: JoinHint = .automatic, name: String? = nil,
        _ combine: @escaping @Sendable (Element, Other?) throws -> Out
    ) -> DataStream<Out> {
        join(
            other, .leftOuter, hint: hint, name: name,
            kernels: JoinKernels(
                result: .rows(of: Out.self), same: JoinKernels.same(key, other.key),
                pairs: JoinKernels.pairs { (left: Element, right: Other) in try combine(left, right) },
                left: JoinKernels.single { (left: Element) in try combine(left, nil) }, right: nil))
    }

    /// Every pair of rows with equal keys, and every right row without partner, with nil: a right outer join.
    @inlinable @inline(__always)
    public func rightJoin<Other: Sendable & Codable, Out: Sendable>(
        _ other: KeyedStream<Other, K>, hint: JoinHint = .automatic, name: String? = nil,
        _ combine: @escaping @Sendable (Element?, Other) throws -> Out
    ) -> DataStream<Out> {
        join(
            other, .rightOuter, hint: hint, name: name,
            kernels: JoinKernels(
                result: .rows(of: Out.self), same: JoinKernels.same(key, other.key),
                pairs: JoinKernels.pairs { (left: Element, right: Other) in try combine(left, right) },
                left: nil, right: JoinKernels.single { (right: Other) in try combine(nil, right) }))
    }

    /// Every pair of rows with equal keys, and every row of either side without partner, with nil: a full outer join.
    @inlinable @inline(__always)
    public func fullJoin<Other: Sendable & Codable, Out: Sendable>(
        _ other: KeyedStream<Other, K>, hint: JoinHint = .automatic, name: String? = nil,
        _ combine: @escaping @Sendable (Element?, Other?) throws -> Out
    ) -> DataStream<Out> {
        join(
            other, .fullOuter, hint: hint, name: name,
            kernels: JoinKernels(
                result: .rows(of: Out.self), same: JoinKernels.same(key, other.key),
                pairs: JoinKernels.pairs { (left: Element, right: Other) in try combine(left, right) },
                left: JoinKernels.single { (left: Element) in try combine(left, nil) },
                right: JoinKernels.single { (right: Other) in try combine(nil, right) }))
    }

    /// Each row of this stream whose key the other has, once: a semi join.
    @inlinable @inline(__always)
    public func semiJoin<Other: Sendable & Codable>(
        _ other: KeyedStream<Other, K>, hint: JoinHint = .automatic, name: String? = nil
    ) -> DataStream<Element> {
        join(
            other, .semi, hint: hint, name: name,
            kernels: JoinKernels(
                result: .encodableRows(of: Element.self), same: JoinKernels.same(key, other.key), pairs: nil,
                left: JoinKernels.single { (left: Element) in left }, right: nil))
    }

    /// Each row of this stream whose key the other does not have: an anti join.
    @inlinable @inline(__always)
    public func antiJoin<Other: Sendable & Codable>(
        _ other: KeyedStream<Other, K>, hint: JoinHint = .automatic, name: String? = nil
    ) -> DataStream<Element> {
        join(
            other, .anti, hint: hint, name: name,
            kernels: JoinKernels(
                result: .encodableRows(of: Element.self), same: JoinKernels.same(key, other.key), pairs: nil,
                left: JoinKernels.single { (left: Element) in left }, right: nil))
    }

    @inlinable @inline(__always)
    func join<Other: Sendable & Codable, Out: Sendable>(
        _ other: KeyedStream<Other, K>, _ kind: JoinKind, hint: JoinHint, name: String?, kernels: JoinKernels
    ) -> DataStream<Out> {
        var order: JoinOrder?
        if case .sortMerge = hint { order = JoinKernels.order(key, other.key) }
        return JoinNode(
            kind: kind, hint: hint, name: name, keyNames: (keyName, other.keyName), kernels: kernels,
            routers: (KeyedStream.router(key), KeyedStream.router(other.key)),
            numbers: K.isOrderPrefixDecisive ? (KeyedStream.numbers(key), KeyedStream.numbers(other.key)) : nil,
            order: order
        ).add(stream, other.stream)
    }
}
