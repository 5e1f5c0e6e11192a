extension LAPACK {
    /// The singular value decomposition A = U · diag(values) · Vᵀ of a matrix rows × columns, by divide and conquer: with
    /// p = min(rows, columns) values, descending, U rows × p and Vᵀ p × columns. Without places for U and Vᵀ only
    /// the values are computed. A's content is lost. Takes O(rows · columns · p).
    @inlinable
    public static func gesdd<Scalar: LinearScalar>(
        rows: Int, columns: Int, _ a: UnsafeMutablePointer<Scalar>, stride: Int, values: UnsafeMutablePointer<Scalar>,
        vectors: SingularVectorPlaces<Scalar>? = nil
    ) throws(LinearAlgebraError) {
        if rows == 0 || columns == 0 { return }
        let found = Scalar.Routines.gesdd(
            rows: rows, columns: columns, a, stride: stride, values: values, vectors: vectors)
        if !found { throw .noConvergence(operation: "singular values", remaining: min(rows, columns)) }
    }

    /// The solution X (columns × rightSides) of least length of A · X ≈ B by least squares, A of any rank: it replaces the
    /// first rows of B, which has max(rows, columns) of them. Singular values up to `tolerance` times the largest count
    /// as zero (negative: the rounding unit); all go to `values`, descending. A's content is lost. Returns the rank.
    /// Works on transposed copies of A and B.
    @inlinable
    public static func gelsd<Scalar: LinearScalar>(
        rows: Int, columns: Int, rightSides: Int, _ a: UnsafeMutablePointer<Scalar>, stride: Int,
        _ b: UnsafeMutablePointer<Scalar>, strideB: Int, tolerance: Scalar = -1, values: UnsafeMutablePointer<Scalar>
    ) throws(LinearAlgebraError) -> Int {
        if rows == 0 || columns == 0 {
            for row in 0..<columns { (b + row * strideB).update(repeating: 0, count: rightSides) }
            return 0
        }
        if rightSides == 0 {
            // LAPACK wants one.
            let none = UnsafeMutablePointer<Scalar>.allocate(capacity: max(rows, columns))
            defer { none.deallocate() }
            none.initialize(repeating: 0, count: max(rows, columns))
            return try gelsd(
                rows: rows, columns: columns, rightSides: 1, a, stride: stride, none, strideB: 1,
                tolerance: tolerance, values: values)
        }
        let (rank, missing) = Scalar.Routines.gelsd(
            rows: rows, columns: columns, rightSides: rightSides, a, stride: stride, b, strideB: strideB,
            tolerance: tolerance, values: values)
        if missing > 0 { throw .noConvergence(operation: "least squares", remaining: missing) }
        return rank
    }
}
