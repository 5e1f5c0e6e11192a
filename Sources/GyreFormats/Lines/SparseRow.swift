/// A row of a LIBSVM file: a label, and the features that are not zero.
public struct SparseRow: Hashable, Codable, Sendable {
    public var label: Double
    /// The group that a ranking belongs to (`qid`).
    public var query: Int64?
    /// Numbers of features, from 1, ascending.
    public var indices: [Int32]
    /// Parallel to `indices`.
    public var values: [Double]

    public init(label: Double, query: Int64? = nil, indices: [Int32], values: [Double]) {
        precondition(
            indices.count == values.count, "\(indices.count) indices and \(values.count) values, expected as many")
        self.label = label
        self.query = query
        self.indices = indices
        self.values = values
    }
}

/// Reads `label [qid:n] index:value …`; what follows a `#` is a comment, a line with nothing else no record.
enum SparseRowScan {
    static func row(_ line: UnsafeBufferPointer<UInt8>) throws(RecordDefect) -> SparseRow? {
        var text = line[...]
        if let comment = text.firstIndex(of: UInt8(ascii: "#")) { text = text[..<comment] }
        var row: SparseRow?
        var position = text.startIndex
        while let token = next(text, &position) {
            let bytes = UnsafeBufferPointer(rebasing: token)
            guard var known = row else {
                guard let label = DecimalScan.double(bytes), label.isFinite else {
                    throw .malformed(expected: "a finite label", found: RecordDefect.excerpt(bytes))
                }
                row = SparseRow(label: label, indices: [], values: [])
                continue
            }
            try add(bytes, to: &known)
            row = known
        }
        return row
    }

    private static func add(_ token: UnsafeBufferPointer<UInt8>, to row: inout SparseRow) throws(RecordDefect) {
        guard let colon = token.firstIndex(of: UInt8(ascii: ":")) else {
            throw .malformed(expected: "index:value", found: RecordDefect.excerpt(token))
        }
        let name = UnsafeBufferPointer(rebasing: token[..<colon])
        let text = UnsafeBufferPointer(rebasing: token[(colon + 1)...])
        if name.elementsEqual("qid".utf8), row.indices.isEmpty, row.query == nil {
            guard let query = DigitScan.integer(text) else {
                throw .malformed(expected: "an integer behind qid", found: RecordDefect.excerpt(token))
            }
            row.query = query
            return
        }
        guard let wide = DigitScan.integer(name), let index = Int32(exactly: wide), index >= 1 else {
            throw .malformed(expected: "an index from 1 to \(Int32.max)", found: RecordDefect.excerpt(token))
        }
        if let last = row.indices.last, last >= index {
            throw .malformed(expected: "an index above \(last)", found: RecordDefect.excerpt(token))
        }
        guard let value = DecimalScan.double(text), value.isFinite else {
            throw .malformed(expected: "a finite value", found: RecordDefect.excerpt(token))
        }
        row.indices.append(index)
        row.values.append(value)
    }

    private typealias Substring = Slice<UnsafeBufferPointer<UInt8>>

    /// The next run of bytes that are no blanks.
    private static func next(_ text: Substring, _ position: inout Int) -> Substring? {
        while position < text.endIndex, EdgeFields.isBlank(text[position]) { position += 1 }
        if position == text.endIndex { return nil }
        let start = position
        while position < text.endIndex, !EdgeFields.isBlank(text[position]) { position += 1 }
        return text[start..<position]
    }
}

extension SparseRow {
    /// Parses lines of a LIBSVM file.
    public static func parser() -> LineParser<SparseRow> {
        LineParser { try SparseRowScan.row($0) }
    }
}
