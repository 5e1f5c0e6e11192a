/// What a Matrix Market file states before its entries.
public struct MatrixMarketHeader: Equatable, Sendable {
    /// Rows and columns; the vertices are 1…max(rows, columns), those without an edge included.
    public var rows: Int64
    public var columns: Int64
    /// The number of entries in the file; a symmetric one off the diagonal gives two edges.
    public var entries: Int64
    /// Entries without a value.
    public var isPattern: Bool
    /// Only one triangle is written.
    public var isSymmetric: Bool

    public var vertices: Int64 { max(rows, columns) }

    func checkIndex(
        _ line: UnsafeBufferPointer<UInt8>, _ field: EdgeField, limit: Int64
    ) throws(RecordDefect) {
        let bytes = EdgeRecord.bytes(line, field)
        guard let index = DigitScan.integer(bytes) else {
            throw .notAnInteger(found: RecordDefect.excerpt(bytes))
        }
        if index < 1 || index > limit { throw .matrixIndex(found: RecordDefect.excerpt(bytes), limit: limit) }
    }
}
