extension Matrix: Equatable {
    @inlinable
    public static func == (left: Matrix, right: Matrix) -> Bool {
        left.shape == right.shape && (0..<left.rows).allSatisfy { left.row($0) == right.row($0) }
    }
}

extension Matrix {
    /// Adds `factor` times another matrix. Throws if the shapes differ.
    @inlinable
    public mutating func add(_ other: Matrix, scaledBy factor: Scalar = 1) throws(LinearAlgebraError) {
        guard shape == other.shape else { throw .shapeMismatch(operation: "sum", left: shape, right: other.shape) }
        let (rows, columns) = (rows, columns)
        withUnsafeMutableElements { target, stride in
            other.withUnsafeElements { source, sourceStride in
                for row in 0..<rows {
                    for column in 0..<columns {
                        target[row * stride + column] += factor * source[row * sourceStride + column]
                    }
                }
            }
        }
    }

    /// Multiplies each element.
    @inlinable
    public mutating func scale(by factor: Scalar) {
        let (rows, columns) = (rows, columns)
        withUnsafeMutableElements { elements, stride in
            for row in 0..<rows {
                for column in 0..<columns { elements[row * stride + column] *= factor }
            }
        }
    }

    /// Throws if an element is not finite: what iterations are run on has to be.
    @inlinable
    func requireFinite(_ operation: String) throws(LinearAlgebraError) {
        try withUnsafeElements { elements, stride throws(LinearAlgebraError) in
            for row in 0..<rows {
                for column in 0..<columns where !elements[row * stride + column].isFinite {
                    throw .notFinite(operation: operation, row: row, column: column)
                }
            }
        }
    }
}
