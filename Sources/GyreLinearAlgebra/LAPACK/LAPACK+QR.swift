extension LAPACK {
    /// The factorisation A = QR of a matrix rows × columns. R replaces the upper triangle; what lies below, with the
    /// min(rows, columns) scalars in `tau`, stands for Q: see `ormqr` and `orgqr`.
    @inlinable
    public static func geqrf<Scalar: LinearScalar>(
        rows: Int, columns: Int, _ a: UnsafeMutablePointer<Scalar>, stride: Int, tau: UnsafeMutablePointer<Scalar>
    ) {
        if rows == 0 || columns == 0 { return }
        Scalar.Routines.geqrf(rows: rows, columns: columns, a, stride: stride, tau: tau)
    }

    /// Replaces C (rows × columns) by QC, or by QᵀC, for the whole Q (rows × rows) of the first `reflectors` scalars that
    /// `geqrf` left in `tau`.
    @inlinable
    public static func ormqr<Scalar: LinearScalar>(
        transposed: Bool, rows: Int, columns: Int, reflectors: Int, _ a: UnsafePointer<Scalar>, stride: Int,
        tau: UnsafePointer<Scalar>, _ c: UnsafeMutablePointer<Scalar>, strideC: Int
    ) {
        if rows == 0 || columns == 0 || reflectors == 0 { return }
        Scalar.Routines.ormqr(
            transposed: transposed, rows: rows, columns: columns, reflectors: reflectors, a, stride: stride, tau: tau,
            c, strideC: strideC)
    }

    /// Replaces what `geqrf` left by the first `columns` columns of Q: at least as many as `reflectors`, at most `rows`.
    @inlinable
    public static func orgqr<Scalar: LinearScalar>(
        rows: Int, columns: Int, reflectors: Int, _ a: UnsafeMutablePointer<Scalar>, stride: Int,
        tau: UnsafePointer<Scalar>
    ) {
        if rows == 0 || columns == 0 { return }
        Scalar.Routines.orgqr(rows: rows, columns: columns, reflectors: reflectors, a, stride: stride, tau: tau)
    }

    /// Solves U · X = B, or with Uᵀ, in the place of B (n × columns), by the upper triangle of A (n × n). Throws if its
    /// diagonal has a zero, before B is touched.
    @inlinable
    public static func trtrs<Scalar: LinearScalar>(
        transposed: Bool = false, n: Int, columns: Int, _ a: UnsafePointer<Scalar>, stride: Int,
        _ b: UnsafeMutablePointer<Scalar>, strideB: Int
    ) throws(LinearAlgebraError) {
        for index in 0..<n where a[index * stride + index] == 0 { throw .singular(index: index) }
        BLAS.trsm(transposed: transposed, n: n, columns: columns, a, stride: stride, b, strideB: strideB)
    }

    /// An estimate of the reciprocal of the condition number, in the 1-norm, of the upper triangle of A. Takes O(n²).
    @inlinable
    public static func trcon<Scalar: LinearScalar>(_ n: Int, _ a: UnsafePointer<Scalar>, stride: Int) -> Scalar {
        n == 0 ? 1 : Scalar.Routines.trcon(n, a, stride: stride)
    }
}
