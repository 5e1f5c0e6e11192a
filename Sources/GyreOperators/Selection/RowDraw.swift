import Foundation
import GyreColumns

/// Random numbers of rows: a function of the seed, the instance and the row's position in it, never of time.
public struct RowDraw: Sendable {
    private let state: UInt64

    public init(seed: UInt64, instance: Int) {
        state = StableHash.combine(StableHash.mix(seed &+ 0x51), UInt64(truncatingIfNeeded: instance))
    }

    /// The number of a row.
    public func number(_ position: Int) -> UInt64 {
        StableHash.combine(state, UInt64(truncatingIfNeeded: position))
    }

    /// The number of a row, in 0 ..< 1.
    public func uniform(_ position: Int) -> Double {
        Double(number(position) >> 11) * 0x1p-53
    }

    /// The `index`-th further number of a row.
    public func number(_ position: Int, _ index: Int) -> UInt64 {
        StableHash.combine(number(position), UInt64(truncatingIfNeeded: index &+ 1))
    }

    /// How often a row is drawn with replacement: a Poisson number of the given mean, by inversion.
    ///
    /// - Complexity: O(mean).
    public func poisson(mean: Double, _ position: Int) -> Int {
        var probability = exp(-mean)
        var left = uniform(position) - probability
        var count = 0
        // Behind the greatest number that can be drawn the probabilities only fall, to nothing.
        while left >= 0, Double(count) < mean || probability > 0 {
            count += 1
            probability *= mean / Double(count)
            left -= probability
        }
        return count
    }

    /// Of `slots` places, those that a row takes where it takes each by the chance `1 / odds`, ascending.
    ///
    /// - Complexity: O(slots / odds), by skipping from one to the next.
    public func slots(_ slots: Int, odds: Int, _ position: Int) -> [Int] {
        guard odds > 1 else { return Array(0..<slots) }
        var taken: [Int] = []
        let missed = log1p(-1 / Double(odds))
        var slot = -1
        for index in 0... {
            let uniform = (Double(number(position, index) >> 11) + 1) * 0x1p-53
            let skip = log(uniform) / missed
            guard skip < Double(slots - slot - 1) else { break }
            slot += Int(skip) + 1
            taken.append(slot)
        }
        return taken
    }
}
