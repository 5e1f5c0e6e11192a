import Gyre
import Synchronization

/// The distances between centres, computed row by row by whoever needs a row first.
///
/// So a round's share of k² that nobody asks for is not computed, and what is asked for is computed by all workers. A row
/// is good for one set of centres, which has a number. Who finds a row in the making does not wait, but makes a copy for
/// itself.
final class CentreDistances: Sendable {
    /// Past this many centres the table would take more than 32 MiB; one does without it.
    static let most = 2048

    /// A row: the squared distances to all centres, rounded down, and behind them the square of half the least of them
    /// to another centre.
    typealias Row = UnsafePointer<Double>

    private final class Stamp: Sendable {
        /// 2n while the row is made for the centres of number n, 2n + 1 when it is there.
        let value = Atomic<Int>(0)
    }

    private let count: Int
    private let stamps: [Stamp]
    private let values: SharedVector<Double>

    /// - Parameter count: how many centres.
    init(count: Int) {
        self.count = count
        stamps = (0..<count).map { _ in Stamp() }
        values = SharedVector(count: count * (count + 1))
    }

    /// The row of a centre; good until the round ends, or `spare`, room for a row, is used again.
    ///
    /// - Parameter version: the centres' number, at least 1, which grows with each set of them.
    func row(
        _ centre: Int, of centres: UnsafePointer<Double>, columnCount: Int, version: Int,
        spare: UnsafeMutablePointer<Double>
    ) -> Row {
        let stamp = stamps[centre]
        let row = values.base + centre * (count + 1)
        let found = stamp.value.load(ordering: .acquiring)
        if found == 2 * version + 1 { return Row(row) }
        if found < 2 * version,
            stamp.value.compareExchange(expected: found, desired: 2 * version, ordering: .acquiring).exchanged
        {
            fill(row, centre, centres, columnCount)
            stamp.value.store(2 * version + 1, ordering: .releasing)
            return Row(row)
        }
        fill(spare, centre, centres, columnCount)
        return Row(spare)
    }

    private func fill(
        _ row: UnsafeMutablePointer<Double>, _ centre: Int, _ centres: UnsafePointer<Double>, _ columnCount: Int
    ) {
        let factor = 1 - 8 * DistanceMargin(columnCount: columnCount).margin
        let own = centres + centre * columnCount
        var least = Double.infinity
        for other in 0..<count {
            let square = SquaredDistance.dense(own, centres + other * columnCount, columnCount) * factor
            row[other] = square
            if other != centre, square < least { least = square }
        }
        row[centre] = 0
        row[count] = least / 4
    }
}
