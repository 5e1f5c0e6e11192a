/// The 16 significant digits of `%.15e`, correctly rounded, without C's formatter (which takes five times as long).
///
/// The value is multiplied by a power of ten known to about 118 bits. The digits take 54 bits, so the product's
/// fraction decides the rounding unless it lies within the error of one half; those few values are left to C.
struct ScientificDigits {
    /// 10^15 ≤ digits < 10^16.
    let digits: UInt64
    /// The value is digits · 10^(exponent − 15).
    let exponent: Int

    /// Nil for a value that needs exact arithmetic. `value` is finite and above zero.
    init?(_ value: Double) {
        let shift = value.significandBitPattern.leadingZeroBitCount
        let isNormal = value.isNormal
        let significand =
            isNormal ? (value.significandBitPattern | 1 << 52) << 11 : value.significandBitPattern << UInt64(shift)
        // value = significand · 2^binary, the significand's highest bit being set.
        let binary = isNormal ? Int(value.exponentBitPattern) - 1086 : -1074 - shift
        // floor(log10(2^(binary + 63))), which is the decimal exponent or one less.
        var decimal = ((binary + 63) * 78913) >> 18
        var scaled = Self.scaled(significand, binary, decimal)
        if scaled.whole >= 10_000_000_000_000_000 {
            decimal += 1
            scaled = Self.scaled(significand, binary, decimal)
        }
        let half: UInt128 = 1 << UInt128(scaled.bits - 1)
        let distance = scaled.fraction > half ? scaled.fraction - half : half - scaled.fraction
        if distance <= Self.error { return nil }
        var digits = scaled.whole + (scaled.fraction > half ? 1 : 0)
        if digits == 10_000_000_000_000_000 {
            digits = 1_000_000_000_000_000
            decimal += 1
        }
        if digits < 1_000_000_000_000_000 { return nil }
        self.digits = digits
        exponent = decimal
    }

    /// Bounds the error of a product, in units of its last bit: at most 345 roundings of one unit each, doubled.
    private static let error: UInt128 = 1 << 11

    /// value · 10^(15 − decimal) as a whole part and a fraction of so many bits.
    @inline(__always)
    private static func scaled(
        _ significand: UInt64, _ binary: Int, _ decimal: Int
    ) -> (whole: UInt64, fraction: UInt128, bits: Int) {
        let power = powers[15 - decimal + offset]
        let high = significand.multipliedFullWidth(by: UInt64(truncatingIfNeeded: power.significand >> 64))
        let low = significand.multipliedFullWidth(by: UInt64(truncatingIfNeeded: power.significand))
        let product = (UInt128(high.high) << 64 | UInt128(high.low)) + UInt128(low.high)
        let bits = -(64 + binary + power.exponent)
        let whole = product >> UInt128(bits)
        return (UInt64(truncatingIfNeeded: whole), product & ((1 << UInt128(bits)) - 1), bits)
    }

    private struct Power {
        /// The highest bit is set.
        var significand: UInt128
        var exponent: Int
    }

    private static let offset = 300

    /// 10^p for p from −300 to 345, each from its neighbour nearer to zero.
    private static let powers: [Power] = {
        let one = Power(significand: 1 << 127, exponent: -127)
        var powers = [Power](repeating: one, count: offset + 346)
        for index in (offset + 1)..<powers.count {
            let last = powers[index - 1]
            let product = last.significand.multipliedFullWidth(by: 10)
            let drop = 128 - product.high.leadingZeroBitCount
            let kept = product.high << UInt128(128 - drop) | product.low >> UInt128(drop)
            powers[index] = Power(significand: kept, exponent: last.exponent + drop)
        }
        for index in (0..<offset).reversed() {
            let last = powers[index + 1]
            // Three zero bits behind the number keep the quotient at 127 bits or more.
            let quotient = UInt128(10).dividingFullWidth((last.significand >> 125, last.significand << 3)).quotient
            let shift = quotient.leadingZeroBitCount
            powers[index] = Power(significand: quotient << UInt128(shift), exponent: last.exponent - 3 - shift)
        }
        return powers
    }()
}
