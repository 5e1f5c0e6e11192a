public import GyreColumns
public import GyreOperators
public import GyrePlan

/// An order of rows by one key, or by several, each in its own direction.
///
/// ```swift
/// orders.sorted(by: .ascending { $0.city }.then(.descending { $0.amount }))
/// ```
///
/// Keys are compared as `Key` defines it. They are computed anew whenever two rows have to be compared whose prefixes
/// (`Key.orderPrefix`) are equal, so a key should be cheap and must be the same each time.
public struct SortOrder<Element: Sendable>: Sendable {
    @usableFromInline package let rows: RowOrder
    @usableFromInline let text: String

    @inlinable
    init(rows: RowOrder, text: String) {
        self.rows = rows
        self.text = text
    }

    /// The order of a key, or of a key path.
    ///
    /// - Parameter name: names the key in `explain`.
    @inlinable @inline(__always)
    public init<K: Key>(
        name: String = "key", by key: @escaping @Sendable (Element) throws -> K, _ direction: SortDirection = .ascending
    ) {
        self.init(rows: RowOrder(of: Element.self, by: key, direction), text: "\(name) \(direction.rawValue)")
    }

    /// The least key first.
    @inlinable @inline(__always)
    public static func ascending<K: Key>(
        name: String = "key", _ key: @escaping @Sendable (Element) throws -> K
    ) -> SortOrder { SortOrder(name: name, by: key, .ascending) }

    /// The greatest key first.
    @inlinable @inline(__always)
    public static func descending<K: Key>(
        name: String = "key", _ key: @escaping @Sendable (Element) throws -> K
    ) -> SortOrder { SortOrder(name: name, by: key, .descending) }

    /// This order, and another one for the rows that are equal in it.
    public func then(_ next: SortOrder) -> SortOrder {
        SortOrder(rows: rows.then(next.rows), text: "\(text), \(next.text)")
    }

    @usableFromInline
    var parameters: [NodeDescription.Parameter] { [.init("order", text)] }
}
