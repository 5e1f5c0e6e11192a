import CLAPACKE
import COpenBLAS

/// The routines for `Double`. A row-major matrix is given to LAPACK as the column-major matrix that lies in memory alike:
/// its transpose.
public enum DoubleRoutines: LinearRoutines {
    public static func dot(_ n: Int, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>) -> Double {
        OpenBLAS.call { cblas_ddot(blasint(n), x, 1, y, 1) }
    }

    public static func axpy(_ n: Int, _ alpha: Double, _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>) {
        OpenBLAS.call { cblas_daxpy(blasint(n), alpha, x, 1, y, 1) }
    }

    public static func scale(_ n: Int, _ alpha: Double, _ x: UnsafeMutablePointer<Double>) {
        OpenBLAS.call { cblas_dscal(blasint(n), alpha, x, 1) }
    }

    public static func norm2(_ n: Int, _ x: UnsafePointer<Double>) -> Double {
        OpenBLAS.call { cblas_dnrm2(blasint(n), x, 1) }
    }

    public static func gemv(
        transposed: Bool, rows: Int, columns: Int, alpha: Double, _ a: UnsafePointer<Double>, stride: Int,
        _ x: UnsafePointer<Double>, beta: Double, _ y: UnsafeMutablePointer<Double>
    ) {
        OpenBLAS.call {
            cblas_dgemv(
                CblasRowMajor, transposed ? CblasTrans : CblasNoTrans, blasint(rows), blasint(columns),
                alpha, a, leading(stride), x, 1, beta, y, 1)
        }
    }

    public static func gemm(
        transposedA: Bool, transposedB: Bool, m: Int, n: Int, k: Int, alpha: Double,
        _ a: UnsafePointer<Double>, strideA: Int, _ b: UnsafePointer<Double>, strideB: Int,
        beta: Double, _ c: UnsafeMutablePointer<Double>, strideC: Int
    ) {
        OpenBLAS.call {
            cblas_dgemm(
                CblasRowMajor, transposedA ? CblasTrans : CblasNoTrans, transposedB ? CblasTrans : CblasNoTrans,
                blasint(m), blasint(n), blasint(k), alpha, a, leading(strideA), b, leading(strideB),
                beta, c, leading(strideC))
        }
    }

    public static func syrk(
        transposed: Bool, n: Int, k: Int, alpha: Double, _ a: UnsafePointer<Double>, stride: Int,
        beta: Double, _ c: UnsafeMutablePointer<Double>, strideC: Int
    ) {
        OpenBLAS.call {
            cblas_dsyrk(
                CblasRowMajor, CblasUpper, transposed ? CblasTrans : CblasNoTrans, blasint(n), blasint(k),
                alpha, a, leading(stride), beta, c, leading(strideC))
        }
    }

    public static func trsm(
        transposed: Bool, n: Int, columns: Int, alpha: Double, _ a: UnsafePointer<Double>, stride: Int,
        _ b: UnsafeMutablePointer<Double>, strideB: Int
    ) {
        OpenBLAS.call {
            cblas_dtrsm(
                CblasRowMajor, CblasLeft, CblasUpper, transposed ? CblasTrans : CblasNoTrans, CblasNonUnit,
                blasint(n), blasint(columns), alpha, a, leading(stride), b, leading(strideB))
        }
    }

    public static func potrf(_ n: Int, _ a: UnsafeMutablePointer<Double>, stride: Int) -> Int {
        let status = OpenBLAS.call {
            LAPACKE_dpotrf_work(Flags.columnMajor, Flags.lower, LAPACKInteger(n), a, leading(stride))
        }
        Workspace.check(status, "potrf")
        return Int(status)
    }

    public static func pocon(_ n: Int, _ factor: UnsafePointer<Double>, stride: Int, norm: Double) -> Double {
        var reciprocal: Double = 0
        let status = OpenBLAS.call {
            Workspace.with(3 * n) { work in
                Workspace.with(n) { integers in
                    LAPACKE_dpocon_work(
                        Flags.columnMajor, Flags.lower, LAPACKInteger(n), factor, leading(stride), norm,
                        &reciprocal, work, integers)
                }
            }
        }
        Workspace.check(status, "pocon")
        return reciprocal
    }

