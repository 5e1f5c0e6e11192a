import GyreColumns

/// Where a merge stands in one of its runs: a frame of it in memory, with the prefixes of its rows.
struct RunCursor: ~Copyable {
    private var reader: SpillReader
    private var batch: Batch?
    private let columns: UnsafeMutablePointer<UInt64>
    private let stride: Int
    private(set) var position = 0
    private(set) var count = 0
    /// Whether all rows have been read.
    private(set) var isAtEnd = false

    init(_ run: SpillRun) throws {
        reader = try SpillReader(run)
        stride = run.elements.stride
        columns = .allocate(capacity: max(1, run.frameRows))
    }

    deinit { columns.deallocate() }

    /// The prefix of the current row.
    var prefix: UInt64 {
        @inline(__always) get { columns[position] }
    }

    /// The current row; it lies there until `load`.
    var row: UnsafeRawPointer {
        @inline(__always) get { base + position &* stride }
    }

    private var base = UnsafeRawPointer(bitPattern: 8).unsafelyUnwrapped

    /// Goes to the next row; false if that is in a frame that has to be loaded first.
    @inline(__always)
    mutating func advance() -> Bool {
        position &+= 1
        return position < count
    }

    /// Loads the next frame; the rows of the one before are gone.
    mutating func load(by order: RowOrder) throws {
        batch = nil
        position = 0
        count = 0
        guard let next = try reader.next() else {
            isAtEnd = true
            return
        }
        try order.fillPrefixes(next, columns)
        count = next.count
        base = UnsafeRawPointer(next.base)
        batch = next
    }
}
