package import Gyre

/// A seeded permutation of 0 ..< 2^bits, computed number by number: no table, a few nanoseconds.
///
/// Each step multiplies by an odd number and adds, modulo 2^bits, then folds the upper half into the lower one. Both can
/// be undone, so the whole is a bijection whatever the seed.
package struct VertexShuffle: Sendable {
    private struct Step: Sendable {
        let factor: UInt64
        let summand: UInt64
    }

    /// What `CounterRandom` draws here and nowhere else.
    private static let purpose: UInt32 = 0x5348_5546

    private let mask: UInt64
    private let fold: UInt64
    private let first: Step
    private let second: Step
    private let third: Step

    package init(bits: Int, random: CounterRandom) {
        precondition(0..<64 ~= bits, "bits is \(bits), expected from 0 to 63")
        mask = (1 << UInt64(bits)) &- 1
        fold = UInt64(max(1, (bits + 1) / 2))
        func step(_ number: UInt64) -> Step {
            let words = random.block(row: number, purpose: Self.purpose)
            return Step(
                factor: UInt64(words.x) << 32 | UInt64(words.y) | 1,
                summand: UInt64(words.z) << 32 | UInt64(words.w))
        }
        first = step(0)
        second = step(1)
        third = step(2)
    }

    @inline(__always)
    package func callAsFunction(_ number: UInt64) -> UInt64 {
        apply(third, apply(second, apply(first, number)))
    }

    @inline(__always)
    private func apply(_ step: Step, _ number: UInt64) -> UInt64 {
        let sum = (number &* step.factor &+ step.summand) & mask
        return sum ^ (sum &>> fold)
    }
}
