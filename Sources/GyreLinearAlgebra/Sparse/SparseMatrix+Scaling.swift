extension SparseMatrix {
    /// Multiplies each row by its factor. Throws if there are not as many factors as rows.
    @inlinable
    public mutating func scaleRows(by factors: Vector<Scalar>) throws(LinearAlgebraError) {
        guard factors.count == rows else {
            throw .shapeMismatch(operation: "scaling of rows", left: shape, right: factors.shape)
        }
        for row in 0..<rows {
            let factor = factors[row]
            for index in offsets[row]..<offsets[row + 1] { stored[index] *= factor }
        }
    }

    /// The Euclidean norm of each row, without overflow where the squares would.
    @inlinable
    public func rowNorms() -> Vector<Scalar> {
        Vector(uninitializedCount: rows) { norms in
            withUnsafeRows { offsets, _, values in
                for row in 0..<rows { norms[row] = norm(values, offsets[row]..<offsets[row + 1]) }
            }
        }
    }

    /// The Euclidean norm of all elements.
    @inlinable
    public var frobeniusNorm: Scalar {
        values.withUnsafeBufferPointer { norm($0, offsets[0]..<offsets[rows]) }
    }

    @inlinable
    func norm(_ values: UnsafeBufferPointer<Scalar>, _ range: Range<Int>) -> Scalar {
        guard let start = values.baseAddress else { return 0 }
        return BLAS.norm2(range.count, start + range.lowerBound)
    }
}
