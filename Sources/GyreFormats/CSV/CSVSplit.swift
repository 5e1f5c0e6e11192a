import Glibc

/// Cuts records into fields. Used again and again; what it found holds until the next record.
struct CSVSplit {
    /// A field's bytes, without its quotes.
    struct Field {
        var start: UnsafePointer<UInt8>
        var count: Int
        var isQuoted: Bool
        /// Where doubled quotes were undone; −1 where there were none.
        var copy = -1
    }

    let quoting: RecordQuoting
    private(set) var fields: [Field] = []
    /// Texts whose doubled quotes were undone.
    private let copies = TextBuffer(capacity: 256)

    init(quoting: RecordQuoting) {
        self.quoting = quoting
    }

    /// A field's text; valid until the next record.
    func bytes(_ field: Field) -> UnsafeBufferPointer<UInt8> {
        guard field.copy >= 0 else { return UnsafeBufferPointer(start: field.start, count: field.count) }
        let texts = copies.bytes.bindMemory(to: UInt8.self)
        return UnsafeBufferPointer(rebasing: texts[field.copy..<(field.copy + field.count)])
    }

    /// Takes the record at `start` and says where the next one begins. The block's padding ends a last line.
    mutating func record(
        from start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>
    ) throws(RecordDefect) -> UnsafePointer<UInt8> {
        fields.removeAll(keepingCapacity: true)
        copies.removeAll()
        var position = start
        while true {
            var field: Field
            if position < end, position[0] == quoting.quote {
                let opening = position
                let closing = try CSVScan.closingQuote(opening, end: end, quoting: quoting)
                field = Field(start: opening + 1, count: closing - opening - 1, isQuoted: true)
                position = closing + 1
                if memchr(field.start, Int32(quoting.quote), field.count) != nil { undouble(&field) }
                if position[0] == UInt8(ascii: "\r"), position[1] == UInt8(ascii: "\n") { position += 1 }
                if position[0] != quoting.delimiter, position[0] != UInt8(ascii: "\n") {
                    throw .badQuotes(found: RecordDefect.excerpt(CSVScan.line(opening, end: end)))
                }
            } else {
                let limit = CSVScan.fieldEnd(position, delimiter: quoting.delimiter)
                field = Field(start: position, count: limit - position, isQuoted: false)
                if limit[0] == UInt8(ascii: "\n"), field.count > 0, limit[-1] == UInt8(ascii: "\r") {
                    field.count -= 1
                }
                if memchr(field.start, Int32(quoting.quote), field.count) != nil {
                    throw .strayQuote(
                        found: RecordDefect.excerpt(UnsafeBufferPointer(start: field.start, count: field.count)))
                }
                position = limit
            }
            fields.append(field)
            if position[0] == UInt8(ascii: "\n") { return min(position + 1, end) }
            position += 1
        }
    }

    private mutating func undouble(_ field: inout Field) {
        field.copy = copies.count
        var index = 0
        while index < field.count {
            copies.append(field.start[index])
            index += field.start[index] == quoting.quote ? 2 : 1
        }
        field.count = copies.count - field.copy
    }
}
