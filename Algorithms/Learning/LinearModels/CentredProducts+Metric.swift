import Gyre
import GyreLearning

extension CentredProducts {
    /// The Hessian of a mean loss whose second derivative is the same for all rows, for an optimiser: of features, and of
    /// the intercept where there is one, which then is apart from them since they are centred.
    ///
    /// Scaled to the diagonal 1, it gets a hundred-millionth of that on top: columns that depend on each other leave it
    /// singular, and directions without curvature would be all noise.
    ///
    /// - Parameter constant: features whose row and column count as those of the unit matrix.
    func metric(curvature: Double, penalty: Double, constant: [Int]) -> InverseMetric {
        let size = featureCount + (isCentred ? 1 : 0)
        let isConstant = Set(constant)
        var diagonal = Array(repeating: curvature, count: size)
        for feature in 0..<featureCount {
            diagonal[feature] =
                isConstant.contains(feature) ? 1 : (curvature * square(feature) + penalty) / weight
        }
        guard extent == .all, size > 0 else { return .diagonal(diagonal) }
        let roots = diagonal.map { $0.squareRoot() }
        var matrix = Array(repeating: 0.0, count: size * size)
        for row in 0..<size {
            matrix[row * size + row] = 1 + 1e-8
            guard row < featureCount, !isConstant.contains(row) else { continue }
            for column in row + 1..<max(row + 1, featureCount) where !isConstant.contains(column) {
                let product = curvature * values[row * columnCount + column] / weight
                matrix[row * size + column] = product / (roots[row] * roots[column])
            }
        }
        guard (try? LAPACK.potrf(size, &matrix, stride: size)) != nil else { return .diagonal(diagonal) }
        // RᵀR is the scaled one; (R·roots)ᵀ(R·roots) the Hessian.
        for row in 0..<size {
            for column in row..<size { matrix[row * size + column] *= roots[column] }
        }
        return .cholesky(matrix)
    }
}