    public static func lansy(_ n: Int, _ a: UnsafePointer<Double>, stride: Int) -> Double {
        OpenBLAS.call {
            Workspace.with(n) { work in
                LAPACKE_dlansy_work(
                    Flags.columnMajor, Flags.one, Flags.lower, LAPACKInteger(n), a, leading(stride), work)
            }
        }
    }

    public static func geqrf(
        rows: Int, columns: Int, _ a: UnsafeMutablePointer<Double>, stride: Int, tau: UnsafeMutablePointer<Double>
    ) {
        let status = OpenBLAS.call {
            Workspace.with { work, count in
                LAPACKE_dgelqf_work(
                    Flags.columnMajor, LAPACKInteger(columns), LAPACKInteger(rows), a, leading(stride), tau, work,
                    count)
            }
        }
        Workspace.check(status, "geqrf")
    }

    public static func ormqr(
        transposed: Bool, rows: Int, columns: Int, reflectors: Int, _ a: UnsafePointer<Double>, stride: Int,
        tau: UnsafePointer<Double>, _ c: UnsafeMutablePointer<Double>, strideC: Int
    ) {
        let status = OpenBLAS.call {
            Workspace.with { work, count in
                LAPACKE_dormlq_work(
                    Flags.columnMajor, Flags.right, transposed ? Flags.transposed : Flags.asIs,
                    LAPACKInteger(columns), LAPACKInteger(rows), LAPACKInteger(reflectors), a, leading(stride), tau,
                    c, leading(strideC), work, count)
            }
        }
        Workspace.check(status, "ormqr")
    }

    public static func orgqr(
        rows: Int, columns: Int, reflectors: Int, _ a: UnsafeMutablePointer<Double>, stride: Int,
        tau: UnsafePointer<Double>
    ) {
        let status = OpenBLAS.call {
            Workspace.with { work, count in
                LAPACKE_dorglq_work(
                    Flags.columnMajor, LAPACKInteger(columns), LAPACKInteger(rows), LAPACKInteger(reflectors), a,
                    leading(stride), tau, work, count)
            }
        }
        Workspace.check(status, "orgqr")
    }

    public static func trcon(_ n: Int, _ a: UnsafePointer<Double>, stride: Int) -> Double {
        var reciprocal: Double = 0
        let status = OpenBLAS.call {
            Workspace.with(3 * n) { work in
                Workspace.with(n) { integers in
                    LAPACKE_dtrcon_work(
                        Flags.columnMajor, Flags.infinity, Flags.lower, Flags.nonUnit, LAPACKInteger(n), a,
                        leading(stride), &reciprocal, work, integers)
                }
            }
        }
        Workspace.check(status, "trcon")
        return reciprocal
    }

    public static func syevd(
        vectors: Bool, _ n: Int, _ a: UnsafeMutablePointer<Double>, stride: Int, values: UnsafeMutablePointer<Double>
    ) -> Int {
        let status = OpenBLAS.call {
            Workspace.with { work, count, integers, integerCount in
                LAPACKE_dsyevd_work(
                    Flags.columnMajor, vectors ? Flags.withVectors : Flags.withoutVectors, Flags.lower,
                    LAPACKInteger(n), a, leading(stride), values, work, count, integers, integerCount)
            }
        }
        Workspace.check(status, "syevd")
        return Int(status)
    }

    public static func gesdd(
        rows: Int, columns: Int, _ a: UnsafeMutablePointer<Double>, stride: Int, values: UnsafeMutablePointer<Double>,
        vectors: SingularVectorPlaces<Double>?
    ) -> Bool {
        let status = OpenBLAS.call {
            Workspace.with(8 * min(rows, columns)) { integers in
                Workspace.with { work, count in
                    LAPACKE_dgesdd_work(
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
        rows: Int, columns: Int, rightSides: Int, _ a: UnsafeMutablePointer<Double>, stride: Int,
        _ b: UnsafeMutablePointer<Double>, strideB: Int, tolerance: Double, values: UnsafeMutablePointer<Double>
    ) -> (rank: Int, missing: Int) {
        var rank: LAPACKInteger = 0
        let status = OpenBLAS.call {
            Workspace.with { work, count, integers, _ in
                LAPACKE_dgelsd_work(
                    Flags.rowMajor, LAPACKInteger(rows), LAPACKInteger(columns), LAPACKInteger(rightSides), a,
                    leading(stride), b, leading(strideB), values, tolerance, &rank, work, count, integers)
            }
        }
        Workspace.check(status, "gelsd")
        return (Int(rank), Int(status))
    }
}
