import GyreLearning

/// The squared distances that decide. Whoever compares a row with centres exactly does it by these sums, so that the
/// nearest centre is the same wherever it was looked for.
enum SquaredDistance {
    /// Σ (a − b)² of two dense vectors, in four interleaved sums.
    @inline(__always)
    static func dense(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> Double {
        var even = SIMD2<Double>.zero
        var odd = even
        var column = 0
        while column + 4 <= count {
            let first = pair(a + column) - pair(b + column)
            let second = pair(a + column + 2) - pair(b + column + 2)
            even += first * first
            odd += second * second
            column += 4
        }
        var rest = 0.0
        while column < count {
            let difference = a[column] - b[column]
            rest += difference * difference
            column += 1
        }
        let sums = even + odd
        return sums.x + sums.y + rest
    }

    /// The same sum as `dense(a, b)`, which keeps the differences.
    @inline(__always)
    static func dense(
        _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int,
        differences: UnsafeMutablePointer<Double>
    ) -> Double {
        var even = SIMD2<Double>.zero
        var odd = even
        var column = 0
        let target = UnsafeMutableRawPointer(differences)
        while column + 4 <= count {
            let first = pair(a + column) - pair(b + column)
            let second = pair(a + column + 2) - pair(b + column + 2)
            target.storeBytes(of: first, toByteOffset: column * 8, as: SIMD2<Double>.self)
            target.storeBytes(of: second, toByteOffset: column * 8 + 16, as: SIMD2<Double>.self)
            even += first * first
            odd += second * second
            column += 4
        }
        var rest = 0.0
        while column < count {
            let difference = a[column] - b[column]
            differences[column] = difference
            rest += difference * difference
            column += 1
        }
        let sums = even + odd
        return sums.x + sums.y + rest
    }

    /// |c|² + Σ x (x − 2c) over the entries of a sparse row x: as much work as the row has entries, and exact but for
    /// rounding in the size of |x|² + |c|².
    @inline(__always)
    static func sparse(
        _ columns: UnsafePointer<Int32>, _ values: UnsafePointer<Double>, _ entries: Range<Int>,
        _ centre: UnsafePointer<Double>, norm: Double
    ) -> Double {
        var sum = norm
        for entry in entries {
            let value = values[entry]
            sum += value * (value - 2 * centre[Int(columns[entry])])
        }
        return max(0, sum)
    }

    /// Two numbers, wherever they lie.
    @inline(__always)
    static func pair(_ place: UnsafePointer<Double>) -> SIMD2<Double> {
        UnsafeRawPointer(place).loadUnaligned(as: SIMD2<Double>.self)
    }
}

/// How far computed distances may be from true ones, for `columnCount` columns.
///
/// A bound that is inflated by `margin` holds for what `SquaredDistance` computes, not only for the true distance: a sum
/// of n squares has a relative error of at most (n + 3) half units in the last place.
struct DistanceMargin: Sendable {
    /// Relative, of a distance.
    let margin: Double
    /// What a squared distance computed as |x|² + |c|² − 2xc is off by, in parts of (|x| + |c|)².
    let cancelled: Double

    init(columnCount: Int) {
        margin = Double(columnCount + 16) * .ulpOfOne
        cancelled = 4 * Double(columnCount + 16) * .ulpOfOne
    }

    /// At least the distance.
    @inline(__always)
    func above(_ distance: Double) -> Double { distance * (1 + 3 * margin) }
    /// At most the distance.
    @inline(__always)
    func below(_ distance: Double) -> Double { distance * (1 - 3 * margin) }
}
