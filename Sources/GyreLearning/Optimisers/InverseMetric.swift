/// An approximation of a Hessian that directions are multiplied by the inverse of.
public enum InverseMetric: Codable, Equatable, Sendable {
    case identity
    /// The Hessian's diagonal, positive.
    case diagonal([Double])
    /// The upper triangular Cholesky factor R of the Hessian RᵀR, row by row, a square of the dimension.
    case cholesky([Double])

    /// Replaces `vector` by the inverse times `vector`.
    func apply(to vector: inout [Double]) {
        switch self {
        case .identity: return
        case .diagonal(let diagonal):
            precondition(diagonal.count == vector.count, "a metric of \(diagonal.count) for \(vector.count) numbers")
            for index in vector.indices { vector[index] /= diagonal[index] }
        case .cholesky(let factor):
            let count = vector.count
            precondition(factor.count == count * count, "a factor of \(factor.count) for \(count) numbers")
            // Rᵀ z = v, by rows of R from the first; then R x = z, by rows from the last.
            for row in 0..<count {
                vector[row] /= factor[row * count + row]
                let value = vector[row]
                for column in stride(from: row + 1, to: count, by: 1) {
                    vector[column] -= factor[row * count + column] * value
                }
            }
            for row in stride(from: count - 1, through: 0, by: -1) {
                var value = vector[row]
                for column in stride(from: row + 1, to: count, by: 1) {
                    value -= factor[row * count + column] * vector[column]
                }
                vector[row] = value / factor[row * count + row]
            }
        }
    }
}
