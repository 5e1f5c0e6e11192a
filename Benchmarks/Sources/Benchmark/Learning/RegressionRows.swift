import Gyre
import GyreLearning

/// Rows for regressions, the same bits in `Peers/learning.py`: roughly normal features, a linear combination of them, and
/// noise.
///
/// A feature is the sum of the four parts of a random number of 63 bits, less its mean, by its deviation; sums run column by
/// column, so that both sides round alike.
enum RegressionRows {
    /// The standard deviation of the sum of three parts of 16 bits and one of 15, rounded.
    private static let deviation = 34106.0

    @inline(__always)
    private static func normal(_ stream: UInt64, _ place: Int) -> Double {
        let bits = UInt64(bitPattern: CounterRandom.number(stream, place, below: .max))
        let sum = (bits & 0xffff) + (bits >> 16 & 0xffff) + (bits >> 32 & 0xffff) + (bits >> 48)
        return (Double(sum) - 114_686) / deviation
    }

    /// Features, row by row, and the numbers to be predicted.
    static func draw(rows: Int, columns: Int) -> (features: [Double], labels: [Double]) {
        let features = [Double](unsafeUninitializedCapacity: rows * columns) { target, count in
            for place in 0..<rows * columns { target.initializeElement(at: place, to: normal(20, place)) }
            count = rows * columns
        }
        let coefficients = (0..<columns).map { normal(21, $0) }
        var labels = (0..<rows).map { normal(22, $0) }
        for column in 0..<columns {
            for row in 0..<rows { labels[row] += features[row * columns + column] * coefficients[column] }
        }
        return (features, labels)
    }

    static func table(rows: Int, columns: Int, isBinary: Bool) -> FeatureTable {
        let (features, labels) = draw(rows: rows, columns: columns)
        return FeatureTable(
            rows: features, columnCount: columns,
            labels: .numbers(ArraySlice(isBinary ? labels.map { $0 > 0 ? 1 : 0 } : labels)))
    }
}
