import GyreFormats
import GyreOperators

/// Parses each block of text into one block of features.
///
/// Takes the memory for the largest block that the text can be from the account before it allocates it, and gives back
/// what has not been needed.
final class FeatureBlockParser: RecordParser {
    static let node = "readFeatures"

    private let account: MemoryAccount?
    private let rejections: RejectedRecords?
    private var block: TextBlock?

    /// - Parameters:
    ///   - account: of a table that keeps the blocks; nil where they are passed on.
    ///   - rejections: told of records that are refused.
    init(account: MemoryAccount?, rejections: RejectedRecords?) {
        self.account = account
        self.rejections = rejections
    }

    func begin(_ block: TextBlock) { self.block = block }

    func parse(
        into rows: UnsafeMutableRawPointer, capacity: Int, onReject: (BadRecord) -> RejectionVerdict
    ) throws -> Int {
        guard capacity > 0, let block, let head = block.header as? FeatureFileHead else { return 0 }
        self.block = nil
        let reject = { (bad: BadRecord) -> RejectionVerdict in
            self.rejections?.add(bad, at: block.position)
            return onReject(bad)
        }
        let parsed =
            switch head.form {
            case .csv(let columns), .jsonLines(let columns): try dense(block, head, columns, reject)
            case .libsvm: FeatureBlock?.none
            }
        guard let parsed else { return 0 }
        rows.assumingMemoryBound(to: FeatureBlock.self).initialize(to: parsed)
        return 1
    }

    private func dense(
        _ block: TextBlock, _ head: FeatureFileHead, _ columns: FeatureColumns,
        _ reject: (BadRecord) -> RejectionVerdict
    ) throws -> FeatureBlock? {
        let width = columns.featureCount
        guard width > 0, block.bodyOffset < block.count else { return nil }
        let capacity = CSVFeatureParser.capacity(of: block, columns: columns)
        let most = capacity * (width + 2) * 8
        try account?.take(most, for: Self.node)
        var kept = 0
        defer { account?.release(most - kept) }
        var records = FeatureRecords()
        var parser = CSVFeatureParser(
            columns: columns, labels: head.labels, needsLabel: head.needsLabel, quoting: RecordQuoting())
        var values = try [Double](unsafeUninitializedCapacity: capacity * width) { buffer, count in
            guard let base = buffer.baseAddress else { return }
            try parser.parse(block, into: base, &records, onReject: reject)
            count = records.count * width
        }
        guard records.count > 0 else { return nil }
        // Quotes with line feeds and blank lines have made the guess too large.
        if values.count < values.capacity / 8 * 7 { values = Array(values[...]) }
        let parsed = FeatureBlock(
            place: block.position, features: .dense(DenseRows(values, columnCount: width)),
            labels: labels(of: records, columns), weights: columns.hasWeight ? records.weights[...] : nil)
        kept = account == nil ? 0 : parsed.byteCount
        return parsed
    }

    private func labels(of records: FeatureRecords, _ columns: FeatureColumns) -> LabelColumn? {
        guard columns.hasLabel else { return nil }
        return records.texts.isEmpty ? .numbers(records.numbers[...]) : .texts(records.texts[...])
    }
}
