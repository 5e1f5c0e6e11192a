/// The factorisation A = UᵀU of a symmetric positive definite matrix: the fastest way to solve A · x = b, as good as A is
/// conditioned. Of A only the upper triangle is read.
public struct Cholesky<Scalar: LinearScalar>: Sendable {
    /// U, upper triangular; zeros below.
    public let factor: Matrix<Scalar>
    /// An estimate of the reciprocal of A's condition number in the 1-norm: 1 is best, and at the rounding unit
    /// (`Scalar.ulpOfOne`) solutions have no correct digit.
    public let reciprocalCondition: Scalar

    /// Factorises a matrix in n³ / 3 operations. Throws if it is not square, or not positive definite, which a matrix
    /// with an element that is not finite never is.
    @inlinable
    public init(_ matrix: Matrix<Scalar>) throws(LinearAlgebraError) {
        guard matrix.rows == matrix.columns else {
            throw .notSquare(operation: "Cholesky's factorisation", shape: matrix.shape)
        }
        let n = matrix.rows
        var factor = matrix.compacted()
        reciprocalCondition = try factor.withUnsafeMutableElements { a, stride throws(LinearAlgebraError) in
            let norm = LAPACK.lansy(n, a, stride: stride)
            try LAPACK.potrf(n, a, stride: stride)
            for row in 0..<n { (a + row * stride).update(repeating: 0, count: row) }
            return LAPACK.pocon(n, a, stride: stride, norm: norm)
        }
        self.factor = factor
    }

    /// The solution X of A · X = B, in 2n² operations for each column. Throws if B has another number of rows.
    @inlinable
    public func solve(_ b: Matrix<Scalar>) throws(LinearAlgebraError) -> Matrix<Scalar> {
        guard b.rows == factor.rows else {
            throw .shapeMismatch(operation: "Cholesky solution", left: factor.shape, right: b.shape)
        }
        var x = b.compacted()
        x.withUnsafeMutableElements { x, strideX in
            factor.withUnsafeElements { a, stride in
                LAPACK.potrs(factor.rows, columns: b.columns, a, stride: stride, x, strideB: strideX)
            }
        }
        return x
    }

    /// The solution x of A · x = b.
    @inlinable
    public func solve(_ b: Vector<Scalar>) throws(LinearAlgebraError) -> Vector<Scalar> {
        Vector(try solve(Matrix(column: b)))
    }
}
