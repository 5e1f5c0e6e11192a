/// Reads a list of inputs in order as blocks of whole lines, or of whole records where those may hold line feeds.
///
/// Pull-based and driven by one thread; blocks go back through `pool` from any thread. A record longer than a block
/// makes its block grow. Every file ends with a block marked `isLastOfFile`, which may be empty. A byte-order mark is
/// skipped; carriage returns stay. Memory: one block plus the blocks handed out, plus the longest line.
public final class TextBlockReader {
    public static let defaultBlockSize = 1 << 20
    /// The longest line, and so the largest block.
    public static let longestLine = 1 << 30

    public let files: [InputFile]
    /// Where consumers give blocks back.
    public let pool: BlockPool

    private let blockSize: Int
    private let longestRecord: Int
    private let countsLines: Bool
    private var borders: RecordBorders
    /// The number of the next block's first line.
    private var nextLine = 1
    /// What comes behind a block whose last record was too long.
    private var cutOff: FormatError?
    private var nextFile = 0
    private var nextOrdinal = 0
    private var source: (any ByteSource)?
    /// The beginning of a line whose end has not been read yet; holds no line feed.
    private var remainder: [UInt8] = []

    /// - Parameters:
    ///   - quoting: how records are quoted that may hold line feeds; nil where each line is a record.
    ///   - longestRecord: longer records are an error; at most `longestLine`.
    ///   - countsLines: whether each block is told its first line and its traits, at some 0.05 ns a byte.
    public init(
        files: [InputFile], blockSize: Int = TextBlockReader.defaultBlockSize, quoting: RecordQuoting? = nil,
        longestRecord: Int = TextBlockReader.longestLine, countsLines: Bool = false
    ) {
        precondition(blockSize > 0, "a block holds at least one byte")
        self.files = files
        self.blockSize = blockSize
        self.longestRecord = min(longestRecord, Self.longestLine)
        self.countsLines = countsLines
        borders = RecordBorders(quoting)
        pool = BlockPool(blockSize: blockSize)
    }

    /// The next block in file order; nil behind the last file. After an error the reader is at its end.
    public func next() throws(FormatError) -> TextBlock? {
        if let cutOff { throw cutOff }
        do {
            if source == nil {
                guard nextFile < files.count else { return nil }
                source = try start(files[nextFile])
                nextOrdinal = 0
                nextLine = 1
            }
            guard let source else { return nil }
            let block = pool.take()
            block.reset(position: BlockPosition(file: nextFile, ordinal: nextOrdinal))
            block.path = files[nextFile].path
            try fill(block, from: source)
            block.pad()
            if countsLines {
                block.firstLine = nextLine
                block.traits = TextTraits(block, quote: borders.quote)
                nextLine += block.traits.lineFeeds
            }
            nextOrdinal += 1
            if block.isLastOfFile {
                self.source = nil
                nextFile += 1
            }
            return block
        } catch {
            source = nil
            nextFile = files.count
            throw error
        }
    }

    /// Opens a file and takes its first bytes, without a byte-order mark, as the remainder.
    private func start(_ file: InputFile) throws(FormatError) -> any ByteSource {
        let source = try file.open()
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let head = UnsafeMutableRawBufferPointer.allocate(byteCount: mark.count, alignment: 1)
        defer { head.deallocate() }
        // Stops at the first byte that is not the mark's: what was read then holds no line feed but in the last byte,
        // which goes in as a block of its own beginning.
        var count = 0
        while count < mark.count {
            let read = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: head[count..<count + 1]))
            if read == 0 { break }
            count += 1
            if head[count - 1] != mark[count - 1] { break }
        }
        remainder = head.prefix(count).elementsEqual(mark) ? [] : Array(head.prefix(count))
        return source
    }

    private func fill(_ block: TextBlock, from source: any ByteSource) throws(FormatError) {
        var goal = max(blockSize, remainder.count)
        block.reserve(goal)
        remainder.withUnsafeBufferPointer { bytes in
            if let start = bytes.baseAddress { block.base.update(from: start, count: bytes.count) }
        }
        block.count = remainder.count
        remainder.removeAll(keepingCapacity: true)
        borders.begin()
        while true {
            while block.count < goal {
                let room = UnsafeMutableRawBufferPointer(start: block.base + block.count, count: goal - block.count)
                let count = try source.read(into: room)
                if count == 0 {
                    block.isLastOfFile = true
                    return
                }
                block.count += count
            }
            let kept = borders.lastEnd(in: block.base, count: block.count)
            if kept > 0 {
                remainder.append(
                    contentsOf: UnsafeBufferPointer(start: block.base + kept, count: block.count - kept))
                block.count = kept
                return
            }
            if goal >= longestRecord {
                let error = FormatError.lineTooLong(path: files[nextFile].path, limit: longestRecord)
                // A quote that is never closed: the parser names its line first.
                guard borders.isInside else { throw error }
                cutOff = error
                return
            }
            goal = min(2 * goal, longestRecord)
            block.reserve(goal)
        }
    }
}
