import CLAPACKE
import COpenBLAS

/// The routines for `Float`: `DoubleRoutines` with other letters.
public enum FloatRoutines: LinearRoutines {
    public static func dot(_ n: Int, _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>) -> Float {
        OpenBLAS.call { cblas_sdot(blasint(n), x, 1, y, 1) }
    }

    public static func axpy(_ n: Int, _ alpha: Float, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>) {
        OpenBLAS.call { cblas_saxpy(blasint(n), alpha, x, 1, y, 1) }
    }

    public static func scale(_ n: Int, _ alpha: Float, _ x: UnsafeMutablePointer<Float>) {
        OpenBLAS.call { cblas_sscal(blasint(n), alpha, x, 1) }
    }

    public static func norm2(_ n: Int, _ x: UnsafePointer<Float>) -> Float {
        OpenBLAS.call { cblas_snrm2(blasint(n), x, 1) }
    }

    public static func gemv(
        transposed: Bool, rows: Int, columns: Int, alpha: Float, _ a: UnsafePointer<Float>, stride: Int,
        _ x: UnsafePointer<Float>, beta: Float, _ y: UnsafeMutablePointer<Float>
    ) {
        OpenBLAS.call {
            cblas_sgemv(
                CblasRowMajor, transposed ? CblasTrans : CblasNoTrans, blasint(rows), blasint(columns),
                alpha, a, leading(stride), x, 1, beta, y, 1)
        }
    }

    public static func gemm(
        transposedA: Bool, transposedB: Bool, m: Int, n: Int, k: Int, alpha: Float,
        _ a: UnsafePointer<Float>, strideA: Int, _ b: UnsafePointer<Float>, strideB: Int,
        beta: Float, _ c: UnsafeMutablePointer<Float>, strideC: Int
    ) {
        OpenBLAS.call {
            cblas_sgemm(
                CblasRowMajor, transposedA ? CblasTrans : CblasNoTrans, transposedB ? CblasTrans : CblasNoTrans,
                blasint(m), blasint(n), blasint(k), alpha, a, leading(strideA), b, leading(strideB),
                beta, c, leading(strideC))
        }
    }

    public static func syrk(
        transposed: Bool, n: Int, k: Int, alpha: Float, _ a: UnsafePointer<Float>, stride: Int,
        beta: Float, _ c: UnsafeMutablePointer<Float>, strideC: Int
    ) {
        OpenBLAS.call {
            cblas_ssyrk(
                CblasRowMajor, CblasUpper, transposed ? CblasTrans : CblasNoTrans, blasint(n), blasint(k),
                alpha, a, leading(stride), beta, c, leading(strideC))
        }
    }

    public static func trsm(
        transposed: Bool, n: Int, columns: Int, alpha: Float, _ a: UnsafePointer<Float>, stride: Int,
        _ b: UnsafeMutablePointer<Float>, strideB: Int
    ) {
        OpenBLAS.call {
            cblas_strsm(
                CblasRowMajor, CblasLeft, CblasUpper, transposed ? CblasTrans : CblasNoTrans, CblasNonUnit,
                blasint(n), blasint(columns), alpha, a, leading(stride), b, leading(strideB))
        }
    }

    public static func potrf(_ n: Int, _ a: UnsafeMutablePointer<Float>, stride: Int) -> Int {
        let status = OpenBLAS.call {
            LAPACKE_spotrf_work(Flags.columnMajor, Flags.lower, LAPACKInteger(n), a, leading(stride))
        }
        Workspace.check(status, "potrf")
        return Int(status)
    }

    public static func pocon(_ n: Int, _ factor: UnsafePointer<Float>, stride: Int, norm: Float) -> Float {
        var reciprocal: Float = 0
        let status = OpenBLAS.call {
            Workspace.with(3 * n) { work in
                Workspace.with(n) { integers in
                    LAPACKE_spocon_work(
                        Flags.columnMajor, Flags.lower, LAPACKInteger(n), factor, leading(stride), norm,
                        &reciprocal, work, integers)
                }
            }
        }
        Workspace.check(status, "pocon")
        return reciprocal
    }

    public static func lansy(_ n: Int, _ a: UnsafePointer<Float>, stride: Int) -> Float {
        OpenBLAS.call {
            Workspace.with(n) { work in
                LAPACKE_slansy_work(
                    Flags.columnMajor, Flags.one, Flags.lower, LAPACKInteger(n), a, leading(stride), work)
            }
        }
    }

