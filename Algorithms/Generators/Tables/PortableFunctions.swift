/// A logarithm, a sine and a cosine that are the same to the bit on every machine, which the C library's are not.
///
/// Sums of series in a fixed order; their errors are below 4·10⁻¹⁶ of the result or of 1.
package enum PortableFunctions {
    /// The natural logarithm of a number that is above zero and not subnormal.
    @inline(__always)
    package static func logarithm(_ number: Double) -> Double {
        // number = 2^exponent · m with m from √½ to √2.
        let bits = number.bitPattern &- 0x3FE6_A09E_667F_3BCD
        let exponent = Int64(bitPattern: bits) >> 52
        let m = Double(bitPattern: number.bitPattern &- UInt64(bitPattern: exponent &<< 52))
        // log m = 2 artanh s, for s up to 0.172.
        let s = (m - 1) / (m + 1)
        let z = s * s
        var sum = 1.0 / 23
        sum = sum * z + 1.0 / 21
        sum = sum * z + 1.0 / 19
        sum = sum * z + 1.0 / 17
        sum = sum * z + 1.0 / 15
        sum = sum * z + 1.0 / 13
        sum = sum * z + 1.0 / 11
        sum = sum * z + 1.0 / 9
        sum = sum * z + 1.0 / 7
        sum = sum * z + 1.0 / 5
        sum = sum * z + 1.0 / 3
        // 2s is rounded away last; log 2 in two parts, the first of which has room for the exponent's bits.
        let rest = 2 * s * (z * sum) + Double(exponent) * 1.908_214_929_270_587_700_02e-10
        return Double(exponent) * 0.693_147_180_369_123_816_49 + (2 * s + rest)
    }

    /// Sine and cosine of an angle in turns, from 0 to 1.
    @inline(__always)
    package static func sineAndCosine(turns: Double) -> (sine: Double, cosine: Double) {
        let quarter = Int64(turns * 4 + 0.5)
        // Exact: an eighth of a turn to either side.
        let angle = (turns - Double(quarter) * 0.25) * (2 * Double.pi)
        let z = angle * angle
        var sine = 1.0 / 355_687_428_096_000
        sine = sine * z - 1.0 / 1_307_674_368_000
        sine = sine * z + 1.0 / 6_227_020_800
        sine = sine * z - 1.0 / 39_916_800
        sine = sine * z + 1.0 / 362_880
        sine = sine * z - 1.0 / 5_040
        sine = sine * z + 1.0 / 120
        sine = sine * z - 1.0 / 6
        sine = angle + angle * (z * sine)
        var cosine = 1.0 / 20_922_789_888_000
        cosine = cosine * z - 1.0 / 87_178_291_200
        cosine = cosine * z + 1.0 / 479_001_600
        cosine = cosine * z - 1.0 / 3_628_800
        cosine = cosine * z + 1.0 / 40_320
        cosine = cosine * z - 1.0 / 720
        cosine = cosine * z + 1.0 / 24
        cosine = cosine * z - 1.0 / 2
        cosine = 1 + z * cosine
        // No branch: the quarter is as good as random.
        let isOdd = quarter & 1 == 1
        let (first, second) = (isOdd ? cosine : sine, isOdd ? sine : cosine)
        let sineSign = UInt64(bitPattern: quarter & 2) &<< 62
        let cosineSign = UInt64(bitPattern: (quarter &+ 1) & 2) &<< 62
        return (
            Double(bitPattern: first.bitPattern ^ sineSign), Double(bitPattern: second.bitPattern ^ cosineSign)
        )
    }
}
