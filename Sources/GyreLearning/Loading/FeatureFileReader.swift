import GyreFormats

/// Cuts files of features into blocks of whole records and reads their heads.
///
/// Every block is told its file's head, by which any worker parses it. Blocks are cut by bytes alone.
final class FeatureFileReader: RecordBlockReader {
    private static let quoting = RecordQuoting()
    /// A quote that is never closed is found here at the latest.
    private static let longestRecord = 64 << 20

    private let reader: TextBlockReader
    private let format: FeatureInput.Format
    private let hasHeader: Bool
    private let layout: FeatureLayout
    /// Of the file at hand; nil while no record of it has been seen, and none is needed.
    private var head: FeatureFileHead?

    /// - Parameter format: not `auto`.
    init(
        files: [InputFile], format: FeatureInput.Format, hasHeader: Bool, layout: FeatureLayout, blockSize: Int
    ) {
        self.format = format
        self.hasHeader = hasHeader
        self.layout = layout
        if format == .csv {
            reader = TextBlockReader(
                files: files, blockSize: blockSize, quoting: Self.quoting, longestRecord: Self.longestRecord,
                countsLines: true)
        } else {
            reader = TextBlockReader(files: files, blockSize: blockSize, countsLines: true)
        }
    }

    var pool: BlockPool { reader.pool }

    func next() throws(FormatError) -> TextBlock? {
        guard let block = try reader.next() else { return nil }
        if block.position.ordinal == 0 { head = nil }
        if head == nil, let form = try form(of: block) {
            head = FeatureFileHead(form: form, labels: layout.labels, needsLabel: layout.needsLabel)
        }
        block.header = head
        return block
    }

    private func form(of block: TextBlock) throws(FormatError) -> FeatureFileHead.Form? {
        switch format {
        case .libsvm:
            return .libsvm(limit: layout.features?.count, hasLabel: layout.label != nil)
        case .jsonLines:
            guard let first = try JSONFeatureParser.firstLine(of: block) else { return nil }
            let columns = try layout.columns(named: first.map(\.key), in: block.path)
            layout.decideLabels(by: first.map(\.value), columns)
            return .jsonLines(columns)
        case .auto, .csv:
            return try columns(of: block).map { .csv($0) }
        }
    }

    /// The columns of the CSV file that begins with the block, whose header is left behind.
    private func columns(of block: TextBlock) throws(FormatError) -> FeatureColumns? {
        if !hasHeader {
            guard let first = try CSVHeader.peek(at: block, quoting: Self.quoting) else { return nil }
            let columns = try layout.columns(named: FeatureSchema.names(count: first.count), in: block.path)
            layout.decideLabels(by: first, columns)
            return columns
        }
        guard block.count > 0 else {
            throw .badHeader(path: block.path, expected: "a header", found: "an empty file")
        }
        let names = try CSVHeader.take(from: block, quoting: Self.quoting)
        guard names != [""] else { throw .badHeader(path: block.path, expected: "a header", found: "an empty line") }
        let columns = try layout.columns(named: names, in: block.path)
        if let first = try? CSVHeader.peek(at: block, quoting: Self.quoting) {
            layout.decideLabels(by: first, columns)
        }
        return columns
    }
}
