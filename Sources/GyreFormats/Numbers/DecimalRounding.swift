/// The Double nearest to mantissa · 10^exponent, ties to even.
enum DecimalRounding {
    /// Some 2 ns where one rounding step is enough (Clinger 1990), some 5 ns elsewhere. Too large is infinite, too small 0.
    @inline(__always)
    static func nearest(_ mantissa: UInt64, exponent: Int) -> Double {
        if let exact = exact(mantissa, exponent: exponent) { return exact }
        return product(mantissa, exponent: exponent)
    }

    /// mantissa · 10^exponent where one rounding step is enough; nil elsewhere.
    @inline(__always)
    static func exact(_ mantissa: UInt64, exponent: Int) -> Double? {
        guard mantissa <= 1 << 53, exponent >= -22, exponent <= 22 else { return nil }
        let value = Double(Int64(truncatingIfNeeded: mantissa))
        return exponent < 0 ? value / powers[-exponent] : value * powers[exponent]
    }

    private static let powers: InlineArray<23, Double> = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// The algorithm of Eisel and Lemire: 64 bits of the mantissa by as many bits of the power of five as decide.
    ///
    /// It never has to give up: Mushtak and Lemire, "Fast number parsing without fallback" (2023).
    static func product(_ mantissa: UInt64, exponent: Int) -> Double {
        if mantissa == 0 || exponent < PowersOfFive.exponents.lowerBound { return 0 }
        if exponent > PowersOfFive.exponents.upperBound { return .infinity }
        let zeros = mantissa.leadingZeroBitCount
        let normal = mantissa &<< UInt64(truncatingIfNeeded: zeros)
        let power = PowersOfFive.halves + 2 &* (exponent &- PowersOfFive.exponents.lowerBound)
        var (high, low) = normal.multipliedFullWidth(by: power[0])
        // The nine bits behind the 55 that are kept are all set: a carry from below could decide.
        if high & 0x1FF == 0x1FF {
            let second = normal.multipliedFullWidth(by: power[1])
            let (sum, overflow) = low.addingReportingOverflow(second.high)
            low = sum
            high &+= overflow ? 1 : 0
        }
        let upper = Int(truncatingIfNeeded: high &>> 63)
        let shift = UInt64(truncatingIfNeeded: upper &+ 9)
        var bits = high &>> shift
        // ⌊log2(10^exponent)⌋, exact in this range, and the bias of exponents.
        var binary = (217_706 &* exponent) &>> 16 &+ 63 &+ upper &- zeros &+ 1023
        if binary <= 0 { return subnormal(bits, exponent: binary) }
        // Halfway between two numbers, which only small powers can be: to the even one.
        if low <= 1, exponent >= -4, exponent <= 23, bits & 3 == 1, bits &<< shift == high { bits &= ~1 }
        bits = (bits &+ (bits & 1)) &>> 1
        if bits >= 1 << 53 {
            bits = 1 << 52
            binary &+= 1
        }
        if binary >= 0x7FF { return .infinity }
        return Double(bitPattern: (bits & ~(1 << 52)) | UInt64(truncatingIfNeeded: binary) &<< 52)
    }

    private static func subnormal(_ bits: UInt64, exponent: Int) -> Double {
        if 1 - exponent >= 64 { return 0 }
        var bits = bits >> UInt64(1 - exponent)
        bits = (bits + (bits & 1)) >> 1
        // Rounded up to 2^52 it is the least normal number, whose pattern is the same.
        return Double(bitPattern: bits)
    }
}
