/// The shortest x that makes A · x − b shortest, for A of any shape and rank, by its singular values: the slowest way, and
/// the only one for columns that depend on each other.
public struct LeastSquares<Scalar: LinearScalar>: Sendable {
    /// columns × right sides.
    public let solution: Matrix<Scalar>
    /// How many singular values count.
    public let rank: Int
    /// A's singular values, descending.
    public let singularValues: Vector<Scalar>

    /// Solves for each column of B. Singular values up to `tolerance` times the largest count as zero; by default the
    /// rounding unit. Throws if B has another number of rows, if A or B is not finite, or if it does not converge.
    @inlinable
    public init(
        _ matrix: Matrix<Scalar>, _ b: Matrix<Scalar>, tolerance: Scalar? = nil
    ) throws(LinearAlgebraError) {
        guard matrix.rows == b.rows else {
            throw .shapeMismatch(operation: "least squares", left: matrix.shape, right: b.shape)
        }
        try matrix.requireFinite("least squares")
        try b.requireFinite("least squares")
        let (rows, columns, rightSides) = (matrix.rows, matrix.columns, b.columns)
        var a = matrix.compacted()
        var values = Vector<Scalar>(count: Swift.min(rows, columns))
        var x = Matrix<Scalar>(rows: Swift.max(rows, columns), columns: rightSides)
        x.withUnsafeMutableElements { x, stride in
            b.withUnsafeElements { b, strideB in
                for row in 0..<rows { (x + row * stride).update(from: b + row * strideB, count: rightSides) }
            }
        }
        rank = try a.withUnsafeMutableElements { a, stride throws(LinearAlgebraError) in
            try x.withUnsafeMutableElements { x, strideX throws(LinearAlgebraError) in
                try values.withUnsafeMutableElements { values throws(LinearAlgebraError) in
                    try LAPACK.gelsd(
                        rows: rows, columns: columns, rightSides: rightSides, a, stride: stride, x, strideB: strideX,
                        tolerance: tolerance ?? -1, values: values)
                }
            }
        }
        solution = x[rows: 0..<columns].compacted()
        singularValues = values
    }
}
