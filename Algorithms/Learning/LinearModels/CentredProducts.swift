import Gyre
import GyreLearning

/// The weight of rows, the means of their columns, and the sums of products of what rows differ from them:
/// Σ w·(xᵢ − mᵢ)·(xⱼ − mⱼ).
///
/// The label is one more column, behind the features.
///
/// Sums of two sets of rows are merged exactly as Chan, Golub and LeVeque do, so that large offsets lose no digits.
struct CentredProducts: Codable, Sendable {
    /// Which products are kept.
    enum Extent: String, Codable, Sendable {
        /// All pairs of columns: the upper triangle of a square, row by row.
        case all
        /// Each column with itself, then each column with the label: for features that are too many for a square.
        case own
    }

    let extent: Extent
    /// Features, and the label.
    let columnCount: Int
    /// False where means are left at zero and products are those of the values themselves: for models without an
    /// intercept.
    let isCentred: Bool
    var weight = 0.0
    var means: [Double]
    var values: [Double]

    init(featureCount: Int, extent: Extent, isCentred: Bool) {
        self.extent = extent
        self.isCentred = isCentred
        columnCount = featureCount + 1
        means = Array(repeating: 0, count: columnCount)
        values = Array(repeating: 0, count: Self.valueCount(columns: columnCount, extent))
    }

    private static func valueCount(columns: Int, _ extent: Extent) -> Int {
        switch extent {
        case .all: columns * columns
        case .own: 2 * columns
        }
    }

    /// Bytes that the products of so many features take.
    static func byteCount(featureCount: Int, extent: Extent) -> Int {
        (valueCount(columns: featureCount + 1, extent) + featureCount + 1) * 8
    }

    var featureCount: Int { columnCount - 1 }

    var isFinite: Bool { weight.isFinite && means.allSatisfy(\.isFinite) && values.allSatisfy(\.isFinite) }

    /// A column's product with itself.
    func square(_ column: Int) -> Double {
        switch extent {
        case .all: values[column * columnCount + column]
        case .own: values[column]
        }
    }

    /// A feature's product with the label.
    func withLabel(_ feature: Int) -> Double {
        switch extent {
        case .all: values[feature * columnCount + featureCount]
        case .own: values[columnCount + feature]
        }
    }

    /// Whether a column is constant but for rounding: what it differs from its mean is within ten rounding units of it.
    func isConstant(_ column: Int) -> Bool {
        let noise = 10 * Double.ulpOfOne * abs(means[column])
        return square(column) <= weight * noise * noise
    }

    /// Adds the sums of other rows.
    mutating func add(_ other: CentredProducts) {
        guard other.weight != 0 else { return }
        let shift = beginMerge(weight: other.weight, means: other.means)
        for index in values.indices { values[index] += other.values[index] }
        add(shift)
    }

    /// Takes weight and means of other rows; what the difference of means adds to the products is the square of a row,
    /// which is left to the caller.
    mutating func beginMerge(weight otherWeight: Double, means otherMeans: [Double]) -> [Double] {
        let total = weight + otherWeight
        let factor = isCentred ? (weight * (otherWeight / total)).squareRoot() : 0
        var shift = Array(repeating: 0.0, count: columnCount)
        for column in means.indices {
            let delta = otherMeans[column] - means[column]
            shift[column] = delta * factor
            if isCentred { means[column] += delta * (otherWeight / total) }
        }
        weight = total
        return shift
    }

    /// Adds the products of one row that is centred already.
    mutating func add(_ row: [Double]) {
        switch extent {
        case .all:
            for (index, factor) in row.enumerated() where factor != 0 {
                for other in index..<columnCount { values[index * columnCount + other] += factor * row[other] }
            }
        case .own:
            for (index, value) in row.enumerated() {
                values[index] += value * value
                values[columnCount + index] += value * row[featureCount]
            }
        }
    }
}
