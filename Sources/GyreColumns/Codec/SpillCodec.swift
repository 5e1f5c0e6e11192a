/// Writes rows to the spill files of one run, and reads them back.
///
/// Rows that own no memory elsewhere are written as they lie in memory, for a spill file does not outlive its
/// process; all others by their codec.
public struct SpillCodec: Sendable {
    /// Appends the rows of a range.
    public let write: @Sendable (_ source: Batch, _ range: Range<Int>, inout ByteWriter) throws -> Void
    /// Reads `count` rows to the end of `target`, which has room for them.
    public let read: @Sendable (inout ByteReader, _ count: Int, _ target: Batch) throws -> Void

    @inlinable
    public init(
        write: @escaping @Sendable (Batch, Range<Int>, inout ByteWriter) throws -> Void,
        read: @escaping @Sendable (inout ByteReader, Int, Batch) throws -> Void
    ) {
        self.write = write
        self.read = read
    }

    /// Memory images.
    ///
    /// - Precondition: the type is trivial.
    @inlinable
    static func images<Element: Sendable>(of type: Element.Type) -> SpillCodec {
        SpillCodec(
            write: { source, range, writer in
                let rows = source.rows(of: Element.self)
                precondition(range.upperBound <= rows.count)
                writer.append(
                    UnsafeRawBufferPointer(start: rows.rows + range.lowerBound, count: range.count * stride(of: type)))
            },
            read: { reader, count, target in
                let rows = target.rows(of: Element.self)
                precondition(rows.count + count <= rows.capacity)
                try reader.readBytes(
                    into: UnsafeMutableRawBufferPointer(start: rows.rows + rows.count, count: count * stride(of: type)))
                rows.count += count
            })
    }

    /// Rows by the codec of their type, plain records by their layout.
    @usableFromInline
    static func encoded<Element: Sendable & Codable>(_ type: Element.Type) -> SpillCodec {
        SpillCodec(
            write: { source, range, writer in
                let rows = source.rows(of: Element.self)
                precondition(range.upperBound <= rows.count)
                if let layout = RecordLayout.of(Element.self) {
                    return layout.encode(rows.rows + range.lowerBound, count: range.count, into: &writer)
                }
                for index in range { try BinaryCodec.encode(rows.rows[index], into: &writer) }
            },
            read: { reader, count, target in
                let rows = target.rows(of: Element.self)
                precondition(rows.count + count <= rows.capacity)
                if let layout = RecordLayout.of(Element.self) {
                    try layout.decode(from: &reader, count: count, into: rows.rows + rows.count)
                    rows.count += count
                } else {
                    for _ in 0..<count { rows.append(try BinaryCodec.decode(Element.self, from: &reader)) }
                }
            })
    }

    /// Rows of a type that turns out to be trivial or `Codable`; nil for any other.
    @usableFromInline
    static func ifPossible<Element: Sendable>(_ type: Element.Type) -> SpillCodec? {
        if _isPOD(Element.self) { return images(of: type) }
        guard Element.self is any Codable.Type else { return nil }
        return SpillCodec(
            write: { source, range, writer in
                let rows = source.rows(of: Element.self).elements
                for index in range {
                    if let row = rows[index] as? any Encodable { try BinaryCodec.encode(row, into: &writer) }
                }
            },
            read: { reader, count, target in
                guard let type = Element.self as? any Decodable.Type else { return }
                let rows = target.rows(of: Element.self)
                for _ in 0..<count {
                    let row: any Decodable = try BinaryCodec.decode(type, from: &reader)
                    guard let row = row as? Element else { throw CodecError.malformed(expected: "\(Element.self)") }
                    rows.append(row)
                }
            })
    }

    @inlinable
    static func stride<Element>(of type: Element.Type) -> Int { MemoryLayout<Element>.stride }
}
