/// The decomposition A = U · diag(values) · Vᵀ of any matrix, with p = min(rows, columns) singular values.
public struct SingularValueDecomposition<Scalar: LinearScalar>: Sendable {
    /// rows × p, with orthonormal columns.
    public let u: Matrix<Scalar>
    /// Descending, none negative.
    public let values: Vector<Scalar>
    /// p × columns, with orthonormal rows.
    public let vt: Matrix<Scalar>

    /// Takes O(rows · columns · p). Throws if the matrix is not finite, or if it does not converge.
    @inlinable
    public init(_ matrix: Matrix<Scalar>) throws(LinearAlgebraError) {
        try matrix.requireFinite("singular value decomposition")
        let (rows, columns) = (matrix.rows, matrix.columns)
        let rank = Swift.min(rows, columns)
        var a = matrix.compacted()
        var u = Matrix<Scalar>(rows: rows, columns: rank)
        var values = Vector<Scalar>(count: rank)
        var vt = Matrix<Scalar>(rows: rank, columns: columns)
        try a.withUnsafeMutableElements { a, stride throws(LinearAlgebraError) in
            try u.withUnsafeMutableElements { u, strideU throws(LinearAlgebraError) in
                try vt.withUnsafeMutableElements { vt, strideVT throws(LinearAlgebraError) in
                    try values.withUnsafeMutableElements { values throws(LinearAlgebraError) in
                        try LAPACK.gesdd(
                            rows: rows, columns: columns, a, stride: stride, values: values,
                            vectors: SingularVectorPlaces(u: u, strideU: strideU, vt: vt, strideVT: strideVT))
                    }
                }
            }
        }
        (self.u, self.values, self.vt) = (u, values, vt)
    }
}
