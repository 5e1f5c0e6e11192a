/// LAPACKE's `lapack_int`, which is a macro.
typealias LAPACKInteger = Int32

/// Factorisations on raw memory, by LAPACK: for code that has checked its shapes already.
///
/// As in `BLAS`, matrices are **row-major** with a row stride, nothing is checked, sizes of zero are fine, and a call runs
/// on the calling thread alone. Nothing is transposed on the way (except in `gelsd`): a row-major matrix is the
/// transpose of a column-major one, so that its upper triangle is LAPACK's lower one, its QR LAPACK's LQ, and the two
/// sides of its singular value decomposition change places. Matrices must be finite, or the results are not.
public enum LAPACK {
    /// Calls a routine for the size of its workspace, then with the workspace.
    static func withWorkspace<Scalar: BinaryFloatingPoint>(
        _ routine: (UnsafeMutablePointer<Scalar>, LAPACKInteger) -> LAPACKInteger
    ) -> LAPACKInteger {
        var size: Scalar = 0
        let status = routine(&size, -1)
        guard status == 0 else { return status }
        // A large size may have been rounded down to a Float.
        let count = max(1, Int(size.nextUp))
        let work = UnsafeMutablePointer<Scalar>.allocate(capacity: count)
        defer { work.deallocate() }
        return routine(work, LAPACKInteger(count))
    }

    /// Negative is an argument that LAPACK refuses, or no memory: neither is the caller's doing.
    static func check(_ status: LAPACKInteger, _ routine: StaticString) {
        precondition(status >= 0, "\(routine) refuses argument \(-Int(status))")
    }
}
