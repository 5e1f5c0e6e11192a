/// Decimal numbers with fraction and exponent, correctly rounded.
package enum DecimalScan {
    /// A number as a decimal literal: sign, digits, fraction, exponent. No hexadecimal, no names.
    package static func double(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        var index = 0
        var isNegative = false
        var mantissa: UInt64 = 0
        var digits = 0
        var exponent = 0
        if let first = text.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            isNegative = first == UInt8(ascii: "-")
            index = 1
        }
        let start = index
        while index < text.count, text[index] &- 48 < 10 {
            if digits < 19 { mantissa = mantissa &* 10 &+ UInt64(text[index] &- 48) }
            if mantissa != 0 { digits += 1 }
            index += 1
        }
        var seen = index - start
        if index < text.count, text[index] == UInt8(ascii: ".") {
            index += 1
            let fraction = index
            while index < text.count, text[index] &- 48 < 10 {
                if digits < 19 { mantissa = mantissa &* 10 &+ UInt64(text[index] &- 48) }
                if mantissa != 0 { digits += 1 }
                index += 1
            }
            seen += index - fraction
            exponent = fraction - index
        }
        if seen == 0 { return nil }
        if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
            guard let written = DigitScan.integer(UnsafeBufferPointer(rebasing: text[(index + 1)...])) else {
                return nil
            }
            exponent += Int(max(-100_000, min(100_000, written)))
            index = text.count
        }
        if index < text.count { return nil }
        if digits <= 19, let exact = exact(mantissa, exponent: exponent) { return isNegative ? -exact : exact }
        return Double(String(decoding: text, as: UTF8.self))
    }

    /// mantissa · 10^exponent where one rounding step is enough; nil elsewhere.
    @inline(__always)
    static func exact(_ mantissa: UInt64, exponent: Int) -> Double? {
        guard mantissa <= 1 << 53, exponent >= -22, exponent <= 22 else { return nil }
        let value = Double(mantissa)
        return exponent < 0 ? value / powers[-exponent] : value * powers[exponent]
    }

    private static let powers: InlineArray<23, Double> = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// Whether the text names a number that is not finite, in the ways C and Swift write them.
    static func namesNonFinite(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var rest = text[...]
        if let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        guard rest.count <= 8 else { return false }
        return ["nan", "inf", "infinity"].contains(String(decoding: rest, as: UTF8.self).lowercased())
    }
}
