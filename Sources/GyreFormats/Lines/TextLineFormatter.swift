/// Writes each string as a line.
public final class TextLineFormatter: RecordFormatter {
    public init() {}

    /// - Throws: `RecordDefect` for a string with a line feed in it, which would read back as two.
    public func append(_ rows: UnsafeRawPointer, count: Int, into buffer: TextBuffer) throws {
        for row in UnsafeBufferPointer(start: rows.assumingMemoryBound(to: String.self), count: count) {
            var text = row
            try text.withUTF8 { bytes in
                if bytes.contains(UInt8(ascii: "\n")) {
                    throw RecordDefect.malformed(
                        expected: "a line without a line feed", found: RecordDefect.excerpt(bytes))
                }
                buffer.append(bytes)
            }
            buffer.append(UInt8(ascii: "\n"))
        }
    }
}
