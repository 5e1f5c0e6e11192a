public import GyreColumns
public import GyreOperators
public import GyrePlan

/// A keyed stream whose groups are read in an order.
public struct SortedGroups<Element: Sendable, K: Key> {
    @usableFromInline let keyed: KeyedStream<Element, K>
    @usableFromInline let within: SortOrder<Element>?

    @usableFromInline
    init(keyed: KeyedStream<Element, K>, within: SortOrder<Element>?) {
        self.keyed = keyed
        self.within = within
    }

    /// By key first, then as the groups are to be read.
    @inlinable @inline(__always)
    var order: RowOrder {
        let byKey = RowOrder(of: Element.self, by: keyed.key)
        return within.map { byKey.then($0.rows) } ?? byKey
    }

    @usableFromInline
    var parameters: [NodeDescription.Parameter] {
        [.init("key", keyed.keyName)] + (within?.parameters ?? [])
    }
}

extension KeyedStream {
    /// Says in which order the rows of each group are read by what comes behind: `reduceGroup`, `firstInGroup`.
    public func sortGroup(by order: SortOrder<Element>) -> SortedGroups<Element, K> {
        SortedGroups(keyed: self, within: order)
    }

    /// Says in which order the rows of each group are read, by another key.
    @inlinable @inline(__always)
    public func sortGroup<Other: Key>(
        by other: @escaping @Sendable (Element) throws -> Other, order: SortDirection = .ascending
    ) -> SortedGroups<Element, K> {
        sortGroup(by: SortOrder(by: other, order))
    }
}
