/// OpenBLAS's and LAPACK's routines for one type of scalar, by which generic code gets to them. Not to be called
/// directly: `BLAS` and `LAPACK` say what each does, and take care of what is empty.
public protocol LinearRoutines<Scalar> {
    associatedtype Scalar: LinearScalar

    static func dot(_ n: Int, _ x: UnsafePointer<Scalar>, _ y: UnsafePointer<Scalar>) -> Scalar
    static func axpy(_ n: Int, _ alpha: Scalar, _ x: UnsafePointer<Scalar>, _ y: UnsafeMutablePointer<Scalar>)
    static func scale(_ n: Int, _ alpha: Scalar, _ x: UnsafeMutablePointer<Scalar>)
    static func norm2(_ n: Int, _ x: UnsafePointer<Scalar>) -> Scalar
    static func gemv(
        transposed: Bool, rows: Int, columns: Int, alpha: Scalar, _ a: UnsafePointer<Scalar>, stride: Int,
        _ x: UnsafePointer<Scalar>, beta: Scalar, _ y: UnsafeMutablePointer<Scalar>)
    static func gemm(
        transposedA: Bool, transposedB: Bool, m: Int, n: Int, k: Int, alpha: Scalar,
        _ a: UnsafePointer<Scalar>, strideA: Int, _ b: UnsafePointer<Scalar>, strideB: Int,
        beta: Scalar, _ c: UnsafeMutablePointer<Scalar>, strideC: Int)
    static func syrk(
        transposed: Bool, n: Int, k: Int, alpha: Scalar, _ a: UnsafePointer<Scalar>, stride: Int,
        beta: Scalar, _ c: UnsafeMutablePointer<Scalar>, strideC: Int)
    static func trsm(
        transposed: Bool, n: Int, columns: Int, alpha: Scalar, _ a: UnsafePointer<Scalar>, stride: Int,
        _ b: UnsafeMutablePointer<Scalar>, strideB: Int)

    /// The order of the first minor that is not positive, or 0.
    static func potrf(_ n: Int, _ a: UnsafeMutablePointer<Scalar>, stride: Int) -> Int
    static func pocon(_ n: Int, _ factor: UnsafePointer<Scalar>, stride: Int, norm: Scalar) -> Scalar
    static func lansy(_ n: Int, _ a: UnsafePointer<Scalar>, stride: Int) -> Scalar
    static func geqrf(
        rows: Int, columns: Int, _ a: UnsafeMutablePointer<Scalar>, stride: Int, tau: UnsafeMutablePointer<Scalar>)
    static func ormqr(
        transposed: Bool, rows: Int, columns: Int, reflectors: Int, _ a: UnsafePointer<Scalar>, stride: Int,
        tau: UnsafePointer<Scalar>, _ c: UnsafeMutablePointer<Scalar>, strideC: Int)
    static func orgqr(
        rows: Int, columns: Int, reflectors: Int, _ a: UnsafeMutablePointer<Scalar>, stride: Int,
        tau: UnsafePointer<Scalar>)
    static func trcon(_ n: Int, _ a: UnsafePointer<Scalar>, stride: Int) -> Scalar
    /// How many values were not found.
    static func syevd(
        vectors: Bool, _ n: Int, _ a: UnsafeMutablePointer<Scalar>, stride: Int,
        values: UnsafeMutablePointer<Scalar>
    ) -> Int
    /// Whether the values were found.
    static func gesdd(
        rows: Int, columns: Int, _ a: UnsafeMutablePointer<Scalar>, stride: Int, values: UnsafeMutablePointer<Scalar>,
        vectors: SingularVectorPlaces<Scalar>?
    ) -> Bool
    /// The rank, and how many values were not found.
    static func gelsd(
        rows: Int, columns: Int, rightSides: Int, _ a: UnsafeMutablePointer<Scalar>, stride: Int,
        _ b: UnsafeMutablePointer<Scalar>, strideB: Int, tolerance: Scalar, values: UnsafeMutablePointer<Scalar>
    ) -> (rank: Int, missing: Int)
}

/// Where `LAPACK.gesdd` puts singular vectors.
public struct SingularVectorPlaces<Scalar: LinearScalar> {
    /// rows × min(rows, columns).
    public var u: UnsafeMutablePointer<Scalar>
    public var strideU: Int
    /// min(rows, columns) × columns.
    public var vt: UnsafeMutablePointer<Scalar>
    public var strideVT: Int

    @inlinable
    public init(u: UnsafeMutablePointer<Scalar>, strideU: Int, vt: UnsafeMutablePointer<Scalar>, strideVT: Int) {
        (self.u, self.strideU, self.vt, self.strideVT) = (u, strideU, vt, strideVT)
    }
}
