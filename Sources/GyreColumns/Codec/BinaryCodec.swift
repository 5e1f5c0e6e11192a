/// The codec of whatever crosses processes or outlives a run: `Codable` values, field by field.
public enum BinaryCodec {
    /// Appends the encoding of `value`.
    ///
    /// - Throws: what the value's own `encode(to:)` throws.
    public static func encode(_ value: some Encodable, into writer: inout ByteWriter) throws {
        let sink = BinaryEncoder.Sink()
        swap(&sink.writer, &writer)
        defer { swap(&sink.writer, &writer) }
        try sink.write(value)
    }

    /// Reads one value of the given type.
    ///
    /// - Throws: `CodecError` where the bytes are none of the type's.
    public static func decode<T: Decodable>(_ type: T.Type = T.self, from reader: inout ByteReader) throws -> T {
        let source = BinaryDecoder.Source(reader: reader)
        defer { reader = source.reader }
        do { return try source.read(type) } catch is DecodingError {
            // A type's own check, such as a raw value that is no case.
            throw CodecError.malformed(expected: "\(T.self)")
        }
    }
}
