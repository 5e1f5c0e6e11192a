/// Whole lines of one file in a buffer that is used again.
///
/// One owner at a time: the reader fills it, hands it over, and gets it back through `BlockPool.recycle`. That is why
/// it may cross threads without being safe to share (`@unchecked Sendable`).
///
/// Behind the last byte stand `padding` line feeds that belong to no line, so that a scanner may load whole words
/// and always meets the end of a line.
public final class TextBlock: @unchecked Sendable {
    /// Readable bytes behind `count`, all of them line feeds.
    public static let padding = 128

    /// The first byte. Parsers may write into the bytes (to undo quoting in place).
    public private(set) var base: UnsafeMutablePointer<UInt8>
    /// The number of bytes.
    public internal(set) var count = 0
    public internal(set) var position = BlockPosition(file: 0, ordinal: 0)
    /// No block of this file follows; such a block may be empty.
    public internal(set) var isLastOfFile = false
    /// Where the records begin: behind a header that was read already.
    public internal(set) var bodyOffset = 0
    /// The number of lines before `bodyOffset`; a parser's local line numbers count them.
    public internal(set) var bodyLine = 0

    /// The file as the user named it.
    public internal(set) var path = ""
    /// The number of the block's first line in its file, from 1; known where the reader counts lines.
    public internal(set) var firstLine = 1
    /// What is in the bytes; known where the reader counts lines.
    public internal(set) var traits = TextTraits()
    /// What the head of the file says of the blocks, in a type of the format's own.
    public var header: (any Sendable)?

    private(set) var capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
        base = .allocate(capacity: capacity + Self.padding)
    }

    deinit {
        base.deallocate()
    }

    func reset(position: BlockPosition) {
        self.position = position
        count = 0
        isLastOfFile = false
        bodyOffset = 0
        bodyLine = 0
        path = ""
        firstLine = 1
        traits = TextTraits()
        header = nil
    }

    /// Makes room for `minimum` bytes; keeps the first `count`.
    func reserve(_ minimum: Int) {
        guard minimum > capacity else { return }
        let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: minimum + Self.padding)
        grown.update(from: base, count: count)
        base.deallocate()
        base = grown
        capacity = minimum
    }

    func pad() {
        (base + count).update(repeating: UInt8(ascii: "\n"), count: Self.padding)
    }
}
