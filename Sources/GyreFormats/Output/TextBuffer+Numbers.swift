import Glibc

extension TextBuffer {
    @inline(__always)
    func append(_ value: Int64) {
        if value < 0 { append(UInt8(ascii: "-")) }
        append(value.magnitude)
    }

    @inline(__always)
    func append(_ value: UInt64) {
        var rest = value
        var digits = 1
        var bound: UInt64 = 10
        while digits < 20, rest >= bound {
            digits &+= 1
            bound = bound &* 10
            if digits == 20 { break }
        }
        let end = room(20) + digits
        var cursor = end
        repeat {
            let quotient = rest / 10
            cursor -= 1
            cursor[0] = UInt8(truncatingIfNeeded: 48 &+ rest &- quotient &* 10)
            rest = quotient
        } while rest > 0
        advance(digits)
    }

    /// The shortest digits that read back equal, as Swift prints them: `0.1`, `5.0`, `1e-05`, `inf`, `nan`.
    @inline(__always)
    func append(_ value: Double) {
        // Whole numbers are exact up to 2^53, and common: distances, counts, labels.
        if value.magnitude < 9_007_199_254_740_992, value == value.rounded(.towardZero) {
            appendWhole(UInt64(value.magnitude), isNegative: value.sign == .minus)
        } else {
            append(value.description)
        }
    }

    @inline(__always)
    func append(_ value: Float) {
        if value.magnitude < 16_777_216, value == value.rounded(.towardZero) {
            appendWhole(UInt64(value.magnitude), isNegative: value.sign == .minus)
        } else {
            append(value.description)
        }
    }

    private func appendWhole(_ magnitude: UInt64, isNegative: Bool) {
        if isNegative { append(UInt8(ascii: "-")) }
        append(magnitude)
        append(UInt8(ascii: "."))
        append(UInt8(ascii: "0"))
    }

    /// C's `%.15e`: 16 significant digits, correctly rounded.
    func appendScientific(_ value: Double) {
        if value == 0 {
            append(value.sign == .minus ? "-0.000000000000000e+00" : "0.000000000000000e+00")
            return
        }
        let length = 40
        let target = UnsafeMutableRawPointer(room(length)).assumingMemoryBound(to: CChar.self)
        let written = withVaList([value]) { vsnprintf(target, length, "%.15e", $0) }
        advance(Int(max(0, min(written, Int32(length - 1)))))
    }
}