    public static func geqrf(
        rows: Int, columns: Int, _ a: UnsafeMutablePointer<Float>, stride: Int, tau: UnsafeMutablePointer<Float>
    ) {
        let status = OpenBLAS.call {
            Workspace.with { work, count in
                LAPACKE_sgelqf_work(
                    Flags.columnMajor, LAPACKInteger(columns), LAPACKInteger(rows), a, leading(stride), tau, work,
                    count)
            }
        }
        Workspace.check(status, "geqrf")
    }

    public static func ormqr(
        transposed: Bool, rows: Int, columns: Int, reflectors: Int, _ a: UnsafePointer<Float>, stride: Int,
        tau: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>, strideC: Int
    ) {
        let status = OpenBLAS.call {
            Workspace.with { work, count in
                LAPACKE_sormlq_work(
                    Flags.columnMajor, Flags.right, transposed ? Flags.transposed : Flags.asIs,
                    LAPACKInteger(columns), LAPACKInteger(rows), LAPACKInteger(reflectors), a, leading(stride), tau,
                    c, leading(strideC), work, count)
            }
        }
        Workspace.check(status, "ormqr")
    }

    public static func orgqr(
        rows: Int, columns: Int, reflectors: Int, _ a: UnsafeMutablePointer<Float>, stride: Int,
        tau: UnsafePointer<Float>
    ) {
        let status = OpenBLAS.call {
            Workspace.with { work, count in
                LAPACKE_sorglq_work(
                    Flags.columnMajor, LAPACKInteger(columns), LAPACKInteger(rows), LAPACKInteger(reflectors), a,
                    leading(stride), tau, work, count)
            }
        }
        Workspace.check(status, "orgqr")
    }

    public static func trcon(_ n: Int, _ a: UnsafePointer<Float>, stride: Int) -> Float {
        var reciprocal: Float = 0
        let status = OpenBLAS.call {
            Workspace.with(3 * n) { work in
                Workspace.with(n) { integers in
                    LAPACKE_strcon_work(
                        Flags.columnMajor, Flags.infinity, Flags.lower, Flags.nonUnit, LAPACKInteger(n), a,
                        leading(stride), &reciprocal, work, integers)
                }
            }
        }
        Workspace.check(status, "trcon")
        return reciprocal
    }

    public static func syevd(
        vectors: Bool, _ n: Int, _ a: UnsafeMutablePointer<Float>, stride: Int, values: UnsafeMutablePointer<Float>
    ) -> Int {
        let status = OpenBLAS.call {
            Workspace.with { work, count, integers, integerCount in
                LAPACKE_ssyevd_work(
                    Flags.columnMajor, vectors ? Flags.withVectors : Flags.withoutVectors, Flags.lower,
                    LAPACKInteger(n), a, leading(stride), values, work, count, integers, integerCount)
            }
        }
        Workspace.check(status, "syevd")
        return Int(status)
    }

    public static func gesdd(
        rows: Int, columns: Int, _ a: UnsafeMutablePointer<Float>, stride: Int, values: UnsafeMutablePointer<Float>,
        vectors: SingularVectorPlaces<Float>?
    ) -> Bool {
        let status = OpenBLAS.call {
            Workspace.with(8 * min(rows, columns)) { integers in
                Workspace.with { work, count in
                    LAPACKE_sgesdd_work(
                        Flags.columnMajor, vectors == nil ? Flags.withoutVectors : Flags.thin,
                        LAPACKInteger(columns), LAPACKInteger(rows), a, leading(stride), values,
                        vectors?.vt, leading(vectors?.strideVT ?? 1), vectors?.u, leading(vectors?.strideU ?? 1),
                        work, count, integers)
                }
            }
        }
        if status == Flags.notANumber { return false }
        Workspace.check(status, "gesdd")
        return status == 0
    }

    public static func gelsd(
        rows: Int, columns: Int, rightSides: Int, _ a: UnsafeMutablePointer<Float>, stride: Int,
        _ b: UnsafeMutablePointer<Float>, strideB: Int, tolerance: Float, values: UnsafeMutablePointer<Float>
    ) -> (rank: Int, missing: Int) {
        var rank: LAPACKInteger = 0
        let status = OpenBLAS.call {
            Workspace.with { work, count, integers, _ in
                LAPACKE_sgelsd_work(
                    Flags.rowMajor, LAPACKInteger(rows), LAPACKInteger(columns), LAPACKInteger(rightSides), a,
                    leading(stride), b, leading(strideB), values, tolerance, &rank, work, count, integers)
            }
        }
        Workspace.check(status, "gelsd")
        return (Int(rank), Int(status))
    }
}
