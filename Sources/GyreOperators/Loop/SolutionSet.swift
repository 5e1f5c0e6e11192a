public import GyreColumns

/// One worker's part of a keyed solution set: the element of each key, updated in place between rounds.
public final class SolutionSet<K: Key, Element: Sendable> {
    @usableFromInline var table: KeyTable<K, Element>

    /// Applies what has been decided but not applied yet; set by the head.
    ///
    /// A row of the new round may reach this worker before its head has read the decision, and has to see
    /// the last round's delta. Asked once a batch.
    var settle: (() throws -> Void)?

    /// - Parameter head: names the solution set among those of the job, and so the order in which elements come out.
    @inlinable
    public init(head: Int) {
        table = KeyTable(seed: UInt64(head + 1))
    }

    /// Calls `body` with the table; the loop over a batch is inside.
    @inlinable
    public func withTable<Result>(_ body: (inout KeyTable<K, Element>) throws -> Result) rethrows -> Result {
        try body(&table)
    }
}
