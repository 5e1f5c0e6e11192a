import GyreColumns

/// The way of a table's entries into batches: in order, resumably.
struct KeyedEmission<K: Key, Value, Out> {
    private var cursor: KeyTableCursor?
    private var slots: [Int] = []
    private var result = RowBatch<Out>(capacity: 1)

    /// Whether batches carry the hashes of their keys: only towards an exchange by the same key, for who reads
    /// them cannot tell whose they are.
    let carriesHashes: Bool

    init(carriesHashes: Bool) {
        self.carriesHashes = carriesHashes
    }

    /// Whether it is under way.
    var isActive: Bool { cursor != nil }

    mutating func begin() {
        cursor = KeyTableCursor()
    }

    /// The next batch; nil at the end, and then the table is empty. The batch is read before the next call.
    mutating func next<In, Initial>(
        of table: inout KeyTable<K, Value>, rows: Int, by kernels: KeyedKernels<In, K, Initial, Value, Out>
    ) -> RowBatch<Out>? {
        guard var cursor else { return nil }
        let count = min(rows, table.count)
        guard count > 0 else {
            self.cursor = nil
            slots = []
            return nil
        }
        if slots.count < count { slots = [Int](repeating: 0, count: count) }
        RowBatch.reuse(&result, capacity: count)
        result.count = slots.withUnsafeMutableBufferPointer { slots in
            guard let base = slots.baseAddress else { return 0 }
            return kernels.drain(&table, &cursor, count, base, result.rows, result.hashColumn(), false)
        }
        result.hasHashes = carriesHashes
        self.cursor = cursor
        return result
    }
}
