/// Writes rows as LIBSVM reads them.
public final class SparseRowFormatter: RecordFormatter {
    public init() {}

    public func append(_ rows: UnsafeRawPointer, count: Int, into buffer: TextBuffer) throws {
        for row in UnsafeBufferPointer(start: rows.assumingMemoryBound(to: SparseRow.self), count: count) {
            buffer.append(row.label)
            if let query = row.query {
                buffer.append(" qid:")
                buffer.append(query)
            }
            for (index, value) in zip(row.indices, row.values) {
                buffer.append(" ")
                buffer.append(Int64(index))
                buffer.append(":")
                buffer.append(value)
            }
            buffer.append("\n")
        }
    }
}
