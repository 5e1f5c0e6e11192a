/// Cuts files into blocks of whole lines, for formats with a record a line.
public final class LineBlockReader: RecordBlockReader {
    private let reader: TextBlockReader

    public init(files: [InputFile], blockSize: Int = TextBlockReader.defaultBlockSize) {
        reader = TextBlockReader(files: files, blockSize: blockSize, countsLines: true)
    }

    public var pool: BlockPool { reader.pool }

    public func next() throws(FormatError) -> TextBlock? { try reader.next() }
}
