/// Cuts files into blocks of whole records. Driven by one thread, which may block.
public protocol RecordBlockReader: AnyObject {
    /// Where consumers give blocks back.
    var pool: BlockPool { get }

    /// The next block in the order of the input; nil behind the last.
    func next() throws(FormatError) -> TextBlock?
}

/// Turns blocks into rows, a batch at a time. Driven by one thread; many work on the blocks of one file.
public protocol RecordParser: AnyObject {
    /// Takes a block to parse from its beginning. The block stays the caller's.
    func begin(_ block: TextBlock)

    /// Initialises at most `capacity` rows from `rows` on and says how many. Fewer are an end: of the block, or
    /// because `onReject` has said stop.
    ///
    /// - Throws: what is wrong with the file as a whole; the rows before it are then destroyed.
    func parse(
        into rows: UnsafeMutableRawPointer, capacity: Int, onReject: (BadRecord) -> RejectionVerdict
    ) throws -> Int
}

/// A parser that writes over the rows of an earlier use instead of being given their memory empty.
///
/// A batch of strings that is freed at once and allocated anew passes the allocator's small caches by; freed one by one,
/// each before the next is made, or written over, they cost half.
public protocol RowReplacingParser: RecordParser {
    /// The same as `parse(into:capacity:onReject:)`.
    ///
    /// - Parameter stale: how many of the rows, from the first on, are initialised. They are the parser's: those that
    ///   it has not written over are destroyed when it returns.
    func parse(
        into rows: UnsafeMutableRawPointer, capacity: Int, replacing stale: Int,
        onReject: (BadRecord) -> RejectionVerdict
    ) throws -> Int
}

extension RowReplacingParser {
    public func parse(
        into rows: UnsafeMutableRawPointer, capacity: Int, onReject: (BadRecord) -> RejectionVerdict
    ) throws -> Int {
        try parse(into: rows, capacity: capacity, replacing: 0, onReject: onReject)
    }
}

/// A file format with its inputs: all that a source needs to know of either.
public struct RecordInput: Sendable {
    /// Opens the inputs; called on the thread that reads.
    public var makeReader: @Sendable () throws -> any RecordBlockReader
    /// Called once a worker.
    public var makeParser: @Sendable () -> any RecordParser
    /// Where the records come from, as the user named it; empty if that says nothing of their size.
    public var paths: [String] = []

    public init(
        makeReader: @escaping @Sendable () throws -> any RecordBlockReader,
        makeParser: @escaping @Sendable () -> any RecordParser
    ) {
        self.makeReader = makeReader
        self.makeParser = makeParser
    }
}
