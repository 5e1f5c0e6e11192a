import COpenBLAS

extension BLAS {
    /// The inner product of two vectors of `n` elements.
    public static func dot(_ n: Int, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>) -> Double {
        OpenBLAS.call { cblas_ddot(blasint(n), x, 1, y, 1) }
    }

    /// Adds `alpha` times `x` to `y`.
    public static func axpy(_ n: Int, _ alpha: Double, _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>) {
        OpenBLAS.call { cblas_daxpy(blasint(n), alpha, x, 1, y, 1) }
    }

    /// Multiplies `x` by `alpha`.
    public static func scale(_ n: Int, _ alpha: Double, _ x: UnsafeMutablePointer<Double>) {
        OpenBLAS.call { cblas_dscal(blasint(n), alpha, x, 1) }
    }

    /// The Euclidean norm, without overflow where the squares would.
    public static func norm2(_ n: Int, _ x: UnsafePointer<Double>) -> Double {
        OpenBLAS.call { cblas_dnrm2(blasint(n), x, 1) }
    }

    /// y = alpha · A · x + beta · y, or with Aᵀ. `rows` and `columns` are those of A as it lies in memory.
    public static func gemv(
        transposed: Bool = false, rows: Int, columns: Int, alpha: Double = 1,
        _ a: UnsafePointer<Double>, stride: Int, _ x: UnsafePointer<Double>,
        beta: Double = 0, _ y: UnsafeMutablePointer<Double>
    ) {
        // BLAS leaves y alone if A is empty on either side.
        if (transposed ? rows : columns) == 0 { return rescale(1, transposed ? columns : rows, beta, y, stride: 0) }
        OpenBLAS.call {
            cblas_dgemv(
                CblasRowMajor, transposed ? CblasTrans : CblasNoTrans, blasint(rows), blasint(columns),
                alpha, a, leading(stride), x, 1, beta, y, 1)
        }
    }

    /// C = alpha · op(A) · op(B) + beta · C, where C is m × n and op(A) m × k; op transposes where that is asked for.
    public static func gemm(
        transposedA: Bool = false, transposedB: Bool = false, m: Int, n: Int, k: Int, alpha: Double = 1,
        _ a: UnsafePointer<Double>, strideA: Int, _ b: UnsafePointer<Double>, strideB: Int,
        beta: Double = 0, _ c: UnsafeMutablePointer<Double>, strideC: Int
    ) {
        if k == 0 { return rescale(m, n, beta, c, stride: strideC) }
        OpenBLAS.call {
            cblas_dgemm(
                CblasRowMajor, transposedA ? CblasTrans : CblasNoTrans, transposedB ? CblasTrans : CblasNoTrans,
                blasint(m), blasint(n), blasint(k), alpha, a, leading(strideA), b, leading(strideB),
                beta, c, leading(strideC))
        }
    }

    /// The upper triangle, diagonal included, of C = alpha · AᵀA + beta · C (`transposed`, A is k × n) or
    /// alpha · AAᵀ + beta · C (A is n × k). What lies below is left alone.
    public static func syrk(
        transposed: Bool, n: Int, k: Int, alpha: Double = 1, _ a: UnsafePointer<Double>, stride: Int,
        beta: Double = 0, _ c: UnsafeMutablePointer<Double>, strideC: Int
    ) {
        OpenBLAS.call {
            cblas_dsyrk(
                CblasRowMajor, CblasUpper, transposed ? CblasTrans : CblasNoTrans, blasint(n), blasint(k),
                alpha, a, leading(stride), beta, c, leading(strideC))
        }
    }

    /// Solves U · X = alpha · B, or with Uᵀ, in the place of B (n × columns), by the upper triangle of A (n × n). A zero
    /// on the diagonal gives infinities.
    public static func trsm(
        transposed: Bool = false, n: Int, columns: Int, alpha: Double = 1, _ a: UnsafePointer<Double>, stride: Int,
        _ b: UnsafeMutablePointer<Double>, strideB: Int
    ) {
        OpenBLAS.call {
            cblas_dtrsm(
                CblasRowMajor, CblasLeft, CblasUpper, transposed ? CblasTrans : CblasNoTrans, CblasNonUnit,
                blasint(n), blasint(columns), alpha, a, leading(stride), b, leading(strideB))
        }
    }

    /// C = beta · C, as a product without terms does.
    private static func rescale(
        _ rows: Int, _ columns: Int, _ beta: Double, _ c: UnsafeMutablePointer<Double>, stride: Int
    ) {
        for row in 0..<rows {
            let start = c + row * stride
            if beta == 0 { start.update(repeating: 0, count: columns) } else { scale(columns, beta, start) }
        }
    }
}
