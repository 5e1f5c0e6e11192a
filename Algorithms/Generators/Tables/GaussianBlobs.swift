/// Clusters: points around centres, normally distributed with the same deviation in every direction. The label is the
/// number of the centre.
///
/// As scikit-learn's `make_blobs`, centres are drawn evenly from the box from −10 to 10, except that each row picks its
/// centre at random, so that clusters are of about one size and not exactly.
public struct GaussianBlobs: GeneratedTable {
    public let rowCount: Int
    public let columnCount: Int
    public let centerCount: Int
    public let deviation: Double
    /// Row-major: a centre after the other.
    public let centers: [Double]
    public var hasClasses: Bool { true }

    private let draws: TableDraws

    /// How many centres can be asked for.
    public static let centerCounts = 1...10_000

    /// - Precondition: `TableLimits` and `centerCounts` are kept; `deviation` is finite and not negative.
    public init(rows: Int, columns: Int, centers: Int = 3, deviation: Double = 1, seed: UInt64 = 0) {
        TableLimits.check(rows: rows, columns: columns)
        precondition(Self.centerCounts ~= centers, "centers is \(centers), expected \(Self.centerCounts)")
        precondition(deviation >= 0 && deviation.isFinite, "deviation is \(deviation), expected at least 0")
        rowCount = rows
        columnCount = columns
        centerCount = centers
        self.deviation = deviation
        let draws = TableDraws(seed: seed)
        self.draws = draws
        self.centers = (0..<centers * columns).map { index in
            let (center, column) = (index / columns, index % columns)
            let pair = draws.uniforms(center, column / 2, .centers)
            return (column % 2 == 0 ? pair.0 : pair.1) * 20 - 10
        }
    }

    @unsafe public func fill(
        rows: Range<Int>, into values: UnsafeMutablePointer<Double>, labels: UnsafeMutablePointer<Double>
    ) {
        unsafe centers.withUnsafeBufferPointer { centers in
            for (index, row) in rows.enumerated() {
                let center = Int(draws.uniforms(row, 0, .labels).0 * Double(centerCount))
                let target = unsafe values + index * columnCount
                unsafe draws.fill(row, columns: columnCount, into: target)
                for column in 0..<columnCount {
                    unsafe target[column] = centers[center * columnCount + column] + deviation * target[column]
                }
                unsafe labels[index] = Double(center)
            }
        }
    }
}
