import GyreColumns

/// Decodes the records of a block.
public final class RecordFileParser<Row: Decodable>: RecordParser {
    private let layout = RecordLayout.of(Row.self)
    private var reader = ByteReader([])
    private var left = 0
    private var path = ""
    private var position = 0

    public init() {}

    public func begin(_ block: TextBlock) {
        reader = ByteReader(Array(UnsafeBufferPointer(start: block.base, count: block.count)))
        left = block.bodyLine
        path = block.path
        position = block.bodyOffset
    }

    /// - Throws: `FormatError.damaged` where the bytes, though whole, are no records of the type.
    public func parse(
        into rows: UnsafeMutableRawPointer, capacity: Int, onReject: (BadRecord) -> RejectionVerdict
    ) throws -> Int {
        let count = min(capacity, left)
        let target = rows.bindMemory(to: Row.self, capacity: capacity)
        var made = 0
        do {
            if let layout {
                try layout.decode(from: &reader, count: count, into: rows)
                made = count
            } else {
                while made < count {
                    (target + made).initialize(to: try BinaryCodec.decode(Row.self, from: &reader))
                    made += 1
                }
            }
            left -= count
            if left == 0, !reader.isAtEnd { throw CodecError.malformed(expected: "the end of the block") }
        } catch {
            target.deinitialize(count: made)
            throw FormatError.damaged(path: path, at: position, expected: "records of type \(Row.self)")
        }
        return count
    }
}

/// Writes records in our own binary form, a batch as a block.
public final class RecordFileFormatter<Row: Encodable>: RecordFormatter {
    private var writer = ByteWriter()

    public init() {}

    public var head: [UInt8]? { RecordFileHeader(of: Row.self, rows: 0).bytes }

    public func finalHead(_ head: [UInt8], rows: Int) -> [UInt8]? {
        RecordFileHeader(of: Row.self, rows: rows).bytes
    }

    public func append(_ rows: UnsafeRawPointer, count: Int, into buffer: TextBuffer) throws {
        let rows = UnsafeBufferPointer(start: rows.assumingMemoryBound(to: Row.self), count: count)
        guard count > 0 else { return }
        writer.removeAll()
        if let layout = RecordLayout.of(Row.self), let base = rows.baseAddress {
            layout.encode(base, count: count, into: &writer)
        } else {
            for row in rows { try BinaryCodec.encode(row, into: &writer) }
        }
        guard writer.bytes.count <= RecordFileReader.longestBlock else {
            throw RecordDefect.malformed(expected: "batches of up to 1 GiB", found: "\(writer.bytes.count) bytes")
        }
        var head = ByteWriter()
        head.write(UInt32(count))
        head.write(UInt32(writer.bytes.count))
        head.write(Checksum.of(writer.bytes))
        head.bytes.withUnsafeBufferPointer { buffer.append($0) }
        writer.bytes.withUnsafeBufferPointer { buffer.append($0) }
    }
}
