import Glibc

/// One field of a line: bytes without quotes.
struct EdgeField {
    var start = 0
    var count = 0
    /// Doubled quotes inside have to be undone.
    var isEscaped = false
}

/// A line cut into its fields. Up to three are kept; a fourth is remembered as the surplus.
struct EdgeFields {
    var first = EdgeField()
    var second = EdgeField()
    var third = EdgeField()
    var surplus = EdgeField()
    /// The number of fields, at most 4.
    var count = 0

    /// Cuts `line` (no line feed) at blanks with at most one comma among them; with `isQuoted` at commas alone where
    /// there are any, and fields may stand in quotes.
    init(_ line: UnsafeBufferPointer<UInt8>, isQuoted: Bool) throws(RecordDefect) {
        let atCommasOnly = isQuoted && Self.hasComma(line)
        var index = Self.skipBlanks(line, 0)
        while index < line.count || count > 0 {
            var field = EdgeField(start: index)
            if isQuoted, index < line.count, line[index] == UInt8(ascii: "\"") {
                (field, index) = try Self.quoted(line, from: index)
            } else {
                index = Self.fieldEnd(line, index, atCommasOnly: atCommasOnly)
                field.count = index - field.start
                while field.count > 0, Self.isBlank(line[field.start + field.count - 1]) { field.count -= 1 }
            }
            append(field)
            if count == 4 { return }
            index = Self.skipBlanks(line, index)
            if index == line.count { return }
            if line[index] == UInt8(ascii: ",") { index = Self.skipBlanks(line, index + 1) }
        }
    }

    private mutating func append(_ field: EdgeField) {
        switch count {
        case 0: first = field
        case 1: second = field
        case 2: third = field
        default: surplus = field
        }
        count += 1
    }

    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    @inline(__always)
    static func skipBlanks(_ line: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        var index = start
        while index < line.count, isBlank(line[index]) { index += 1 }
        return index
    }

    @inline(__always)
    private static func fieldEnd(_ line: UnsafeBufferPointer<UInt8>, _ start: Int, atCommasOnly: Bool) -> Int {
        var index = start
        while index < line.count, line[index] != UInt8(ascii: ","), atCommasOnly || !isBlank(line[index]) {
            index += 1
        }
        return index
    }

    private static func hasComma(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        var isInside = false
        for byte in line {
            if byte == UInt8(ascii: "\"") { isInside.toggle() }
            if byte == UInt8(ascii: ","), !isInside { return true }
        }
        return false
    }

    /// A field in quotes, and the index behind its closing one, which must be followed by a separator or the end.
    private static func quoted(
        _ line: UnsafeBufferPointer<UInt8>, from opening: Int
    ) throws(RecordDefect) -> (EdgeField, Int) {
        var field = EdgeField(start: opening + 1)
        var index = opening + 1
        while index < line.count {
            if line[index] == UInt8(ascii: "\"") {
                guard index + 1 < line.count, line[index + 1] == UInt8(ascii: "\"") else { break }
                field.isEscaped = true
                index += 1
            }
            index += 1
        }
        field.count = index - field.start
        let next = index + 1
        let isClosed = index < line.count
        if isClosed, next == line.count || isBlank(line[next]) || line[next] == UInt8(ascii: ",") {
            return (field, next)
        }
        throw .badQuotes(found: RecordDefect.excerpt(UnsafeBufferPointer(rebasing: line[opening...])))
    }
}
