/// Two classes, 0 and 1, drawn from a logistic model: the values are standard normals, and a row is of class 1 with the
/// probability 1 / (1 + exp(−(x·w + b))).
///
/// The weights point anywhere and have the length 2, whatever the number of columns, so that classes overlap: with
/// more than a few rows a column, the fit without penalty is finite. The intercept is drawn evenly from −1 to 1.
public struct LogisticTable: GeneratedTable {
    public let rowCount: Int
    public let columnCount: Int
    /// What the labels were drawn with, one a column.
    public let weights: [Double]
    public let intercept: Double
    public var hasClasses: Bool { true }

    private let draws: TableDraws

    /// - Precondition: `TableLimits` are kept.
    public init(rows: Int, columns: Int, seed: UInt64 = 0) {
        TableLimits.check(rows: rows, columns: columns)
        rowCount = rows
        columnCount = columns
        draws = TableDraws(seed: seed)
        let direction = draws.normals(count: columns, .weights)
        let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
        weights = direction.map { $0 / length * 2 }
        intercept = draws.uniforms(0, 0, .intercept).0 * 2 - 1
    }

    @unsafe public func fill(
        rows: Range<Int>, into values: UnsafeMutablePointer<Double>, labels: UnsafeMutablePointer<Double>
    ) {
        for (index, row) in rows.enumerated() {
            let target = unsafe values + index * columnCount
            unsafe draws.fill(row, columns: columnCount, into: target)
            let margin = unsafe LinearMargin.of(target, weights, intercept)
            unsafe labels[index] = margin + draws.logistic(row, .labels) > 0 ? 1 : 0
        }
    }
}
