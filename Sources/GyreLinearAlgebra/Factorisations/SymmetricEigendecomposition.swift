/// The decomposition A = Vᵀ · diag(values) · V of a symmetric matrix. Of A only the upper triangle is read.
public struct SymmetricEigendecomposition<Scalar: LinearScalar>: Sendable {
    /// Ascending.
    public let values: Vector<Scalar>
    /// V: **row** i is the unit eigenvector of value i, up to its sign.
    public let vectors: Matrix<Scalar>

    /// Takes O(n³). Throws if the matrix is not square, not finite in its upper triangle, or if it does not converge.
    @inlinable
    public init(_ matrix: Matrix<Scalar>) throws(LinearAlgebraError) {
        let operation = "symmetric eigendecomposition"
        guard matrix.rows == matrix.columns else { throw .notSquare(operation: operation, shape: matrix.shape) }
        for row in 0..<matrix.rows { try matrix[rows: row...row, columns: row...].requireFinite(operation) }
        let n = matrix.rows
        var vectors = matrix.compacted()
        var values = Vector<Scalar>(count: n)
        try vectors.withUnsafeMutableElements { a, stride throws(LinearAlgebraError) in
            try values.withUnsafeMutableElements { values throws(LinearAlgebraError) in
                try LAPACK.syevd(vectors: true, n, a, stride: stride, values: values)
            }
        }
        self.values = values
        self.vectors = vectors
    }
}
