extension TextBuffer {
    /// RFC 4180: quoted only where needed. Empty text is quoted, to tell it from no value, and so is the first
    /// field of a line that would otherwise read as a comment.
    func appendCSV(_ text: UnsafeBufferPointer<UInt8>, isFirst: Bool) {
        guard Self.needsQuotes(text, isFirst: isFirst) else { return append(text) }
        append(UInt8(ascii: "\""))
        for byte in text {
            if byte == UInt8(ascii: "\"") { append(byte) }
            append(byte)
        }
        append(UInt8(ascii: "\""))
    }

    private static func needsQuotes(_ text: UnsafeBufferPointer<UInt8>, isFirst: Bool) -> Bool {
        guard let first = text.first, let last = text.last else { return true }
        if first == UInt8(ascii: " ") || last == UInt8(ascii: " ") { return true }
        if isFirst, first == UInt8(ascii: "#") || first == UInt8(ascii: "%") { return true }
        return text.contains { byte in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
                || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\t")
        }
    }

    func appendTSV(_ text: UnsafeBufferPointer<UInt8>) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "\t"): append("\\t")
            case UInt8(ascii: "\n"): append("\\n")
            case UInt8(ascii: "\r"): append("\\r")
            case UInt8(ascii: "\\"): append("\\\\")
            default: append(byte)
            }
        }
    }

    /// A JSON string, quotes included; the text is taken to be UTF-8.
    func appendJSON(_ text: UnsafeBufferPointer<UInt8>) {
        append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case UInt8(ascii: "\n"): append("\\n")
            case UInt8(ascii: "\r"): append("\\r")
            case UInt8(ascii: "\t"): append("\\t")
            case 0..<0x20:
                append(byte < 0x10 ? "\\u000" : "\\u001")
                let digit = byte & 0x0F
                append(digit < 10 ? 48 + digit : 87 + digit)
            default: append(byte)
            }
        }
        append(UInt8(ascii: "\""))
    }
}
