/// The powers of five from 5^-342 to 5^308 as 128 bits each, the highest bit set: what `DecimalRounding` multiplies by.
///
/// Positive powers are cut off behind the 128th bit; so are reciprocals, but those down to 5^-27, which are exact powers
/// turned over, are rounded up: the table of Lemire, "Number parsing at a gigabyte per second" (2021). Computed once, in
/// some 0.1 ms, rather than written down in 651 lines.
enum PowersOfFive {
    static let exponents = -342...308

    /// High and low half of each, from the lowest exponent on. Lives as long as the process.
    nonisolated(unsafe) static let halves: UnsafePointer<UInt64> = {
        let table = UnsafeMutablePointer<UInt64>.allocate(capacity: 2 * exponents.count)
        func store(_ power: UInt128, _ exponent: Int) {
            let index = 2 * (exponent - exponents.lowerBound)
            table[index] = UInt64(truncatingIfNeeded: power >> 64)
            table[index + 1] = UInt64(truncatingIfNeeded: power)
        }
        var power = WideInteger(bit: 0)
        for exponent in 0...exponents.upperBound {
            store(power.top, exponent)
            power.multiplyByFive()
        }
        // Rounding down again and again is rounding down once. 2^1087 has 128 bits left behind 342 divisions.
        var reciprocal = WideInteger(bit: WideInteger.bitWidth - 1)
        for exponent in 1...(-exponents.lowerBound) {
            reciprocal.divideByFive()
            store(reciprocal.top &+ (exponent <= 27 ? 1 : 0), -exponent)
        }
        return UnsafePointer(table)
    }()
}

/// An integer of 1,088 bits that is not negative, the lowest word first.
private struct WideInteger {
    static let bitWidth = 1088
    private var words = [UInt64](repeating: 0, count: WideInteger.bitWidth / 64)

    init(bit: Int) {
        words[bit / 64] = 1 << UInt64(bit % 64)
    }

    mutating func multiplyByFive() {
        var carry: UInt64 = 0
        for index in words.indices {
            let product = words[index].multipliedFullWidth(by: 5)
            let (sum, overflow) = product.low.addingReportingOverflow(carry)
            words[index] = sum
            carry = product.high + (overflow ? 1 : 0)
        }
    }

    mutating func divideByFive() {
        var remainder: UInt64 = 0
        for index in words.indices.reversed() {
            (words[index], remainder) = UInt64(5).dividingFullWidth((remainder, words[index]))
        }
    }

    /// The 128 bits from the highest one that is set; zeros behind the lowest.
    var top: UInt128 {
        let last = words.lastIndex { $0 != 0 } ?? 0
        func word(_ index: Int) -> UInt64 { index >= 0 ? words[index] : 0 }
        let shift = UInt128(words[last].leadingZeroBitCount)
        let high = UInt128(words[last]) << 64 | UInt128(word(last - 1))
        return high << shift | UInt128(word(last - 2)) >> (64 - shift)
    }
}
