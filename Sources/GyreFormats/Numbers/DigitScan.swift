/// Decimal digits, eight at a time within a 64-bit word.
package enum DigitScan {
    /// The value of up to eight digits at `text` and how many there are (0 to 8). Reads eight bytes.
    @inline(__always)
    static func word(_ text: UnsafePointer<UInt8>) -> (value: UInt64, count: Int) {
        let bytes = UInt64(littleEndian: UnsafeRawPointer(text).loadUnaligned(as: UInt64.self)) ^ 0x3030_3030_3030_3030
        // A byte is now 0…9 for a digit. Carries run upwards only, so the lowest flagged byte is right.
        let others = ((bytes &+ 0x7676_7676_7676_7676) | bytes) & 0x8080_8080_8080_8080
        let count = others.trailingZeroBitCount >> 3
        // The first digit is the lowest byte: moving up fills with leading zeros. Twice half, for a count of 0.
        let half = UInt64(truncatingIfNeeded: (8 &- count) &* 4)
        return (combined((bytes &<< half) &<< half), count)
    }

    /// One bit for each of the 64 bytes at `text`, set where there is no digit; behind a byte of 0x80 and above, bits
    /// may be set for digits too.
    @inline(__always)
    static func others(_ text: UnsafePointer<UInt8>) -> UInt64 {
        let low = others8(text) | others8(text + 8) &<< 8 | others8(text + 16) &<< 16 | others8(text + 24) &<< 24
        let high = others8(text + 32) | others8(text + 40) &<< 8 | others8(text + 48) &<< 16 | others8(text + 56) &<< 24
        return low | high &<< 32
    }

    @inline(__always)
    private static func others8(_ text: UnsafePointer<UInt8>) -> UInt64 {
        let bytes = UInt64(littleEndian: UnsafeRawPointer(text).loadUnaligned(as: UInt64.self)) ^ 0x3030_3030_3030_3030
        let others = ((bytes &+ 0x7676_7676_7676_7676) | bytes) & 0x8080_8080_8080_8080
        // Gathers the eighth bit of each byte in the highest byte.
        return (others &* 0x0002_0408_1020_4081) &>> 56
    }

    /// The value of the 1 to 8 digits at `text`. Reads eight bytes.
    @inline(__always)
    static func value(_ text: UnsafePointer<UInt8>, count: Int) -> UInt64 {
        let bytes = UInt64(littleEndian: UnsafeRawPointer(text).loadUnaligned(as: UInt64.self)) ^ 0x3030_3030_3030_3030
        return combined(bytes &<< UInt64(truncatingIfNeeded: (8 &- count) &* 8))
    }

    /// Eight digits as bytes 0…9, the first the lowest, as a number.
    @inline(__always)
    private static func combined(_ digits: UInt64) -> UInt64 {
        let pairs = (digits &* 10) &+ (digits &>> 8)
        let low = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
        let high = ((pairs &>> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
        return (low &+ high) &>> 32
    }

    /// Up to 16 digits; more than 16 are told by a count of 17, the value then being meaningless. Reads 17 bytes.
    @inline(__always)
    static func long(_ text: UnsafePointer<UInt8>) -> (value: UInt64, count: Int) {
        let first = word(text)
        if first.count < 8 { return first }
        let second = word(text + 8)
        let value = first.value &* powers[second.count] &+ second.value
        if second.count < 8 { return (value, 8 &+ second.count) }
        return (value, text[16] &- 48 < 10 ? 17 : 16)
    }

    static let powers: InlineArray<9, UInt64> = [
        1, 10, 100, 1000, 10000, 100_000, 1_000_000, 10_000_000, 100_000_000,
    ]

    /// An Int64 with optional sign that fills the whole range, as `Int64.init(_: String)` takes it; nil otherwise.
    package static func integer(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        var index = 0
        var isNegative = false
        if let first = text.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            isNegative = first == UInt8(ascii: "-")
            index = 1
        }
        if index == text.count { return nil }
        var value: Int64 = 0
        while index < text.count {
            let digit = text[index] &- 48
            if digit > 9 { return nil }
            let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
            let step = isNegative ? -Int64(digit) : Int64(digit)
            let (sum, overflow) = product.addingReportingOverflow(step)
            if tooLarge || overflow { return nil }
            value = sum
            index += 1
        }
        return value
    }
}
