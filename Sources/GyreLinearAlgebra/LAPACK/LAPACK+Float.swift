import CLAPACKE

extension LAPACK {
    /// Cholesky's factorisation A = UᵀU of a symmetric positive definite matrix of which the upper triangle is given, and
    /// replaced by U. What lies below is left alone.
    public static func potrf(_ n: Int, _ a: UnsafeMutablePointer<Float>, stride: Int) throws(LinearAlgebraError) {
        let status = OpenBLAS.call { LAPACKE_spotrf_work(columnMajor, lower, LAPACKInteger(n), a, leading(stride)) }
        check(status, "potrf")
        if status > 0 { throw .notPositiveDefinite(minor: Int(status)) }
        // Implementations differ in whether they stop at not-a-number.
        for index in 0..<n where !(a[index * stride + index] > 0) { throw .notPositiveDefinite(minor: index + 1) }
    }

    /// Solves A · X = B in the place of B (n × columns), by `potrf`'s factor of A.
    public static func potrs(
        _ n: Int, columns: Int, _ factor: UnsafePointer<Float>, stride: Int,
        _ b: UnsafeMutablePointer<Float>, strideB: Int
    ) {
        BLAS.trsm(transposed: true, n: n, columns: columns, factor, stride: stride, b, strideB: strideB)
        BLAS.trsm(n: n, columns: columns, factor, stride: stride, b, strideB: strideB)
    }

