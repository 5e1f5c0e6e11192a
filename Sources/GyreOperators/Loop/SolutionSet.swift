public import GyreColumns

/// One worker's part of a keyed solution set: the element of each key, updated in place between rounds.
public final class SolutionSet<K: Key, Element: Sendable> {
    @usableFromInline var table = KeyTable<K, Element>()

    @inlinable
    public init() {}

    /// Calls `body` with the table; the loop over a batch is inside.
    @inlinable
    public func withTable<Result>(_ body: (inout KeyTable<K, Element>) throws -> Result) rethrows -> Result {
        try body(&table)
    }
}
