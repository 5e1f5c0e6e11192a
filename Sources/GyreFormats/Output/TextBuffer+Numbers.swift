import Glibc

extension TextBuffer {
    @inline(__always)
    public func append(_ value: Int64) {
        if value < 0 { append(UInt8(ascii: "-")) }
        append(value.magnitude)
    }

    @inline(__always)
    public func append(_ value: UInt64) {
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
    public func append(_ value: Double) {
        // Whole numbers are exact up to 2^53, and common: distances, counts, labels.
        if value.magnitude < 9_007_199_254_740_992, value == value.rounded(.towardZero) {
            appendWhole(UInt64(value.magnitude), isNegative: value.sign == .minus)
        } else {
            appendShortest(value)
        }
    }

    @inline(__always)
    public func append(_ value: Float) {
        if value.magnitude < 16_777_216, value == value.rounded(.towardZero) {
            appendWhole(UInt64(value.magnitude), isNegative: value.sign == .minus)
        } else {
            appendShortest(value)
        }
    }

    @inline(__always)
    private func appendShortest(_ value: some TextOutputStreamable) {
        var sink = DigitSink(buffer: self)
        value.write(to: &sink)
    }

    private func appendWhole(_ magnitude: UInt64, isNegative: Bool) {
        if isNegative { append(UInt8(ascii: "-")) }
        append(magnitude)
        append(UInt8(ascii: "."))
        append(UInt8(ascii: "0"))
    }

    /// C's `%.15e`: 16 significant digits, correctly rounded. `nan` and `inf` as C writes them.
    public func appendScientific(_ value: Double) {
        if value == 0 {
            append(value.sign == .minus ? "-0.000000000000000e+00" : "0.000000000000000e+00")
        } else if value.isFinite, let number = ScientificDigits(value.magnitude) {
            if value < 0 { append(UInt8(ascii: "-")) }
            appendScientific(number)
        } else {
            appendExactly(value)
        }
    }

    private func appendScientific(_ number: ScientificDigits) {
        let target = room(24)
        var rest = number.digits
        for index in stride(from: 16, to: 1, by: -1) {
            target[index] = UInt8(truncatingIfNeeded: 48 &+ rest % 10)
            rest /= 10
        }
        target[1] = UInt8(ascii: ".")
        target[0] = UInt8(truncatingIfNeeded: 48 &+ rest)
        target[17] = UInt8(ascii: "e")
        target[18] = number.exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+")
        advance(19)
        if number.exponent.magnitude < 10 { append(UInt8(ascii: "0")) }
        append(UInt64(number.exponent.magnitude))
    }

    private func appendExactly(_ value: Double) {
        let length = 40
        let target = UnsafeMutableRawPointer(room(length)).assumingMemoryBound(to: CChar.self)
        let written = withVaList([value]) { vsnprintf(target, length, "%.15e", $0) }
        advance(Int(max(0, min(written, Int32(length - 1)))))
    }
}

/// Takes the digits that the standard library makes from where it makes them: 110 ns a number, 220 by `description`,
/// which allocates a string for more than 15 of them.
///
/// `_writeASCII` is a requirement of `TextOutputStream` that has a default; were it gone, `write` would be called.
private struct DigitSink: TextOutputStream {
    let buffer: TextBuffer

    mutating func write(_ text: String) {
        buffer.append(text)
    }

    mutating func _writeASCII(_ digits: UnsafeBufferPointer<UInt8>) {
        buffer.append(digits)
    }
}
