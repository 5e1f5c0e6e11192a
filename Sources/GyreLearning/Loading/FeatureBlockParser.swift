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
        guard block.bodyOffset < block.count else { return 0 }
        func reject(_ bad: BadRecord) -> RejectionVerdict {
            rejections?.add(bad, at: block.position)
            return onReject(bad)
        }
        let parsed: FeatureBlock?
        switch head.form {
        case .csv(let columns):
            var parser = CSVFeatureParser(
                columns: columns, labels: head.labels, needsLabel: head.needsLabel, quoting: RecordQuoting())
            parsed = try dense(block, columns, CSVFeatureParser.capacity(of: block, columns: columns)) {
                rows, records in
                try parser.parse(block, into: rows, &records, onReject: reject)
            }
        case .jsonLines(let columns):
            var parser = JSONFeatureParser(columns: columns, labels: head.labels, needsLabel: head.needsLabel)
            parsed = try dense(block, columns, JSONFeatureParser.capacity(of: block, columns: columns)) {
                rows, records in
                try parser.parse(block, into: rows, &records, onReject: reject)
            }
        case .libsvm(let limit, let hasLabel):
            parsed = try sparse(block, head, limit: limit, hasLabel: hasLabel, reject)
        }
        guard let parsed else { return 0 }
        rows.assumingMemoryBound(to: FeatureBlock.self).initialize(to: parsed)
        return 1
    }

    private func dense(
        _ block: TextBlock, _ columns: FeatureColumns, _ capacity: Int,
        _ parse: (UnsafeMutableBufferPointer<Double>, inout FeatureRecords) throws -> Void
    ) throws -> FeatureBlock? {
        let width = columns.featureCount
        return try accounted(capacity * (width + 3) * 8) {
            var records = FeatureRecords()
            var values = try [Double](unsafeUninitializedCapacity: capacity * width) { buffer, count in
                try parse(buffer, &records)
                count = records.count * width
            }
            guard records.count > 0 else { return nil }
            // Quotes with line feeds and blank lines have made the guess too large.
            if values.count < values.capacity / 8 * 7 { values = Array(values[...]) }
            return FeatureBlock(
                place: block.position, features: .dense(DenseRows(values, columnCount: width)),
                labels: columns.hasLabel ? labels(of: records) : nil,
                weights: columns.hasWeight ? records.weights[...] : nil)
        }
    }

    private func sparse(
        _ block: TextBlock, _ head: FeatureFileHead, limit: Int?, hasLabel: Bool,
        _ reject: (BadRecord) -> RejectionVerdict
    ) throws -> FeatureBlock? {
        let (rows, entries) = (block.traits.lineFeeds + 1, LIBSVMFeatureParser.capacity(of: block))
        return try accounted(rows * 16 + entries * 12) {
            var features = SparseFeatures(rows: rows, entries: entries)
            var records = FeatureRecords()
            var parser = LIBSVMFeatureParser(limit: limit, labels: head.labels, labelName: "label")
            parser.parse(block, into: &features, &records, onReject: reject)
            guard records.count > 0 else { return nil }
            let sparse = SparseRows(
                offsets: features.offsets, columns: features.columns, values: features.values, first: 0,
                rowCount: records.count, columnCount: limit ?? features.width)
            return FeatureBlock(
                place: block.position, features: .sparse(sparse), labels: hasLabel ? labels(of: records) : nil)
        }
    }

    /// Takes memory before a block is made, and keeps as much as the block has come to need.
    private func accounted(_ most: Int, _ make: () throws -> FeatureBlock?) throws -> FeatureBlock? {
        guard let account else { return try make() }
        try account.take(most, for: Self.node)
        var kept = 0
        defer { account.release(most - kept) }
        let made = try make()
        kept = made?.byteCount ?? 0
        return made
    }

    private func labels(of records: FeatureRecords) -> LabelColumn {
        records.texts.isEmpty ? .numbers(records.numbers[...]) : .texts(records.texts[...])
    }
}
