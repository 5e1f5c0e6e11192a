public import GyreColumns

/// Cuts CSV files into blocks of whole records and takes their headers.
public final class CSVBlockReader: RecordBlockReader {
    private let format: CSVFormat
    private let layout: RecordLayout?
    private let reader: TextBlockReader
    private var columns = CSVColumns(names: [])

    /// - Parameter layout: of the records; nil where they are decoded through `Codable`.
    public init(
        files: [InputFile], format: CSVFormat, layout: RecordLayout?,
        blockSize: Int = TextBlockReader.defaultBlockSize
    ) {
        self.format = format
        self.layout = layout
        reader = TextBlockReader(
            files: files, blockSize: blockSize, quoting: format.quoting, longestRecord: format.longestRecord,
            countsLines: true)
    }

    public var pool: BlockPool { reader.pool }

    public func next() throws(FormatError) -> TextBlock? {
        guard let block = try reader.next() else { return nil }
        if block.position.ordinal == 0 { columns = try columns(in: block) }
        block.header = columns
        return block
    }

    /// The columns of the file that begins with `block`, whose header is left behind.
    private func columns(in block: TextBlock) throws(FormatError) -> CSVColumns {
        var names = format.columns ?? []
        if format.hasHeader {
            // A file without a byte has no header, and no records that would need one.
            if block.count == 0 { return CSVColumns(names: []) }
            names = try CSVHeader.take(from: block, quoting: format.quoting)
        } else if names.isEmpty, let layout {
            names = layout.fields.map(\.name)
        }
        guard let layout else { return CSVColumns(names: names) }
        return try CSVColumns(names: names, layout: layout, path: block.path)
    }
}
