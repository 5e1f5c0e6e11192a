import GyreLinearAlgebra

/// The plane through the mean of a table's rows along which they spread most: their first two principal components.
///
/// The mean and the covariance are those of at most 20,000 evenly spaced rows, fewer of many features; of one feature, the second coordinate is 0.
/// The larger component of each direction is positive, so that a picture does not depend on an arbitrary sign.
///
/// - Complexity: O(sample × features² + features³).
public struct PrincipalPlane: Sendable {
    private static let mostRows = 20_000
    /// Of all rows that are looked at: fewer rows where there are many features.
    private static let mostNumbers = 4_000_000

    private let mean: [Double]
    private let directions: [[Double]]

    /// - Throws: `LearningError.notFinite`; `LearningError.noRows`.
    public init(of table: FeatureTable) throws {
        guard table.rowCount > 0 else { throw LearningError.noRows }
        let features = table.schema.features.count
        let most = max(2, min(Self.mostRows, Self.mostNumbers / max(1, features)))
        let step = (table.rowCount + most - 1) / most
        let rows = stride(from: 0, to: table.rowCount, by: step).map { table.row($0) }
        var mean = [Double](repeating: 0, count: features)
        for row in rows { for column in 0..<features { mean[column] += row[column] / Double(rows.count) } }
        let centered = Matrix<Double>(rows: rows.count, columns: features) { rows[$0][$1] - mean[$1] }
        self.mean = mean
        do {
            let decomposition = try SymmetricEigendecomposition(centered.gram())
            // Eigenvalues ascend.
            directions = (0..<min(2, features)).map { number in
                let vector = (0..<features).map { decomposition.vectors[features - 1 - number, $0] }
                let largest = vector.max { abs($0) < abs($1) } ?? 1
                return largest < 0 ? vector.map { -$0 } : vector
            }
        } catch {
            throw table.locateNotFinite() ?? LearningError.diverged(algorithm: "principal components", round: 1)
        }
    }

    /// Where rows lie in the plane.
    public func places(of rows: DenseRows) -> [(x: Double, y: Double)] {
        (0..<rows.rowCount).map { row in place { rows[row, $0] } }
    }

    /// Where a row of a table lies in the plane.
    public func place(of table: FeatureTable, row: Int) -> (x: Double, y: Double) {
        let values = table.row(row)
        return place { values[$0] }
    }

    private func place(_ value: (Int) -> Double) -> (x: Double, y: Double) {
        func coordinate(_ number: Int) -> Double {
            guard number < directions.count else { return 0 }
            return mean.indices.reduce(0) { $0 + (value($1) - mean[$1]) * directions[number][$1] }
        }
        return (coordinate(0), coordinate(1))
    }
}
