public import GyreColumns

/// Writes plain records as separated values, field by field out of their memory.
public final class CSVLayoutFormatter: RecordFormatter {
    private let layout: RecordLayout
    private let text: CSVText
    public let head: [UInt8]?

    public init(format: CSVFormat, layout: RecordLayout) {
        self.layout = layout
        text = CSVText(format)
        head = format.hasHeader ? text.header(layout.fields.map(\.name)) : []
    }

    public func append(_ rows: UnsafeRawPointer, count: Int, into buffer: TextBuffer) {
        layout.fields.withUnsafeBufferPointer { fields in
            for row in 0..<count {
                let record = rows + row &* layout.stride
                for index in fields.indices {
                    if index > 0 { buffer.append(text.delimiter) }
                    field(fields[index], of: record, into: buffer)
                }
                buffer.append(UInt8(ascii: "\n"))
            }
        }
    }

    @inline(__always)
    private func field(_ field: RecordLayout.Field, of record: UnsafeRawPointer, into buffer: TextBuffer) {
        let source = record + field.offset
        let isOptional = field.type.isOptional
        @inline(__always)
        func signed<Value: FixedWidthInteger>(_: Value.Type) {
            guard let value = RecordLayout.load(Value.self, isOptional: isOptional, at: source) else {
                return text.null(into: buffer)
            }
            buffer.append(Int64(truncatingIfNeeded: value))
        }
        @inline(__always)
        func unsigned<Value: FixedWidthInteger>(_: Value.Type) {
            guard let value = RecordLayout.load(Value.self, isOptional: isOptional, at: source) else {
                return text.null(into: buffer)
            }
            buffer.append(UInt64(truncatingIfNeeded: value))
        }
        switch field.type.scalar {
        case .int, .int64: signed(Int64.self)
        case .int32: signed(Int32.self)
        case .int16: signed(Int16.self)
        case .int8: signed(Int8.self)
        case .uint, .uint64: unsigned(UInt64.self)
        case .uint32: unsigned(UInt32.self)
        case .uint16: unsigned(UInt16.self)
        case .uint8: unsigned(UInt8.self)
        case .double:
            guard let value = RecordLayout.load(Double.self, isOptional: isOptional, at: source) else {
                return text.null(into: buffer)
            }
            buffer.append(value)
        case .float:
            guard let value = RecordLayout.load(Float.self, isOptional: isOptional, at: source) else {
                return text.null(into: buffer)
            }
            buffer.append(value)
        case .bool:
            guard let value = RecordLayout.load(Bool.self, isOptional: isOptional, at: source) else {
                return text.null(into: buffer)
            }
            buffer.append(value ? "true" : "false")
        case .string:
            guard let value = RecordLayout.load(String.self, isOptional: isOptional, at: source) else {
                return text.null(into: buffer)
            }
            text.field(value, into: buffer)
        }
    }
}
