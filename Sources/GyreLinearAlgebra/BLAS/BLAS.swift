/// Products of vectors and matrices on raw memory, by OpenBLAS: for code that has checked its shapes already.
///
/// Matrices are **row-major**: element (i, j) of a matrix with row stride `s` is at `i * s + j`, and a stride is at
/// least the number of columns. Vectors are contiguous. **Nothing is checked**: neither sizes nor whether operands
/// overlap, which an output must not do with an input. Sizes of zero are fine, and then the pointers of what is empty
/// are not read; a size or stride past `Int32.max` traps.
///
/// A call runs on the calling thread alone and any number of threads may call at once; the same operands give the same
/// bits on the same kind of processor. Not-a-number propagates, except that `beta` of zero means that the output's old
/// content is not read. A call costs up to 30 ns besides the arithmetic.
public enum BLAS {
    /// The inner product of two vectors of `n` elements.
    @inlinable
    public static func dot<Scalar: LinearScalar>(
        _ n: Int, _ x: UnsafePointer<Scalar>, _ y: UnsafePointer<Scalar>
    ) -> Scalar {
        Scalar.Routines.dot(n, x, y)
    }

    /// Adds `alpha` times `x` to `y`.
    @inlinable
    public static func axpy<Scalar: LinearScalar>(
        _ n: Int, _ alpha: Scalar, _ x: UnsafePointer<Scalar>, _ y: UnsafeMutablePointer<Scalar>
    ) {
        Scalar.Routines.axpy(n, alpha, x, y)
    }

    /// Multiplies `x` by `alpha`. Implementations differ in what zero times not-a-number or infinity is.
    @inlinable
    public static func scale<Scalar: LinearScalar>(_ n: Int, _ alpha: Scalar, _ x: UnsafeMutablePointer<Scalar>) {
        Scalar.Routines.scale(n, alpha, x)
    }

    /// The Euclidean norm, without overflow where the squares would.
    @inlinable
    public static func norm2<Scalar: LinearScalar>(_ n: Int, _ x: UnsafePointer<Scalar>) -> Scalar {
        Scalar.Routines.norm2(n, x)
    }

    /// y = alpha · A · x + beta · y, or with Aᵀ. `rows` and `columns` are those of A as it lies in memory.
    @inlinable
    public static func gemv<Scalar: LinearScalar>(
        transposed: Bool = false, rows: Int, columns: Int, alpha: Scalar = 1,
        _ a: UnsafePointer<Scalar>, stride: Int, _ x: UnsafePointer<Scalar>,
        beta: Scalar = 0, _ y: UnsafeMutablePointer<Scalar>
    ) {
        // BLAS leaves y alone if A is empty on either side.
        if (transposed ? rows : columns) == 0 {
            return rescale(rows: 1, columns: transposed ? columns : rows, beta, y, stride: 0)
        }
        Scalar.Routines.gemv(
            transposed: transposed, rows: rows, columns: columns, alpha: alpha, a, stride: stride, x, beta: beta, y)
    }

    /// C = alpha · op(A) · op(B) + beta · C, where C is m × n and op(A) m × k; op transposes where that is asked for.
    @inlinable
    public static func gemm<Scalar: LinearScalar>(
        transposedA: Bool = false, transposedB: Bool = false, m: Int, n: Int, k: Int, alpha: Scalar = 1,
        _ a: UnsafePointer<Scalar>, strideA: Int, _ b: UnsafePointer<Scalar>, strideB: Int,
        beta: Scalar = 0, _ c: UnsafeMutablePointer<Scalar>, strideC: Int
    ) {
        if k == 0 { return rescale(rows: m, columns: n, beta, c, stride: strideC) }
        Scalar.Routines.gemm(
            transposedA: transposedA, transposedB: transposedB, m: m, n: n, k: k, alpha: alpha,
            a, strideA: strideA, b, strideB: strideB, beta: beta, c, strideC: strideC)
    }

    /// The upper triangle, diagonal included, of C = alpha · AᵀA + beta · C (`transposed`, A is k × n) or
    /// alpha · AAᵀ + beta · C (A is n × k). What lies below is left alone.
    @inlinable
    public static func syrk<Scalar: LinearScalar>(
        transposed: Bool, n: Int, k: Int, alpha: Scalar = 1, _ a: UnsafePointer<Scalar>, stride: Int,
        beta: Scalar = 0, _ c: UnsafeMutablePointer<Scalar>, strideC: Int
    ) {
        if k == 0 {
            for row in 0..<n {
                rescale(rows: 1, columns: n - row, beta, c + row * strideC + row, stride: strideC)
            }
            return
        }
        Scalar.Routines.syrk(
            transposed: transposed, n: n, k: k, alpha: alpha, a, stride: stride, beta: beta, c, strideC: strideC)
    }

    /// Solves U · X = alpha · B, or with Uᵀ, in the place of B (n × columns), by the upper triangle of A (n × n). A zero
    /// on the diagonal gives infinities.
    @inlinable
    public static func trsm<Scalar: LinearScalar>(
        transposed: Bool = false, n: Int, columns: Int, alpha: Scalar = 1, _ a: UnsafePointer<Scalar>, stride: Int,
        _ b: UnsafeMutablePointer<Scalar>, strideB: Int
    ) {
        Scalar.Routines.trsm(
            transposed: transposed, n: n, columns: columns, alpha: alpha, a, stride: stride, b, strideB: strideB)
    }

    /// C = beta · C, as a product without terms does.
    @inlinable
    static func rescale<Scalar: LinearScalar>(
        rows: Int, columns: Int, _ beta: Scalar, _ c: UnsafeMutablePointer<Scalar>, stride: Int
    ) {
        for row in 0..<rows {
            let start = c + row * stride
            for column in 0..<columns { start[column] = beta == 0 ? 0 : beta * start[column] }
        }
    }
}
