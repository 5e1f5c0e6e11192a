extension RecordDefect {
    /// The longest text, in characters, that an error carries.
    static let excerptLength = 40

    /// The beginning of `bytes` as a string fit for one line of a terminal: repaired where it is not UTF-8, control
    /// characters replaced, cut with an ellipsis.
    static func excerpt(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        // Four bytes a character is the most UTF-8 has; more cannot be part of the excerpt.
        let head = UnsafeBufferPointer(rebasing: bytes.prefix(4 * excerptLength + 4))
        var text = ""
        var length = 0
        for scalar in String(decoding: head, as: UTF8.self).unicodeScalars {
            if length == excerptLength { return text + "…" }
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            text.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
            length += 1
        }
        return text
    }

    /// The same of a name.
    static func excerpt(_ text: String) -> String {
        var text = text
        return text.withUTF8 { excerpt($0) }
    }
}
