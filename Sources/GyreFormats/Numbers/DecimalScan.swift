/// Decimal numbers with fraction and exponent, correctly rounded.
package enum DecimalScan {
    /// A number as a decimal literal: sign, digits, fraction, exponent. No hexadecimal, no names; infinite where it is
    /// larger than any Double.
    package static func double(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        guard var position = text.baseAddress else { return nil }
        let limit = position + text.count
        guard let value = number(&position, limit: limit), position == limit else { return nil }
        return value
    }

    /// The number that begins at `position`, which is moved behind it; nil, and nothing moved, where none does.
    ///
    /// Reads no byte at `limit` or behind. Some 12 ns for 17 digits.
    @inline(__always)
    static func number(_ position: inout UnsafePointer<UInt8>, limit: UnsafePointer<UInt8>) -> Double? {
        var end = position
        if end == limit { return nil }
        let isNegative = end[0] == UInt8(ascii: "-")
        if isNegative || end[0] == UInt8(ascii: "+") { end += 1 }
        let start = end
        var mantissa: UInt64 = 0
        digits(&end, limit, into: &mantissa)
        var count = end - start
        var exponent = 0
        if end < limit, end[0] == UInt8(ascii: ".") {
            end += 1
            let fraction = end
            digits(&end, limit, into: &mantissa)
            exponent = fraction - end
            count &-= exponent
        }
        if count == 0 { return nil }
        if end < limit, end[0] | 0x20 == UInt8(ascii: "e") {
            guard let written = writtenExponent(&end, limit) else { return nil }
            exponent &+= written
        }
        // Nineteen digits fit a word, leading zeros among them.
        let value = count <= 19 ? DecimalRounding.nearest(mantissa, exponent: exponent) : long(start, end)
        position = end
        return isNegative ? -value : value
    }

    /// Adds a run of digits to a mantissa, which overflows silently.
    @inline(__always)
    private static func digits(
        _ position: inout UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>, into mantissa: inout UInt64
    ) {
        while limit - position >= 8 {
            let word = DigitScan.word(position)
            mantissa = mantissa &* DigitScan.powers[word.count] &+ word.value
            position += word.count
            if word.count < 8 { return }
        }
        while position < limit, position[0] &- 48 < 10 {
            mantissa = mantissa &* 10 &+ UInt64(position[0] &- 48)
            position += 1
        }
    }

    /// What stands behind the `e` at `position`, cut to what makes any mantissa 0 or infinite; nil if that is no integer.
    @inline(__always)
    private static func writtenExponent(
        _ position: inout UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>
    ) -> Int? {
        var end = position + 1
        guard end < limit else { return nil }
        let isNegative = end[0] == UInt8(ascii: "-")
        if isNegative || end[0] == UInt8(ascii: "+") { end += 1 }
        let start = end
        var value = 0
        while end < limit, end[0] &- 48 < 10 {
            if value < 1 << 40 { value = value &* 10 &+ Int(end[0] &- 48) }
            end += 1
        }
        if end == start { return nil }
        position = end
        return isNegative ? 0 &- value : value
    }

    /// A number of more than 19 digits, without its sign.
    @inline(never)
    private static func long(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Double {
        var mantissa: UInt64 = 0
        var (digits, exponent) = (0, 0)
        var (isFraction, isCut) = (false, false)
        var position = start
        scan: while position < end {
            switch position[0] {
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"): break scan
            case let digit:
                if digits < 19 {
                    mantissa = mantissa &* 10 &+ UInt64(digit &- 48)
                    if mantissa != 0 { digits += 1 }
                    if isFraction { exponent -= 1 }
                } else {
                    isCut = isCut || digit != UInt8(ascii: "0")
                    if !isFraction { exponent += 1 }
                }
            }
            position += 1
        }
        if position < end { exponent &+= writtenExponent(&position, end) ?? 0 }
        let value = DecimalRounding.nearest(mantissa, exponent: exponent)
        // What was cut off lies between the mantissa and the next; it matters only where those differ.
        if !isCut || value == DecimalRounding.nearest(mantissa + 1, exponent: exponent) { return value }
        let text = UnsafeBufferPointer(start: start, count: end - start)
        return Double(String(decoding: text, as: UTF8.self)) ?? value
    }

    /// Whether the text names a number that is not finite, in the ways C and Swift write them.
    package static func namesNonFinite(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var rest = text[...]
        if let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        guard rest.count <= 8 else { return false }
        return ["nan", "inf", "infinity"].contains(String(decoding: rest, as: UTF8.self).lowercased())
    }
}
