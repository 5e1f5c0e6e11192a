extension BatchCodec {
    /// The codec of a type that turns out to be `Codable`; nil for any other.
    ///
    /// Not specialised: it serves snapshots of operators whose API does not ask for `Codable`. What crosses
    /// an exchange asks, and has a codec made at compile time.
    @usableFromInline
    static func ifCodable<Element>(_ type: Element.Type) -> BatchCodec? where Element: Sendable {
        guard Element.self is any Codable.Type else { return nil }
        return BatchCodec(
            encode: { batch, writer in
                guard let type = Element.self as? any Encodable.Type else { return }
                try encode(batch, as: type, into: &writer)
            },
            decode: { reader in
                guard let type = Element.self as? any Decodable.Type else { return RowBatch<Element>(capacity: 1) }
                return try decode(as: type, from: &reader)
            })
    }

    static func encode<Row: Encodable>(_ batch: Batch, as type: Row.Type, into writer: inout ByteWriter) throws {
        try BinaryCodec.encode(rows: batch.rows(of: Row.self).elements, into: &writer)
    }

    static func decode<Row: Decodable>(as type: Row.Type, from reader: inout ByteReader) throws -> Batch {
        try BinaryCodec.decodeRows(Row.self, from: &reader)
    }
}
