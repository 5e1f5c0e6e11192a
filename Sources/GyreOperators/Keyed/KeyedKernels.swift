public import GyreColumns

/// What keyed operators do with a batch, formed where the user's types are known.
///
/// What comes out is also what is kept on disk and in snapshots: a key's value as far as it has been folded.
public struct KeyedKernels<In, K: Key, Initial: Sendable, Value, Out>: Sendable {
    /// Folds the rows from `start` on into the table; stops where the table has no room for another chunk, and
    /// says where. Hashes are given where the rows came over an exchange by this key. The initial value is an
    /// argument, for a captured one would keep the user's closures from being inlined.
    public typealias Fold =
        @Sendable (
            _ rows: UnsafePointer<In>, _ start: Int, _ count: Int, _ hashes: UnsafePointer<UInt64>?, Initial,
            inout KeyTable<K, Value>, inout KeyedScratch<K>
        ) throws -> Int
    /// Makes rows of the next entries of the table, in its order, with their hashes; returns how many. Moves the
    /// entries out, unless they are kept.
    public typealias Drain =
        @Sendable (
            inout KeyTable<K, Value>, inout KeyTableCursor, _ limit: Int, _ slots: UnsafeMutablePointer<Int>,
            _ out: UnsafeMutablePointer<Out>, _ hashes: UnsafeMutablePointer<UInt64>, _ keeps: Bool
        ) -> Int
    /// Puts rows that `Drain` made into a table that does not have their keys, from `start` on; stops where the
    /// table has no room, and says where.
    public typealias Insert =
        @Sendable (_ rows: UnsafePointer<Out>, _ start: Int, _ count: Int, inout KeyTable<K, Value>) throws -> Int
    /// Computes the hashes of such rows.
    public typealias Hash = @Sendable (UnsafePointer<Out>, Int, UnsafeMutablePointer<UInt64>) throws -> Void

    public let fold: Fold
    public let drain: Drain
    public let insert: Insert
    public let hash: Hash
    /// Doubles the table.
    public let grow: @Sendable (inout KeyTable<K, Value>) -> Void

    @inlinable @inline(__always)
    public init(fold: @escaping Fold, drain: @escaping Drain, insert: @escaping Insert, hash: @escaping Hash) {
        self.fold = fold
        self.drain = drain
        self.insert = insert
        self.hash = hash
        grow = { $0.grow() }
    }
}

extension KeyedKernels {
    /// Makes rows of all entries of a table, in its order; the table keeps them.
    func copies(of table: inout KeyTable<K, Value>) -> RowBatch<Out> {
        let count = table.count
        let copies = RowBatch<Out>(capacity: max(1, count))
        var cursor = KeyTableCursor()
        var slots = [Int](repeating: 0, count: max(1, count))
        copies.count = slots.withUnsafeMutableBufferPointer { slots in
            guard let base = slots.baseAddress, count > 0 else { return 0 }
            return drain(&table, &cursor, count, base, copies.rows, copies.hashColumn(), true)
        }
        return copies
    }
}
