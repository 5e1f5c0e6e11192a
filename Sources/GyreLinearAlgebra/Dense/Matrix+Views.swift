extension Matrix {
    /// The given rows, without copying.
    @inlinable
    public subscript(rows range: some RangeExpression<Int>) -> Matrix {
        let range = range.relative(to: 0..<rows)
        precondition(
            range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) are outside a matrix of \(rows) rows")
        return Matrix(
            storage, offset: offset + range.lowerBound * stride, rows: range.count, columns: columns, stride: stride)
    }

    /// The given columns, without copying.
    @inlinable
    public subscript(columns range: some RangeExpression<Int>) -> Matrix {
        let range = range.relative(to: 0..<columns)
        precondition(
            range.lowerBound >= 0 && range.upperBound <= columns,
            "columns \(range) are outside a matrix of \(columns) columns")
        return Matrix(storage, offset: offset + range.lowerBound, rows: rows, columns: range.count, stride: stride)
    }

    /// The block where the given rows and columns meet, without copying.
    @inlinable
    public subscript(rows rows: some RangeExpression<Int>, columns columns: some RangeExpression<Int>) -> Matrix {
        self[rows: rows][columns: columns]
    }

    /// One row, without copying.
    @inlinable
    public func row(_ row: Int) -> Vector<Scalar> {
        precondition(row >= 0 && row < rows, "row \(row) is outside a matrix of \(rows) rows")
        return Vector(storage, offset: offset + row * stride, count: columns)
    }

    /// One column, copied: a vector is contiguous.
    @inlinable
    public func column(_ column: Int) -> Vector<Scalar> {
        precondition(column >= 0 && column < columns, "column \(column) is outside a matrix of \(columns) columns")
        return withUnsafeElements { elements, stride in
            Vector(uninitializedCount: rows) { target in
                for row in 0..<rows { target[row] = elements[row * stride + column] }
            }
        }
    }
}
