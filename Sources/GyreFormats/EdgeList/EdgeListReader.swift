/// A block of edges and how to read its lines.
public struct EdgeBlock: Sendable {
    public let text: TextBlock
    public let dialect: EdgeDialect
}

/// Reads blocks of several edge lists and takes what precedes the records: a CSV header, a Matrix Market preamble.
///
/// Driven by one thread, as `TextBlockReader`. An error thrown by `next` comes behind all records of the blocks handed
/// out before, in the order of the input: whoever wants the first error finishes those first.
public final class EdgeListReader {
    public let format: EdgeListFormat
    private let reader: TextBlockReader
    private var preamble = MatrixMarketPreamble()
    private var dialect = EdgeDialect.delimited
    /// Lines of the preamble in earlier blocks of the file.
    private var earlierLines = 0
    private var isInPreamble = false

    public init(
        files: [InputFile], format: EdgeListFormat = .auto, blockSize: Int = TextBlockReader.defaultBlockSize
    ) {
        self.format = format
        reader = TextBlockReader(files: files, blockSize: blockSize)
    }

    /// Where consumers give blocks back.
    public var pool: BlockPool { reader.pool }
    public var files: [InputFile] { reader.files }

    public func next() throws(FormatError) -> EdgeBlock? {
        guard let block = try reader.next() else { return nil }
        if block.position.ordinal == 0 { begin(block) }
        if isInPreamble { try readPreamble(block) }
        return EdgeBlock(text: block, dialect: dialect)
    }

    private func begin(_ block: TextBlock) {
        isInPreamble = false
        switch format.resolved(for: files[block.position.file]) {
        case .csv:
            dialect = .csv
            let end = UnsafePointer(block.base + block.count)
            let line = TextLine.at(UnsafePointer(block.base), end: end)
            if CSVEdgeHeader.matches(line) {
                block.bodyOffset = min(line.count + 1, block.count)
                block.bodyLine = 1
            }
        case .matrixMarket:
            preamble = MatrixMarketPreamble()
            earlierLines = 0
            isInPreamble = true
        case .auto, .edgeList, .ldbc:
            dialect = .delimited
        }
    }

    /// Moves the body behind the preamble's lines; a block of nothing else has an empty body.
    private func readPreamble(_ block: TextBlock) throws(FormatError) {
        let end = UnsafePointer(block.base + block.count)
        while isInPreamble, block.bodyOffset < block.count {
            let line = TextLine.at(UnsafePointer(block.base + block.bodyOffset), end: end)
            block.bodyLine += 1
            block.bodyOffset = min(block.bodyOffset + line.count + 1, block.count)
            do throws(RecordDefect) {
                if let header = try preamble.read(line) {
                    dialect = .matrixMarket(header)
                    isInPreamble = false
                }
            } catch {
                throw defect(error, in: block)
            }
        }
        if isInPreamble {
            if block.isLastOfFile { throw defect(preamble.missingLine, in: block) }
            earlierLines += block.bodyLine
        }
    }

    private func defect(_ defect: RecordDefect, in block: TextBlock) -> FormatError {
        let line = earlierLines + max(block.bodyLine, 1)
        return .badRecord(BadRecord(file: files[block.position.file].path, line: line, defect: defect))
    }
}
