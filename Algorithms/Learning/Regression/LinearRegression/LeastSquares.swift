import Gyre
import GyreLearning

/// What minimises ½·Σ w·(y − x·b)² + ½·l2·‖b‖² over centred rows.
struct LeastSquares: Codable, Sendable {
    var coefficients: [Double]
    /// Of the features' centred matrix; less than their number where columns are constant or depend on each other.
    var rank: Int
    /// The minimum.
    var loss: Double
}

extension LeastSquares {
    /// A reciprocal condition number of the normal equations below which they are not trusted: they lose as many digits
    /// as it has zeros, so beyond 10⁸ more than half of them, while a factor of the rows themselves loses half as many.
    static let leastCondition = 1e-8

    /// Solves the normal equations by Cholesky's factor; nil where they are too ill-conditioned, or singular.
    ///
    /// Columns are scaled to the length 1 first: the solution does not depend on it, and then the condition number is
    /// that of the problem instead of the units of the columns.
    init?(_ products: CentredProducts, penalty: Double, isIn active: [Int]) {
        let (size, columns) = (active.count, products.columnCount)
        let scales = active.map { 1 / (products.square($0) + penalty).squareRoot() }
        var matrix = Array(repeating: 0.0, count: size * size)
        var solution = Array(repeating: 0.0, count: size)
        for (row, column) in active.enumerated() {
            for (place, other) in active.enumerated().dropFirst(row) {
                matrix[row * size + place] = products.values[column * columns + other] * scales[row] * scales[place]
            }
            matrix[row * size + row] = 1
            solution[row] = products.withLabel(column) * scales[row]
        }
        let norm = LAPACK.lansy(size, matrix, stride: max(1, size))
        guard (try? LAPACK.potrf(size, &matrix, stride: max(1, size))) != nil,
            LAPACK.pocon(size, matrix, stride: max(1, size), norm: norm) >= Self.leastCondition
        else { return nil }
        LAPACK.potrs(size, columns: 1, matrix, stride: max(1, size), &solution, strideB: 1)
        coefficients = Array(repeating: 0, count: products.featureCount)
        rank = size
        var explained = 0.0
        for (place, column) in active.enumerated() {
            coefficients[column] = solution[place] * scales[place]
            explained += coefficients[column] * products.withLabel(column)
        }
        loss = max(0, products.square(products.featureCount) - explained) / 2
    }

    /// Solves by the triangular factor of the centred rows with their label behind, of any rank: where columns depend on
    /// each other, it is the solution of least length.
    ///
    /// - Parameter rowCount: how many rows the factor is of; with the features' number it says what counts as zero.
    init(_ factor: TriangularFactor, penalty: Double, isIn active: [Int], rowCount: Int) throws {
        let (size, columns) = (active.count, factor.columnCount)
        var reduced = TriangularFactor(columnCount: size + 1)
        let penalties = penalty > 0 ? size : 0
        reduced.add(rowCount: columns + penalties) { target, stride in
            for row in 0..<columns {
                for (place, column) in active.enumerated() {
                    target[row * stride + place] = factor.values[row * columns + column]
                }
                target[row * stride + size] = factor.values[row * columns + columns - 1]
            }
            for place in 0..<penalties {
                for column in 0...size { target[(columns + place) * stride + column] = 0 }
                target[(columns + place) * stride + place] = penalty.squareRoot()
            }
        }
        let width = size + 1
        var matrix: [Double] = []
        for row in 0..<size { matrix += reduced.values[row * width..<row * width + size] }
        let right = (0..<size).map { reduced.values[$0 * width + size] }
        var solution = right
        var lost = matrix
        var singular = Array(repeating: 0.0, count: size)
        rank = try LAPACK.gelsd(
            rows: size, columns: size, rightSides: 1, &lost, stride: max(1, size), &solution, strideB: 1,
            tolerance: Double(max(rowCount, columns - 1)) * .ulpOfOne, values: &singular)
        if rank == size {
            // A triangular system does not depend on the columns' units, as singular values do.
            solution = right
            try LAPACK.trtrs(n: size, columns: 1, matrix, stride: max(1, size), &solution, strideB: 1)
        }
        var residual = reduced.values[size * width + size] * reduced.values[size * width + size]
        for row in 0..<size where rank < size {
            var difference = right[row]
            for column in row..<size { difference -= matrix[row * size + column] * solution[column] }
            residual += difference * difference
        }
        loss = residual / 2
        coefficients = Array(repeating: 0, count: columns - 1)
        for (place, column) in active.enumerated() { coefficients[column] = solution[place] }
    }
}
