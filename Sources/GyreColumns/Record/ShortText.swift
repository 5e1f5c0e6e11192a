/// What a string of up to 15 ASCII bytes is in memory: the text, and in the last byte a mark and the count.
///
/// The standard library does not promise this. `isKnown` asks it; where the answer is no, short strings are made like
/// all others.
@usableFromInline
struct ShortText: Equatable {
    @inlinable static var longest: Int { 15 }

    @usableFromInline var low: UInt64
    @usableFromInline var high: UInt64

    /// Reads 16 bytes.
    @inlinable @inline(__always)
    init(ascii bytes: UnsafePointer<UInt8>, count: Int) {
        low = UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self)
        high = UnsafeRawPointer(bytes + 8).loadUnaligned(as: UInt64.self)
        // Shifts go modulo 64: of a count of 8 and more, what is beyond 8 counts.
        let mask = (1 &<< (UInt64(truncatingIfNeeded: count) &* 8)) &- 1
        if count < 8 {
            low &= mask
            high = 0
        } else {
            high &= mask
        }
        high |= (0xE0 | UInt64(truncatingIfNeeded: count)) &<< 56
    }

    /// What the memory of a string holds; not to be used before `isString` is asked.
    @inlinable @inline(__always)
    init(of text: UnsafeRawPointer) {
        self = text.load(as: ShortText.self)
    }

    /// Whether a string's memory is of this kind.
    @inlinable
    var isString: Bool { high &>> 60 == 0xE }

    /// The text's bytes, where `isString`.
    @inlinable
    var count: Int { Int(truncatingIfNeeded: (high &>> 56) & 0xF) }

    /// Whether the bytes that it was made of are ASCII.
    @inlinable
    var isASCII: Bool { (low | (high & 0x00FF_FFFF_FFFF_FFFF)) & 0x8080_8080_8080_8080 == 0 }

    /// Whether strings of each of these lengths are what is written here, and no others look like them.
    static let isKnown: Bool = {
        guard MemoryLayout<String>.size == MemoryLayout<ShortText>.size else { return false }
        let others = ["é", "a literal of more than 15 bytes", String(repeating: "a", count: 16)]
        for other in others where withUnsafeBytes(of: other, { $0.loadUnaligned(as: ShortText.self) }).isString {
            return false
        }
        let letters = Array("abcdefghijklmnop".utf8)
        return letters.withUnsafeBufferPointer { letters in
            guard let base = letters.baseAddress else { return false }
            return (0...longest).allSatisfy { count in
                let text = String(decoding: letters[..<count], as: UTF8.self)
                let found = withUnsafeBytes(of: text) { $0.loadUnaligned(as: ShortText.self) }
                return found == ShortText(ascii: base, count: count)
            }
        }
    }()
}
