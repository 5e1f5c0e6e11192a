// Products of sparse matrices are loops of our own: rows in order, and in each row the stored elements in order, so that
// sums are the same everywhere.

extension SparseMatrix {
    /// The product with a column, in 2 · stored operations. Throws if the shapes do not fit.
    @inlinable
    public static func * (left: SparseMatrix, right: Vector<Scalar>) throws(LinearAlgebraError) -> Vector<Scalar> {
        try requireFit(left.shape, right.shape)
        return right.withUnsafeElements { x in
            Vector(uninitializedCount: left.rows) { y in
                left.withUnsafeRows { offsets, columns, values in
                    for row in 0..<left.rows {
                        var sum: Scalar = 0
                        for index in offsets[row]..<offsets[row + 1] { sum += values[index] * x[Int(columns[index])] }
                        y[row] = sum
                    }
                }
            }
        }
    }

    /// The product with a dense matrix, in 2 · stored · columns operations. Throws if the shapes do not fit.
    @inlinable
    public static func * (left: SparseMatrix, right: Matrix<Scalar>) throws(LinearAlgebraError) -> Matrix<Scalar> {
        try requireFit(left.shape, right.shape)
        var product = Matrix<Scalar>(rows: left.rows, columns: right.columns)
        product.withUnsafeMutableElements { c, strideC in
            right.withUnsafeElements { b, strideB in
                left.withUnsafeRows { offsets, columns, values in
                    for row in 0..<left.rows {
                        for index in offsets[row]..<offsets[row + 1] {
                            addRow(right.columns, values[index], b + Int(columns[index]) * strideB, c + row * strideC)
                        }
                    }
                }
            }
        }
        return product
    }

    /// Calls `body` with offsets, columns and values in memory.
    @inlinable
    func withUnsafeRows(
        _ body: (UnsafeBufferPointer<Int>, UnsafeBufferPointer<Int32>, UnsafeBufferPointer<Scalar>) -> Void
    ) {
        offsets.withUnsafeBufferPointer { offsets in
            columnIndices.withUnsafeBufferPointer { columns in
                values.withUnsafeBufferPointer { values in body(offsets, columns, values) }
            }
        }
    }
}

extension TransposedSparseMatrix {
    /// The product with a column, in 2 · stored operations. Throws if the shapes do not fit.
    @inlinable
    public static func * (
        left: TransposedSparseMatrix, right: Vector<Scalar>
    ) throws(LinearAlgebraError) -> Vector<Scalar> {
        try requireFit(left.shape, right.shape)
        var product = Vector<Scalar>(count: left.shape.rows)
        product.withUnsafeMutableElements { y in
            right.withUnsafeElements { x in
                left.base.withUnsafeRows { offsets, columns, values in
                    for row in 0..<left.base.rows {
                        for index in offsets[row]..<offsets[row + 1] {
                            y[Int(columns[index])] += values[index] * x[row]
                        }
                    }
                }
            }
        }
        return product
    }

    /// The product with a dense matrix, in 2 · stored · columns operations. Throws if the shapes do not fit.
    @inlinable
    public static func * (
        left: TransposedSparseMatrix, right: Matrix<Scalar>
    ) throws(LinearAlgebraError) -> Matrix<Scalar> {
        try requireFit(left.shape, right.shape)
        var product = Matrix<Scalar>(rows: left.shape.rows, columns: right.columns)
        product.withUnsafeMutableElements { c, strideC in
            right.withUnsafeElements { b, strideB in
                left.base.withUnsafeRows { offsets, columns, values in
                    for row in 0..<left.base.rows {
                        for index in offsets[row]..<offsets[row + 1] {
                            addRow(right.columns, values[index], b + row * strideB, c + Int(columns[index]) * strideC)
                        }
                    }
                }
            }
        }
        return product
    }
}

/// Adds a multiple of a row to another; a loop that the compiler makes into vector instructions.
@inlinable
@inline(__always)
func addRow<Scalar: LinearScalar>(
    _ count: Int, _ factor: Scalar, _ source: UnsafePointer<Scalar>, _ target: UnsafeMutablePointer<Scalar>
) {
    for index in 0..<count { target[index] += factor * source[index] }
}

@inlinable
func requireFit(_ left: MatrixShape, _ right: MatrixShape) throws(LinearAlgebraError) {
    guard left.columns == right.rows else {
        throw .shapeMismatch(operation: "sparse product", left: left, right: right)
    }
}
