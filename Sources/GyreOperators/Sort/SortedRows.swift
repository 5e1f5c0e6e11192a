/// Some rows in order: where they are, and their prefixes. Good until the next block is asked for.
public struct RowBlock {
    public let rows: UnsafePointer<UnsafeRawPointer>
    public let prefixes: UnsafePointer<UInt64>
    public let count: Int
}

/// A source of rows in order.
class SortedRows {
    /// At most `limit` rows; nil at the end.
    func nextBlock(_ limit: Int) throws -> RowBlock? { nil }
}

/// Room for the blocks of a source.
struct BlockColumns: ~Copyable {
    private(set) var capacity = 0
    private(set) var rows: UnsafeMutablePointer<UnsafeRawPointer>
    private(set) var prefixes: UnsafeMutablePointer<UInt64>

    init() {
        rows = .allocate(capacity: 1)
        prefixes = .allocate(capacity: 1)
    }

    deinit {
        rows.deallocate()
        prefixes.deallocate()
    }

    /// Makes room, and forgets what was in it.
    mutating func require(_ count: Int) {
        guard count > capacity else { return }
        rows.deallocate()
        prefixes.deallocate()
        rows = .allocate(capacity: count)
        prefixes = .allocate(capacity: count)
        capacity = count
    }

    func block(_ count: Int) -> RowBlock {
        RowBlock(rows: UnsafePointer(rows), prefixes: UnsafePointer(prefixes), count: count)
    }
}
