/// Writes records of any `Encodable` type as separated values: scalars, and what encodes itself as one.
public final class CSVCodableFormatter: RecordFormatter {
    private let sink: CSVRecordSink
    private let stride: Int
    private let encodeRow: (UnsafeRawPointer, any Encoder) throws -> Void
    private let hasHeader: Bool

    public init<Row: Encodable>(format: CSVFormat, type: Row.Type) {
        sink = CSVRecordSink(format)
        stride = MemoryLayout<Row>.stride
        hasHeader = format.hasHeader
        encodeRow = { row, encoder in
            try row.assumingMemoryBound(to: Row.self).pointee.encode(to: encoder)
        }
    }

    /// The names under which the first record has encoded its fields.
    public var head: [UInt8]? {
        guard hasHeader else { return [] }
        return sink.names.isEmpty ? nil : sink.text.header(sink.names)
    }

    public func append(_ rows: UnsafeRawPointer, count: Int, into buffer: TextBuffer) throws {
        for index in 0..<count {
            sink.begin(buffer)
            try encodeRow(rows + index * stride, CSVRecordEncoder(sink: sink))
            try sink.end()
        }
    }
}

/// Where the fields of a record go, in the order in which it encodes them.
final class CSVRecordSink {
    let text: CSVText
    private(set) var names: [String] = []
    private var buffer = TextBuffer(capacity: 0)
    private var isFirst = true
    private var turn = 0

    init(_ format: CSVFormat) {
        text = CSVText(format)
    }

    func begin(_ buffer: TextBuffer) {
        self.buffer = buffer
        turn = 0
    }

    func end() throws {
        if turn != names.count { throw malformed("\(turn) of them") }
        isFirst = false
        buffer.append(UInt8(ascii: "\n"))
    }

    /// Begins a field.
    func name(_ name: String) throws {
        if isFirst {
            names.append(name)
        } else if turn >= names.count || names[turn] != name {
            throw malformed(name)
        }
        if turn > 0 { buffer.append(text.delimiter) }
        turn += 1
    }

    func null() { text.null(into: buffer) }

    func write(_ value: some Encodable) throws {
        switch value {
        case let value as String: text.field(value, into: buffer)
        case let value as Bool: buffer.append(value ? "true" : "false")
        case let value as Double: buffer.append(value)
        case let value as Float: buffer.append(value)
        case let value as any UnsignedInteger: buffer.append(UInt64(value))
        case let value as any SignedInteger: buffer.append(Int64(value))
        default: try value.encode(to: CSVFieldEncoder(sink: self))
        }
    }

    private func malformed(_ found: String) -> RecordDefect {
        .malformed(expected: "the same fields in every record: \(names.joined(separator: ", "))", found: found)
    }

    /// A record of separated values is flat.
    static var nesting: RecordDefect { .malformed(expected: "fields of plain values", found: "a nested type") }
}
