import Glibc
import Gyre
import GyreLearning

/// Draws rows by a seed.
enum RandomRows {
    /// What numbers are drawn for, so that no two uses see the same ones.
    enum Purpose {
        static let uniform: UInt32 = 0x6b6d_0001
        static let weighted: UInt32 = 0x6b6d_0002
        static let candidates: UInt32 = 0x6b6d_0003
    }

    /// `count` distinct rows, in proportion to their weights; rows of weight 0 only where there are no others.
    ///
    /// - Complexity: without weights `count` draws; with weights one a row.
    static func draw(_ count: Int, of table: FeatureTable, seed: UInt64) throws -> [Int] {
        let random = CounterRandom(seed: seed)
        guard table.schema.weight != nil else { return floyd(count, of: table.rowCount, random) }
        // The rows of the smallest -ln(u) / weight (Efraimidis and Spirakis, "Weighted random sampling with a
        // reservoir", 2006).
        var keys: [(key: Double, row: Int)] = []
        keys.reserveCapacity(table.rowCount)
        for weight in table.blocks.lazy.flatMap({ $0.weights ?? [] }) {
            guard weight.isFinite else {
                throw table.locateNotFinite() ?? .notFinite(column: "weight", row: keys.count)
            }
            guard weight >= 0 else { throw LearningError.badWeight(row: keys.count) }
            let unit = number(random.block(row: UInt64(keys.count), purpose: Purpose.weighted))
            keys.append((-log(max(unit, .leastNonzeroMagnitude)) / weight, keys.count))
        }
        keys.sort { ($0.key, $0.row) < ($1.key, $1.row) }
        return keys.prefix(count).map(\.row)
    }

    /// R. W. Floyd's sample, in Bentley, "Programming pearls: a sample of brilliance", CACM 1987.
    private static func floyd(_ count: Int, of total: Int, _ random: CounterRandom) -> [Int] {
        var isTaken: Set<Int> = []
        var rows: [Int] = []
        for (step, last) in (total - count..<total).enumerated() {
            let unit = number(random.block(row: UInt64(step), purpose: Purpose.uniform))
            var row = min(last, Int(unit * Double(last + 1)))
            if !isTaken.insert(row).inserted {
                row = last
                isTaken.insert(row)
            }
            rows.append(row)
        }
        return rows
    }

    /// A number from 0 up to but not including 1, of 53 bits.
    static func number(_ block: CounterRandom.Block) -> Double {
        Double((UInt64(block.x) << 32 | UInt64(block.y)) >> 11) * 0x1p-53
    }
}
