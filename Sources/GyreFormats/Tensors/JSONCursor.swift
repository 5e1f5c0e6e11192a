/// Reads JSON from front to back, by what a format allows at each place: nothing is built that the format does not ask
/// for. Every text in it is known to be UTF-8.
struct JSONCursor {
    private let text: [UInt8]
    /// As errors show it.
    private let path: String
    /// Where the text begins in its file.
    private let start: Int
    private var position = 0

    init(_ text: [UInt8], path: String, start: Int) {
        self.text = text
        self.path = path
        self.start = start
    }

    func error(expected: String) -> FormatError {
        .damaged(path: path, at: start + position, expected: expected)
    }

    /// Reads an object; `member` is given each name and reads its value.
    mutating func object(
        _ member: (inout JSONCursor, String) throws(FormatError) -> Void
    ) throws(FormatError) {
        try expect("{", "an object in JSON")
        if accept("}") { return }
        repeat {
            let name = try string()
            try expect(":", "a colon")
            try member(&self, name)
        } while accept(",")
        try expect("}", "a comma or the end of the object")
    }

    /// Reads an array; `element` reads each of its values.
    mutating func array(_ element: (inout JSONCursor) throws(FormatError) -> Void) throws(FormatError) {
        try expect("[", "an array")
        if accept("]") { return }
        repeat { try element(&self) } while accept(",")
        try expect("]", "a comma or the end of the array")
    }

    /// Reads a whole number from 0 to the largest Int.
    mutating func wholeNumber() throws(FormatError) -> Int {
        skipSpace()
        let first = position
        var value = 0
        while position < text.count, case let digit = text[position] &- 48, digit < 10 {
            let (product, isBeyond) = value.multipliedReportingOverflow(by: 10)
            let (sum, isOver) = product.addingReportingOverflow(Int(digit))
            if isBeyond || isOver {
                position = first
                throw error(expected: "a number of at most \(Int.max)")
            }
            value = sum
            position += 1
        }
        guard position > first, position == first + 1 || text[first] != UInt8(ascii: "0") else {
            position = first
            throw error(expected: "a whole number of at least 0")
        }
        return value
    }

    /// Nothing but space may follow.
    mutating func end() throws(FormatError) {
        skipSpace()
        guard position == text.count else { throw error(expected: "nothing but spaces behind the object") }
    }

    mutating func string() throws(FormatError) -> String {
        try expect("\"", "a string")
        var bytes: [UInt8] = []
        while position < text.count {
            let byte = text[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: bytes, as: UTF8.self)
            case UInt8(ascii: "\\"):
                bytes += Array(String(try escaped()).utf8)
            case 0..<0x20:
                throw error(expected: "no control character in a string")
            default:
                bytes.append(byte)
                position += 1
            }
        }
        throw error(expected: "the end of a string")
    }

    private mutating func escaped() throws(FormatError) -> Unicode.Scalar {
        position += 1
        guard position < text.count else { throw error(expected: "a letter behind the backslash") }
        let letter = text[position]
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try scalar()
        default:
            position -= 1
            throw error(expected: "one of \"\\/bfnrtu behind the backslash")
        }
    }

    /// Four digits, or two times four for what UTF-16 writes as a pair.
    private mutating func scalar() throws(FormatError) -> Unicode.Scalar {
        let unit = try codeUnit()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        if unit < 0xDC00, text[position...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) {
            position += 2
            let low = try codeUnit()
            let pair = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) & 0x3FF)
            if low >> 10 == 0x37, let scalar = Unicode.Scalar(pair) { return scalar }
        }
        throw error(expected: "a pair of surrogates")
    }

    private mutating func codeUnit() throws(FormatError) -> UInt16 {
        let digits = text[position...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw error(expected: "four hexadecimal digits") }
        position += 4
        return unit
    }

    private mutating func expect(_ byte: Unicode.Scalar, _ expected: String) throws(FormatError) {
        guard accept(byte) else { throw error(expected: expected) }
    }

    private mutating func accept(_ byte: Unicode.Scalar) -> Bool {
        skipSpace()
        guard position < text.count, text[position] == UInt8(ascii: byte) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while position < text.count, Self.isSpace(text[position]) { position += 1 }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}