    /// An estimate of the reciprocal of A's condition number in the 1-norm, by `potrf`'s factor and the norm of A before
    /// (`lansy`): 1 is best, and below the rounding unit A is singular to working precision. Takes O(n²).
    public static func pocon(_ n: Int, _ factor: UnsafePointer<Float>, stride: Int, norm: Float) -> Float {
        var reciprocal: Float = 1
        if n == 0 { return reciprocal }
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 3 * n) { work in
            withUnsafeTemporaryAllocation(of: LAPACKInteger.self, capacity: n) { integers in
                let status = OpenBLAS.call {
                    LAPACKE_spocon_work(
                        columnMajor, lower, LAPACKInteger(n), factor, leading(stride), norm, &reciprocal,
                        work.baseAddress, integers.baseAddress)
                }
                check(status, "pocon")
            }
        }
        return reciprocal
    }

    /// The 1-norm of a symmetric matrix of which the upper triangle is given: the largest sum of magnitudes of a column.
    public static func lansy(_ n: Int, _ a: UnsafePointer<Float>, stride: Int) -> Float {
        if n == 0 { return 0 }
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: n) { work in
            OpenBLAS.call {
                LAPACKE_slansy_work(columnMajor, one, lower, LAPACKInteger(n), a, leading(stride), work.baseAddress)
            }
        }
    }

    /// The factorisation A = QR of a matrix rows × columns. R replaces the upper triangle; what lies below, with the
    /// min(rows, columns) scalars in `tau`, stands for Q: see `ormqr` and `orgqr`.
    public static func geqrf(
        rows: Int, columns: Int, _ a: UnsafeMutablePointer<Float>, stride: Int, tau: UnsafeMutablePointer<Float>
    ) {
        if rows == 0 || columns == 0 { return }
        let status = OpenBLAS.call {
            withWorkspace { work, count in
                LAPACKE_sgelqf_work(
                    columnMajor, LAPACKInteger(columns), LAPACKInteger(rows), a, leading(stride), tau, work, count)
            }
        }
        check(status, "geqrf")
    }

    /// Replaces C (rows × columns) by QC, or by QᵀC, for the whole Q (rows × rows) of the first `reflectors` scalars that
    /// `geqrf` left.
    public static func ormqr(
        transposed: Bool, rows: Int, columns: Int, reflectors: Int, _ a: UnsafePointer<Float>, stride: Int,
        tau: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>, strideC: Int
    ) {
        if rows == 0 || columns == 0 || reflectors == 0 { return }
        let status = OpenBLAS.call {
            withWorkspace { work, count in
                LAPACKE_sormlq_work(
                    columnMajor, right, transposed ? transpose : asIs, LAPACKInteger(columns), LAPACKInteger(rows),
                    LAPACKInteger(reflectors), a, leading(stride), tau, c, leading(strideC), work, count)
            }
        }
        check(status, "ormqr")
    }

    /// Replaces what `geqrf` left by the first `columns` columns of Q; at most as many as rows.
    public static func orgqr(
        rows: Int, columns: Int, reflectors: Int, _ a: UnsafeMutablePointer<Float>, stride: Int,
        tau: UnsafePointer<Float>
    ) {
        if rows == 0 || columns == 0 { return }
        let status = OpenBLAS.call {
            withWorkspace { work, count in
                LAPACKE_sorglq_work(
                    columnMajor, LAPACKInteger(columns), LAPACKInteger(rows), LAPACKInteger(reflectors), a,
                    leading(stride),
                    tau, work, count)
            }
        }
        check(status, "orgqr")
    }

    /// Solves U · X = B, or with Uᵀ, in the place of B (n × columns), by the upper triangle of A (n × n); throws if its
    /// diagonal has a zero, before B is touched.
    public static func trtrs(
        transposed: Bool = false, n: Int, columns: Int, _ a: UnsafePointer<Float>, stride: Int,
        _ b: UnsafeMutablePointer<Float>, strideB: Int
    ) throws(LinearAlgebraError) {
        for index in 0..<n where a[index * stride + index] == 0 { throw .singular(index: index) }
        BLAS.trsm(transposed: transposed, n: n, columns: columns, a, stride: stride, b, strideB: strideB)
    }

    /// An estimate of the reciprocal of the condition number, in the 1-norm, of the upper triangle of A. Takes O(n²).
    public static func trcon(_ n: Int, _ a: UnsafePointer<Float>, stride: Int) -> Float {
        var reciprocal: Float = 1
        if n == 0 { return reciprocal }
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 3 * n) { work in
            withUnsafeTemporaryAllocation(of: LAPACKInteger.self, capacity: n) { integers in
                let status = OpenBLAS.call {
                    LAPACKE_strcon_work(
                        columnMajor, infinity, lower, nonUnit, LAPACKInteger(n), a, leading(stride), &reciprocal,
                        work.baseAddress, integers.baseAddress)
                }
                check(status, "trcon")
            }
        }
        return reciprocal
    }

    /// The eigenvalues of a symmetric matrix of which the upper triangle is given, ascending, by divide and conquer. With
    /// `vectors`, **row** i of A becomes a unit eigenvector of value i; without, A's content is lost.
    public static func syevd(
        vectors: Bool, _ n: Int, _ a: UnsafeMutablePointer<Float>, stride: Int, values: UnsafeMutablePointer<Float>
    ) throws(LinearAlgebraError) {
        if n == 0 { return }
        var integerCount: LAPACKInteger = 0
        let job = vectors ? withVectors : withoutVectors
        let status = OpenBLAS.call {
            var size: Float = 0
            let asked = LAPACKE_ssyevd_work(
                columnMajor, job, lower, LAPACKInteger(n), a, leading(stride), values, &size, -1, &integerCount, -1)
            guard asked == 0 else { return asked }
            return withUnsafeTemporaryAllocation(of: LAPACKInteger.self, capacity: Int(integerCount)) { integers in
                withWorkspace { work, count in
                    LAPACKE_ssyevd_work(
                        columnMajor, job, lower, LAPACKInteger(n), a, leading(stride), values, work, count,
                        integers.baseAddress, count < 0 ? -1 : integerCount)
                }
            }
        }
        check(status, "syevd")
        if status > 0 { throw .noConvergence(operation: "symmetric eigendecomposition", remaining: Int(status)) }
    }

    /// The singular value decomposition A = U · diag(values) · Vᵀ of a matrix rows × columns, by divide and conquer: with
    /// p = min(rows, columns) values, descending, U rows × p and Vᵀ p × columns. Without places for U and Vᵀ only
    /// the values are computed. A's content is lost.
    public static func gesdd(
        rows: Int, columns: Int, _ a: UnsafeMutablePointer<Float>, stride: Int, values: UnsafeMutablePointer<Float>,
        vectors: (u: UnsafeMutablePointer<Float>, strideU: Int, vt: UnsafeMutablePointer<Float>, strideVT: Int)? = nil
    ) throws(LinearAlgebraError) {
        let rank = min(rows, columns)
        if rank == 0 { return }
        let status = OpenBLAS.call {
            withUnsafeTemporaryAllocation(of: LAPACKInteger.self, capacity: 8 * rank) { integers in
                withWorkspace { work, count in
                    LAPACKE_sgesdd_work(
                        columnMajor, vectors == nil ? withoutVectors : thin, LAPACKInteger(columns),
                        LAPACKInteger(rows),
                        a, leading(stride), values, vectors?.vt, leading(vectors?.strideVT ?? 1), vectors?.u,
                        leading(vectors?.strideU ?? 1), work, count, integers.baseAddress)
                }
            }
        }
        // The routine looks for not-a-number itself, and calls it its fourth argument's fault.
        if status > 0 || status == -4 { throw .noConvergence(operation: "singular values", remaining: rank) }
        check(status, "gesdd")
    }

    /// The solution X (columns × rightSides) of least length of A · X ≈ B by least squares, A of any rank: the first
    /// rows of B, which has max(rows, columns) of them, are replaced. Singular values below `tolerance` times the largest
    /// count as zero (negative: the rounding unit); all go to `values`, descending. A's content is lost. Returns the
    /// rank. Works on transposed copies of A and B.
    public static func gelsd(
        rows: Int, columns: Int, rightSides: Int, _ a: UnsafeMutablePointer<Float>, stride: Int,
        _ b: UnsafeMutablePointer<Float>, strideB: Int, tolerance: Float = -1, values: UnsafeMutablePointer<Float>
    ) throws(LinearAlgebraError) -> Int {
        if rows == 0 || columns == 0 {
            for row in 0..<columns { (b + row * strideB).update(repeating: 0, count: rightSides) }
            return 0
        }
        var rank: LAPACKInteger = 0
        var integerCount: LAPACKInteger = 0
        let status = OpenBLAS.call {
            var size: Float = 0
            let asked = LAPACKE_sgelsd_work(
                rowMajor, LAPACKInteger(rows), LAPACKInteger(columns), LAPACKInteger(rightSides), a, leading(stride),
                b, leading(strideB), values, tolerance, &rank, &size, -1, &integerCount)
            guard asked == 0 else { return asked }
            return withUnsafeTemporaryAllocation(of: LAPACKInteger.self, capacity: Int(integerCount)) { integers in
                withWorkspace { work, count in
                    LAPACKE_sgelsd_work(
                        rowMajor, LAPACKInteger(rows), LAPACKInteger(columns), LAPACKInteger(rightSides), a,
                        leading(stride),
                        b, leading(strideB), values, tolerance, &rank, work, count, integers.baseAddress)
                }
            }
        }
        check(status, "gelsd")
        if status > 0 { throw .noConvergence(operation: "least squares", remaining: Int(status)) }
        return Int(rank)
    }
}
