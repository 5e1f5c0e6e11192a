import Gyre

/// The random numbers of a table's rows: uniform ones, and standard normals by Box and Muller's transform, "A note on the
/// generation of random normal deviates" (1958). A block of random bits gives two of either.
struct TableDraws: Sendable {
    /// What a number is drawn for; each purpose has numbers of its own.
    enum Purpose: UInt32 {
        case values = 0x5641_4C55
        case labels = 0x4C41_424C
        case centers = 0x4345_4E54
        case weights = 0x434F_4546
        case intercept = 0x4943_5054
    }

    private let random: CounterRandom

    init(seed: UInt64) { random = CounterRandom(seed: seed) }

    /// Two numbers of 53 bits, from 0 to below 1.
    @inline(__always)
    func uniforms(_ row: Int, _ draw: Int, _ purpose: Purpose) -> (Double, Double) {
        let (first, second) = words(row, draw, purpose)
        return (Double(first &>> 11) * 0x1p-53, Double(second &>> 11) * 0x1p-53)
    }

    /// Two independent standard normals.
    @inline(__always)
    func normals(_ row: Int, _ draw: Int, _ purpose: Purpose) -> (Double, Double) {
        let (first, second) = words(row, draw, purpose)
        // Above zero, up to 1.
        let share = (Double(first &>> 11) + 1) * 0x1p-53
        let radius = (-2 * PortableFunctions.logarithm(share)).squareRoot()
        let (sine, cosine) = PortableFunctions.sineAndCosine(turns: Double(second &>> 11) * 0x1p-53)
        return (radius * cosine, radius * sine)
    }

    /// A number of the standard logistic distribution: above a margin as often as the logistic function says.
    @inline(__always)
    func logistic(_ row: Int, _ purpose: Purpose) -> Double {
        // Neither 0 nor 1, and what is left to 1 is exact.
        let share = (Double(words(row, 0, purpose).0 &>> 12) + 0.5) * 0x1p-52
        return PortableFunctions.logarithm(share) - PortableFunctions.logarithm(1 - share)
    }

    /// Standard normals, one a column.
    @unsafe @inline(__always)
    func fill(_ row: Int, columns: Int, into target: UnsafeMutablePointer<Double>) {
        for pair in 0..<columns / 2 {
            unsafe (target[2 * pair], target[2 * pair + 1]) = normals(row, pair, .values)
        }
        if columns % 2 == 1 { unsafe target[columns - 1] = normals(row, columns / 2, .values).0 }
    }

    /// Standard normals that belong to no row.
    func normals(count: Int, _ purpose: Purpose) -> [Double] {
        (0..<count).map { index in
            let pair = normals(0, index / 2, purpose)
            return index % 2 == 0 ? pair.0 : pair.1
        }
    }

    @inline(__always)
    private func words(_ row: Int, _ draw: Int, _ purpose: Purpose) -> (UInt64, UInt64) {
        let block = random.block(
            row: UInt64(truncatingIfNeeded: row), draw: UInt32(truncatingIfNeeded: draw), purpose: purpose.rawValue)
        return (UInt64(block.x) << 32 | UInt64(block.y), UInt64(block.z) << 32 | UInt64(block.w))
    }
}
