extension MatrixOperand {
    /// The product of two matrices, by BLAS on the calling thread. Throws if the shapes do not fit.
    @inlinable
    public static func * <Other: MatrixOperand<Scalar>>(
        left: Self, right: Other
    ) throws(LinearAlgebraError) -> Matrix<Scalar> {
        var product = Matrix<Scalar>(rows: left.shape.rows, columns: right.shape.columns)
        try product.setToProduct(left, right)
        return product
    }

    /// The product of a matrix and a column. Throws if the shapes do not fit.
    @inlinable
    public static func * (left: Self, right: Vector<Scalar>) throws(LinearAlgebraError) -> Vector<Scalar> {
        var product = Vector<Scalar>(count: left.shape.rows)
        try product.setToProduct(left, right)
        return product
    }
}

extension Matrix {
    /// Replaces this matrix by factor · left · right + rest · this one, in its own memory. A `rest` of zero means that the
    /// old elements do not matter. Throws if the shapes do not fit.
    @inlinable
    public mutating func setToProduct<Left: MatrixOperand<Scalar>, Right: MatrixOperand<Scalar>>(
        _ left: Left, _ right: Right, scaledBy factor: Scalar = 1, plusSelfScaledBy rest: Scalar = 0
    ) throws(LinearAlgebraError) {
        guard left.shape.columns == right.shape.rows else {
            throw .shapeMismatch(operation: "product", left: left.shape, right: right.shape)
        }
        let product = MatrixShape(left.shape.rows, right.shape.columns)
        guard shape == product else {
            throw .shapeMismatch(operation: "place of a product", left: shape, right: product)
        }
        withUnsafeMutableElements { target, stride in
            left.base.withUnsafeElements { a, strideA in
                right.base.withUnsafeElements { b, strideB in
                    BLAS.gemm(
                        transposedA: Left.isTransposed, transposedB: Right.isTransposed,
                        m: product.rows, n: product.columns, k: left.shape.columns, alpha: factor, a, strideA: strideA,
                        b, strideB: strideB, beta: rest, target, strideC: stride)
                }
            }
        }
    }

    /// AᵀA, symmetric: the inner products of the columns. Takes half of the arithmetic of a product.
    @inlinable
    public func gram() -> Matrix {
        var gram = Matrix(rows: columns, columns: columns)
        gram.withUnsafeMutableElements { target, strideC in
            withUnsafeElements { a, stride in
                BLAS.syrk(transposed: true, n: columns, k: rows, a, stride: stride, target, strideC: strideC)
            }
            mirrorUpperTriangle(columns, target, stride: strideC)
        }
        return gram
    }

    /// The mean of each column; of no rows, not-a-number. Sums of 256 rows are summed, so that rounding grows slowly.
    @inlinable
    public func columnMeans() -> Vector<Scalar> {
        var total = Vector<Scalar>(count: columns)
        var block = total
        withUnsafeElements { elements, stride in
            for first in Swift.stride(from: 0, to: rows, by: 256) {
                total.withUnsafeMutableElements { total in
                    block.withUnsafeMutableElements { block in
                        block.update(repeating: 0, count: columns)
                        for row in first..<Swift.min(rows, first + 256) {
                            let source = elements + row * stride
                            for column in 0..<columns { block[column] += source[column] }
                        }
                        for column in 0..<columns { total[column] += block[column] }
                    }
                }
            }
        }
        total.withUnsafeMutableElements { total in
            for column in 0..<columns { total[column] /= Scalar(rows) }
        }
        return total
    }
}

extension Vector {
    /// Replaces this vector by factor · matrix · vector + rest · this one, in its own memory. A `rest` of zero means that
    /// the old elements do not matter. Throws if the shapes do not fit.
    @inlinable
    public mutating func setToProduct<Operand: MatrixOperand<Scalar>>(
        _ matrix: Operand, _ vector: Vector, scaledBy factor: Scalar = 1, plusSelfScaledBy rest: Scalar = 0
    ) throws(LinearAlgebraError) {
        guard matrix.shape.columns == vector.count else {
            throw .shapeMismatch(operation: "product", left: matrix.shape, right: vector.shape)
        }
        guard count == matrix.shape.rows else {
            throw .shapeMismatch(
                operation: "place of a product", left: shape, right: MatrixShape(matrix.shape.rows, 1))
        }
        withUnsafeMutableElements { y in
            matrix.base.withUnsafeElements { a, stride in
                vector.withUnsafeElements { x in
                    BLAS.gemv(
                        transposed: Operand.isTransposed, rows: matrix.base.rows, columns: matrix.base.columns,
                        alpha: factor, a, stride: stride, x, beta: rest, y)
                }
            }
        }
    }
}

/// Copies what lies above the diagonal to below it.
@inlinable
func mirrorUpperTriangle<Scalar: LinearScalar>(_ n: Int, _ a: UnsafeMutablePointer<Scalar>, stride: Int) {
    for row in 0..<n {
        for column in 0..<row { a[row * stride + column] = a[column * stride + row] }
    }
}
