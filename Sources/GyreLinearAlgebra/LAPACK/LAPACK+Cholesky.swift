extension LAPACK {
    /// Cholesky's factorisation A = UᵀU of a symmetric positive definite matrix of which the upper triangle is given, and
    /// replaced by U. What lies below is left alone. Takes n³ / 3 operations.
    @inlinable
    public static func potrf<Scalar: LinearScalar>(
        _ n: Int, _ a: UnsafeMutablePointer<Scalar>, stride: Int
    ) throws(LinearAlgebraError) {
        let minor = Scalar.Routines.potrf(n, a, stride: stride)
        if minor > 0 { throw .notPositiveDefinite(minor: minor) }
        // Implementations differ in whether they stop at not-a-number, and none stops at infinity.
        for index in 0..<n {
            let pivot = a[index * stride + index]
            if !(pivot > 0 && pivot.isFinite) { throw .notPositiveDefinite(minor: index + 1) }
        }
    }

    /// Solves A · X = B in the place of B (n × columns), by `potrf`'s factor of A.
    @inlinable
    public static func potrs<Scalar: LinearScalar>(
        _ n: Int, columns: Int, _ factor: UnsafePointer<Scalar>, stride: Int,
        _ b: UnsafeMutablePointer<Scalar>, strideB: Int
    ) {
        BLAS.trsm(transposed: true, n: n, columns: columns, factor, stride: stride, b, strideB: strideB)
        BLAS.trsm(n: n, columns: columns, factor, stride: stride, b, strideB: strideB)
    }

    /// An estimate of the reciprocal of A's condition number in the 1-norm, by `potrf`'s factor and A's norm from before
    /// (`lansy`): 1 is best, and below the rounding unit A is singular to working precision. Takes O(n²).
    @inlinable
    public static func pocon<Scalar: LinearScalar>(
        _ n: Int, _ factor: UnsafePointer<Scalar>, stride: Int, norm: Scalar
    ) -> Scalar {
        n == 0 ? 1 : Scalar.Routines.pocon(n, factor, stride: stride, norm: norm)
    }

    /// The 1-norm of a symmetric matrix of which the upper triangle is given: the largest sum of magnitudes of a column.
    @inlinable
    public static func lansy<Scalar: LinearScalar>(_ n: Int, _ a: UnsafePointer<Scalar>, stride: Int) -> Scalar {
        n == 0 ? 0 : Scalar.Routines.lansy(n, a, stride: stride)
    }
}
