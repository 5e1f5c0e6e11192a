/// A linear model with noise: the values are standard normals, and the label is x·w + b plus a normal of a given
/// deviation. Weights and intercept are standard normals too.
public struct LinearTable: GeneratedTable {
    public let rowCount: Int
    public let columnCount: Int
    /// The noise's standard deviation.
    public let noise: Double
    /// What the labels were made with, one a column.
    public let weights: [Double]
    public let intercept: Double
    public var hasClasses: Bool { false }

    private let draws: TableDraws

    /// - Precondition: `TableLimits` are kept; `noise` is finite and not negative.
    public init(rows: Int, columns: Int, noise: Double = 1, seed: UInt64 = 0) {
        TableLimits.check(rows: rows, columns: columns)
        precondition(noise >= 0 && noise.isFinite, "noise is \(noise), expected at least 0")
        rowCount = rows
        columnCount = columns
        self.noise = noise
        draws = TableDraws(seed: seed)
        weights = draws.normals(count: columns, .weights)
        intercept = draws.normals(0, 0, .intercept).0
    }

    @unsafe public func fill(
        rows: Range<Int>, into values: UnsafeMutablePointer<Double>, labels: UnsafeMutablePointer<Double>
    ) {
        for (index, row) in rows.enumerated() {
            let target = unsafe values + index * columnCount
            unsafe draws.fill(row, columns: columnCount, into: target)
            let margin = unsafe LinearMargin.of(target, weights, intercept)
            unsafe labels[index] = margin + noise * draws.normals(row, 0, .labels).0
        }
    }
}

/// What a linear model says of a row.
enum LinearMargin {
    /// x·w + b, summed from the intercept on in the order of the columns: labels depend on it to the bit.
    @unsafe static func of(_ row: UnsafePointer<Double>, _ weights: [Double], _ intercept: Double) -> Double {
        var sum = intercept
        for column in weights.indices { unsafe sum += row[column] * weights[column] }
        return sum
    }
}
