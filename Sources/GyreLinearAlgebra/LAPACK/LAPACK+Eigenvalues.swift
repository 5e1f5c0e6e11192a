extension LAPACK {
    /// The eigenvalues of a symmetric matrix of which the upper triangle is given, ascending, by divide and conquer. With
    /// `vectors`, **row** i of A becomes a unit eigenvector of value i; without, A's content is lost. Takes O(n³).
    @inlinable
    public static func syevd<Scalar: LinearScalar>(
        vectors: Bool, _ n: Int, _ a: UnsafeMutablePointer<Scalar>, stride: Int, values: UnsafeMutablePointer<Scalar>
    ) throws(LinearAlgebraError) {
        if n == 0 { return }
        let missing = Scalar.Routines.syevd(vectors: vectors, n, a, stride: stride, values: values)
        if missing > 0 { throw .noConvergence(operation: "eigenvalues", remaining: missing) }
    }
}
