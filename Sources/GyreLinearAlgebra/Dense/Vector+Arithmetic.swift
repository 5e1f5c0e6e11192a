extension Vector {
    /// The inner product. Throws if the vectors differ in length.
    @inlinable
    public func dot(_ other: Vector) throws(LinearAlgebraError) -> Scalar {
        try requireCount(of: other, "inner product")
        return withUnsafeElements { x in other.withUnsafeElements { y in BLAS.dot(count, x, y) } }
    }

    /// The Euclidean norm, without overflow where the squares would.
    @inlinable
    public var norm: Scalar { withUnsafeElements { BLAS.norm2(count, $0) } }

    /// Adds `factor` times another vector. Throws if the vectors differ in length.
    @inlinable
    public mutating func add(_ other: Vector, scaledBy factor: Scalar = 1) throws(LinearAlgebraError) {
        try requireCount(of: other, "sum")
        let count = count
        withUnsafeMutableElements { y in other.withUnsafeElements { x in BLAS.axpy(count, factor, x, y) } }
    }

    /// Multiplies each element.
    @inlinable
    public mutating func scale(by factor: Scalar) {
        let count = count
        withUnsafeMutableElements { x in
            for index in 0..<count { x[index] *= factor }
        }
    }

    @inlinable
    func requireCount(of other: Vector, _ operation: String) throws(LinearAlgebraError) {
        guard count == other.count else {
            throw .shapeMismatch(operation: operation, left: shape, right: other.shape)
        }
    }
}
