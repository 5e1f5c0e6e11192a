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
    private var head = FeatureFileHead(form: .libsvm(limit: nil), labels: .numbers, needsLabel: false)

    init(
        files: [InputFile], format: FeatureInput.Format, hasHeader: Bool, layout: FeatureLayout, blockSize: Int
    ) {
        self.format = format.resolved(for: files)
        self.hasHeader = hasHeader
        self.layout = layout
        if case .csv = self.format {
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
        if block.position.ordinal == 0 {
            head = FeatureFileHead(
                form: try form(of: block), labels: layout.labels, needsLabel: layout.needsLabel)
        }
        block.header = head
        return block
    }

    private func form(of block: TextBlock) throws(FormatError) -> FeatureFileHead.Form {
        switch format {
        case .libsvm: .libsvm(limit: layout.features?.count)
        case .jsonLines, .auto, .csv: .csv(try columns(of: block))
        }
    }

    /// The columns of the CSV file that begins with the block, whose header is left behind.
    private func columns(of block: TextBlock) throws(FormatError) -> FeatureColumns {
        if !hasHeader {
            // All files without a header have the columns of the first that has a record.
            guard let first = try CSVHeader.peek(at: block, quoting: Self.quoting) else {
                return FeatureColumns(names: [], places: [], featureCount: 0)
            }
            let columns = try layout.columns(named: FeatureSchema.names(count: first.count), in: block.path)
            decideLabels(by: first, columns)
            return columns
        }
        guard block.count > 0 else {
            throw .badHeader(path: block.path, expected: "a header", found: "an empty file")
        }
        let names = try CSVHeader.take(from: block, quoting: Self.quoting)
        guard names != [""] else { throw .badHeader(path: block.path, expected: "a header", found: "an empty line") }
        let columns = try layout.columns(named: names, in: block.path)
        if case .undecided = layout.labels, let first = try? CSVHeader.peek(at: block, quoting: Self.quoting) {
            decideLabels(by: first, columns)
        }
        return columns
    }

    /// Saves a second reading where the very first label is a text.
    private func decideLabels(by record: [[UInt8]], _ columns: FeatureColumns) {
        guard let place = columns.places.firstIndex(of: FeatureColumns.label), place < record.count,
            !record[place].isEmpty
        else { return }
        let isText = record[place].withUnsafeBufferPointer {
            DecimalScan.double($0) == nil && !DecimalScan.namesNonFinite($0)
        }
        if isText { layout.takeLabelsAsTexts() }
    }
}
