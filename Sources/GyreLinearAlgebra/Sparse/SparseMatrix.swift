/// A sparse matrix in compressed sparse rows: for each row the columns that are stored, ascending, and their values. A
/// column takes four bytes, so a matrix has at most `Int32.max` of them.
///
/// What is not stored is zero, and does not take part: zero times infinity or not-a-number in the other operand adds
/// nothing. A zero can be stored. A matrix is a value; a range of rows shares the columns and values of the whole.
public struct SparseMatrix<Scalar: LinearScalar>: Sendable {
    public let columns: Int
    /// Where each row begins in `columnIndices` and `values`, and where the last one ends: rows + 1 numbers, of which the
    /// first need not be zero.
    public let offsets: [Int]
    public let columnIndices: [Int32]
    @inlinable
    public var values: [Scalar] { stored }
    @usableFromInline var stored: [Scalar]

    @inlinable
    init(unchecked columns: Int, _ offsets: [Int], _ columnIndices: [Int32], _ values: [Scalar]) {
        (self.columns, self.offsets, self.columnIndices, self.stored) = (columns, offsets, columnIndices, values)
    }

    @inlinable
    public var rows: Int { offsets.count - 1 }

    @inlinable
    public var shape: MatrixShape { MatrixShape(rows, columns) }

    /// How many elements are stored.
    @inlinable
    public var storedCount: Int { offsets[rows] - offsets[0] }

    /// One row, without copying.
    @inlinable
    public func row(_ row: Int) -> SparseRow<Scalar> {
        precondition(row >= 0 && row < rows, "row \(row) is outside a matrix of \(rows) rows")
        let range = offsets[row]..<offsets[row + 1]
        return SparseRow(columnIndices: columnIndices[range], values: values[range])
    }

    /// The given rows; columns and values are not copied.
    @inlinable
    public subscript(rows range: some RangeExpression<Int>) -> SparseMatrix {
        let range = range.relative(to: 0..<rows)
        precondition(
            range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) are outside a matrix of \(rows) rows")
        return SparseMatrix(
            unchecked: columns, Array(offsets[range.lowerBound...range.upperBound]), columnIndices, values)
    }

    /// The element in a row and column. Takes the logarithm of what is stored in the row.
    @inlinable
    public subscript(row: Int, column: Int) -> Scalar {
        precondition(column >= 0 && column < columns, "column \(column) is outside a matrix of \(columns) columns")
        let row = self.row(row)
        var range = row.columnIndices.indices
        while let first = range.first {
            let middle = first + range.count / 2
            let found = Int(row.columnIndices[middle])
            if found == column { return row.values[middle] }
            range = found < column ? middle + 1..<range.upperBound : first..<middle
        }
        return 0
    }
}

/// A row of a sparse matrix: the columns that are stored, ascending, and beside each its value. Both have the same
/// indices.
public struct SparseRow<Scalar: LinearScalar>: Sendable {
    public let columnIndices: ArraySlice<Int32>
    public let values: ArraySlice<Scalar>

    @inlinable
    init(columnIndices: ArraySlice<Int32>, values: ArraySlice<Scalar>) {
        (self.columnIndices, self.values) = (columnIndices, values)
    }

    /// The inner product with a dense vector, which must have as many elements as the matrix columns.
    @inlinable
    public func dot(_ vector: Vector<Scalar>) -> Scalar {
        var sum: Scalar = 0
        for index in columnIndices.indices { sum += values[index] * vector[Int(columnIndices[index])] }
        return sum
    }
}

extension SparseMatrix: Equatable {
    /// Whether the same elements are stored and equal. A stored zero is not equal to one that is not stored.
    @inlinable
    public static func == (left: SparseMatrix, right: SparseMatrix) -> Bool {
        left.shape == right.shape
            && (0..<left.rows).allSatisfy { row in
                let (a, b) = (left.row(row), right.row(row))
                return a.columnIndices == b.columnIndices && a.values == b.values
            }
    }
}
