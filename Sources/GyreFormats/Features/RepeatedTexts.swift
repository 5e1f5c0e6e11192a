/// Makes strings of which many are equal, as classes are: those that do not fit a String's own 15 bytes are made once.
///
/// Keeps at most `slots` of them; a text finds its own by a hash, and takes the place of another.
struct RepeatedTexts {
    private static let slots = 64
    private var kept: [String] = []

    /// The text, which must be UTF-8 without NUL bytes.
    mutating func string(_ text: UnsafeBufferPointer<UInt8>) throws(RecordDefect) -> String {
        guard text.count > 15 else { return try Self.checked(text) }
        if kept.isEmpty { kept = Array(repeating: "", count: Self.slots) }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let slot = Int(hash >> 32) % Self.slots
        if kept[slot].utf8.elementsEqual(text) { return kept[slot] }
        let made = try Self.checked(text)
        kept[slot] = made
        return made
    }

    private static func checked(_ text: UnsafeBufferPointer<UInt8>) throws(RecordDefect) -> String {
        if text.contains(0) { throw .nulByte }
        guard let string = String(validating: text, as: UTF8.self) else {
            throw .invalidUTF8(found: RecordDefect.excerpt(text))
        }
        return string
    }
}
