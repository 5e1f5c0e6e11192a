/// Walks over the text of one JSON value.
struct JSONText {
    private(set) var position: UnsafePointer<UInt8>
    let end: UnsafePointer<UInt8>

    init(_ line: UnsafeBufferPointer<UInt8>, from start: UnsafePointer<UInt8>) {
        position = start
        end = start + line.count
    }

    var isAtEnd: Bool { position == end }
    /// The byte at hand; a line feed, which no line has, at the end.
    var next: UInt8 { position < end ? position[0] : UInt8(ascii: "\n") }

    @inline(__always)
    mutating func skipBlanks() {
        while position < end, EdgeFields.isBlank(position[0]) { position += 1 }
    }

    /// Takes a byte and the blanks around it.
    @inline(__always)
    mutating func take(_ byte: UInt8) -> Bool {
        skipBlanks()
        guard next == byte else { return false }
        position += 1
        skipBlanks()
        return true
    }

    /// Takes a number and the blanks behind it; nil, and nothing taken, where no value of the kind ends there.
    @inline(__always)
    mutating func takeNumber() -> Double? {
        var text = position
        guard let value = DecimalScan.number(&text, limit: end), value.isFinite,
            text == end || text[0] == UInt8(ascii: ",") || text[0] == UInt8(ascii: "}") || EdgeFields.isBlank(text[0])
        else { return nil }
        position = text
        skipBlanks()
        return value
    }

    /// Takes a string; gives what stands between its quotes, escapes and all, and whether there are any.
    @inline(__always)
    mutating func takeString() -> (text: UnsafeBufferPointer<UInt8>, isEscaped: Bool)? {
        guard next == UInt8(ascii: "\"") else { return nil }
        let start = position + 1
        var text = start
        var isEscaped = false
        while text < end, text[0] != UInt8(ascii: "\"") {
            if text[0] == UInt8(ascii: "\\") {
                isEscaped = true
                text += 1
                if text == end { return nil }
            }
            text += 1
        }
        guard text < end else { return nil }
        position = text + 1
        return (UnsafeBufferPointer(start: start, count: text - start), isEscaped)
    }

    /// Takes any value, and gives its text. Brackets have to close, and strings; what is inside is not looked at.
    mutating func takeValue() -> UnsafeBufferPointer<UInt8>? {
        let start = position
        var depth = 0
        scan: while position < end {
            switch position[0] {
            case UInt8(ascii: "\""):
                guard takeString() != nil else { return nil }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { break scan }
                depth -= 1
            case UInt8(ascii: ","), UInt8(ascii: " "), UInt8(ascii: "\t"):
                if depth == 0 { break scan }
            default: break
            }
            position += 1
        }
        return depth == 0 && position > start ? UnsafeBufferPointer(start: start, count: position - start) : nil
    }

    /// A string's text with its escapes undone; nil where there is none of such a form.
    static func unescaped(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var index = 0
        /// The four hexadecimal digits at `index`.
        func unit() -> UInt16? {
            guard index + 4 <= text.count else { return nil }
            defer { index += 4 }
            return UInt16(String(decoding: text[index..<index + 4], as: UTF8.self), radix: 16)
        }
        while index < text.count {
            guard text[index] == UInt8(ascii: "\\") else {
                bytes.append(text[index])
                index += 1
                continue
            }
            let escape = text[index + 1]
            index += 2
            switch escape {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(escape)
            case UInt8(ascii: "b"): bytes.append(8)
            case UInt8(ascii: "f"): bytes.append(12)
            case UInt8(ascii: "n"): bytes.append(10)
            case UInt8(ascii: "r"): bytes.append(13)
            case UInt8(ascii: "t"): bytes.append(9)
            case UInt8(ascii: "u"):
                guard let first = unit() else { return nil }
                var units = [first]
                if UTF16.isLeadSurrogate(first), index + 6 <= text.count, text[index] == UInt8(ascii: "\\"),
                    text[index + 1] == UInt8(ascii: "u")
                {
                    index += 2
                    guard let second = unit() else { return nil }
                    units.append(second)
                }
                guard let string = String(validating: units, as: UTF16.self) else { return nil }
                bytes += string.utf8
            default: return nil
            }
        }
        return bytes
    }
}
