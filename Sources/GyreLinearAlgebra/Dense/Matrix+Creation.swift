extension Matrix {
    /// A matrix with the same number everywhere.
    @inlinable
    public init(rows: Int, columns: Int, repeating value: Scalar = 0) {
        self.init(uninitializedRows: rows, columns: columns) { elements in
            elements.initialize(repeating: value, count: rows * columns)
        }
    }

    /// A matrix of what `element` gives for each row and column, asked row by row.
    @inlinable
    public init<Failure: Error>(
        rows: Int, columns: Int, element: (_ row: Int, _ column: Int) throws(Failure) -> Scalar
    ) throws(Failure) {
        try self.init(uninitializedRows: rows, columns: columns) { elements throws(Failure) in
            for row in 0..<rows {
                for column in 0..<columns { elements[row * columns + column] = try element(row, column) }
            }
        }
    }

    /// A matrix of elements that are given row after row. Throws if there are more or fewer than the shape takes.
    @inlinable
    public init(rows: Int, columns: Int, elements: some Collection<Scalar>) throws(LinearAlgebraError) {
        let shape = MatrixShape(rows, columns)
        guard elements.count == rows * columns else {
            throw .shapeMismatch(operation: "matrix of elements", left: shape, right: MatrixShape(1, elements.count))
        }
        self.init(uninitializedRows: rows, columns: columns) { target in
            var next = target
            for element in elements {
                next.initialize(to: element)
                next += 1
            }
        }
    }

    /// A matrix of rows. Throws if one is longer or shorter than the first; no rows make the matrix 0×0.
    @inlinable
    public init(_ rows: [[Scalar]]) throws(LinearAlgebraError) {
        let columns = rows.first?.count ?? 0
        for (index, row) in rows.enumerated() where row.count != columns {
            throw .shapeMismatch(
                operation: "row \(index) of a matrix", left: MatrixShape(1, row.count), right: MatrixShape(1, columns))
        }
        self.init(rows: rows.count, columns: columns) { row, column in rows[row][column] }
    }

    /// The matrix with ones on the diagonal, and zeros elsewhere.
    @inlinable
    public static func identity(_ n: Int) -> Matrix {
        diagonal(Vector(repeating: 1, count: n))
    }

    /// The square matrix with the given diagonal, and zeros elsewhere.
    @inlinable
    public static func diagonal(_ elements: Vector<Scalar>) -> Matrix {
        Matrix(rows: elements.count, columns: elements.count) { row, column in row == column ? elements[row] : 0 }
    }
}

extension Matrix: ExpressibleByArrayLiteral {
    /// Rows that all have the same length, or it traps.
    @inlinable
    public init(arrayLiteral rows: [Scalar]...) {
        let columns = rows.first?.count ?? 0
        precondition(rows.allSatisfy { $0.count == columns }, "the rows of a matrix differ in length")
        self.init(rows: rows.count, columns: columns) { row, column in rows[row][column] }
    }
}
