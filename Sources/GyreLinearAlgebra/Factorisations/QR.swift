/// The factorisation A = QR of a matrix with at least as many rows as columns, for least squares: twice the work of
/// Cholesky on AᵀA, and it keeps the digits that squaring the condition would lose.
public struct QR<Scalar: LinearScalar>: Sendable {
    /// Reflections below the diagonal, R on it and above.
    @usableFromInline let reflections: Matrix<Scalar>
    @usableFromInline let tau: Vector<Scalar>
    /// An estimate of the reciprocal of R's condition number in the 1-norm: 0 if A's columns depend on each other.
    public let reciprocalCondition: Scalar

    /// Factorises a matrix in about 2 · rows · columns² operations. Throws if it has more columns than rows.
    @inlinable
    public init(_ matrix: Matrix<Scalar>) throws(LinearAlgebraError) {
        guard matrix.rows >= matrix.columns else { throw .wide(operation: "QR", shape: matrix.shape) }
        let (rows, columns) = (matrix.rows, matrix.columns)
        var reflections = matrix.compacted()
        var tau = Vector<Scalar>(count: columns)
        reciprocalCondition = reflections.withUnsafeMutableElements { a, stride in
            tau.withUnsafeMutableElements { LAPACK.geqrf(rows: rows, columns: columns, a, stride: stride, tau: $0) }
            return LAPACK.trcon(columns, a, stride: stride)
        }
        self.reflections = reflections
        self.tau = tau
    }

    /// R, columns × columns, upper triangular; zeros below.
    @inlinable
    public var r: Matrix<Scalar> {
        reflections.withUnsafeElements { a, stride in
            Matrix(rows: reflections.columns, columns: reflections.columns) { row, column in
                column < row ? 0 : a[row * stride + column]
            }
        }
    }

    /// The columns of Q that R multiplies, rows × columns and orthonormal. Computed anew in about 2 · rows · columns²
    /// operations.
    @inlinable
    public var q: Matrix<Scalar> {
        let (rows, columns) = (reflections.rows, reflections.columns)
        var q = reflections
        q.withUnsafeMutableElements { a, stride in
            tau.withUnsafeElements {
                LAPACK.orgqr(rows: rows, columns: columns, reflectors: columns, a, stride: stride, tau: $0)
            }
        }
        return q
    }

    /// The X that makes A · X − B least, in the sum of squares of each column. Throws if B has another number of rows,
    /// or if R has a zero on its diagonal; columns that depend on each other up to rounding show in
    /// `reciprocalCondition` only.
    @inlinable
    public func solve(_ b: Matrix<Scalar>) throws(LinearAlgebraError) -> Matrix<Scalar> {
        guard b.rows == reflections.rows else {
            throw .shapeMismatch(operation: "QR solution", left: reflections.shape, right: b.shape)
        }
        let (rows, columns, rightSides) = (reflections.rows, reflections.columns, b.columns)
        var x = b.compacted()
        try x.withUnsafeMutableElements { x, strideX throws(LinearAlgebraError) in
            try reflections.withUnsafeElements { a, stride throws(LinearAlgebraError) in
                tau.withUnsafeElements { tau in
                    LAPACK.ormqr(
                        transposed: true, rows: rows, columns: rightSides, reflectors: columns, a, stride: stride,
                        tau: tau, x, strideC: strideX)
                }
                try LAPACK.trtrs(n: columns, columns: rightSides, a, stride: stride, x, strideB: strideX)
            }
        }
        return x[rows: 0..<columns].compacted()
    }

    /// The x that makes A · x − b shortest.
    @inlinable
    public func solve(_ b: Vector<Scalar>) throws(LinearAlgebraError) -> Vector<Scalar> {
        Vector(try solve(Matrix(column: b)))
    }
}
