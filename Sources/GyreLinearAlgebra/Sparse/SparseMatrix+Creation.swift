extension SparseMatrix {
    /// A matrix without stored elements.
    @inlinable
    public init(rows: Int, columns: Int) {
        precondition(rows >= 0 && columns >= 0, "a matrix cannot have \(rows) rows and \(columns) columns")
        self.init(unchecked: columns, Array(repeating: 0, count: rows + 1), [], [])
    }

    /// A matrix of compressed sparse rows as they are. Throws at the first row whose offsets fall or whose columns do not
    /// rise inside the matrix. Takes O(rows + stored).
    @inlinable
    public init(
        columns: Int, offsets: [Int], columnIndices: [Int32], values: [Scalar]
    ) throws(LinearAlgebraError) {
        guard let first = offsets.first, first >= 0, columns <= Int(Int32.max), columnIndices.count == values.count
        else { throw .malformedRows(row: 0) }
        for row in 0..<offsets.count - 1 {
            guard offsets[row] <= offsets[row + 1], offsets[row + 1] <= values.count else {
                throw .malformedRows(row: row)
            }
            var least: Int32 = 0
            for index in offsets[row]..<offsets[row + 1] {
                let column = columnIndices[index]
                guard column >= least, column < columns else { throw .malformedRows(row: row) }
                least = column + 1
            }
        }
        self.init(unchecked: columns, offsets, columnIndices, values)
    }

    /// A matrix of elements in any order. Elements for the same place are added, in their order. Throws if one is outside.
    /// Takes O(rows + stored), and sorting within rows.
    @inlinable
    public init(
        rows: Int, columns: Int, triplets: some Sequence<(row: Int, column: Int, value: Scalar)>
    ) throws(LinearAlgebraError) {
        precondition(rows >= 0, "a matrix cannot have \(rows) rows")
        let triplets = Array(triplets)
        var ends = [Int](repeating: 0, count: rows + 1)
        for (row, column, _) in triplets {
            guard row >= 0, row < rows else {
                throw .outside(row: row, column: column, shape: MatrixShape(rows, columns))
            }
            ends[row + 1] += 1
        }
        for row in 0..<rows { ends[row + 1] += ends[row] }
        // Numbers of triplets by row; afterwards each `ends` is where its row ends.
        var order = [Int](repeating: 0, count: triplets.count)
        for (number, triplet) in triplets.enumerated() {
            order[ends[triplet.row]] = number
            ends[triplet.row] += 1
        }
        var collected = CompressedRows<Scalar>(columns: columns)
        for row in 0..<rows {
            let begin = row == 0 ? 0 : ends[row - 1]
            try collected.append(order[begin..<ends[row]].map { (triplets[$0].column, triplets[$0].value) })
        }
        self.init(unchecked: columns, collected.offsets, collected.columnIndices, collected.values)
    }

    /// A matrix of rows, each with its elements in any order. Elements for the same column are added, in their order. Throws
    /// if one is outside. Takes O(rows + stored), and sorting of rows that are not ascending.
    @inlinable
    public init(
        columns: Int, rows: some Sequence<[(column: Int, value: Scalar)]>
    ) throws(LinearAlgebraError) {
        var collected = CompressedRows<Scalar>(columns: columns)
        for row in rows { try collected.append(row) }
        self.init(unchecked: columns, collected.offsets, collected.columnIndices, collected.values)
    }

    /// The elements of a dense matrix that are not zero; not-a-number is not.
    @inlinable
    public init(_ dense: Matrix<Scalar>) {
        precondition(dense.columns <= Int(Int32.max), "a sparse matrix cannot have \(dense.columns) columns")
        var offsets = [0]
        var columnIndices: [Int32] = []
        var values: [Scalar] = []
        dense.withUnsafeElements { elements, stride in
            for row in 0..<dense.rows {
                for column in 0..<dense.columns where elements[row * stride + column] != 0 {
                    columnIndices.append(Int32(column))
                    values.append(elements[row * stride + column])
                }
                offsets.append(values.count)
            }
        }
        self.init(unchecked: dense.columns, offsets, columnIndices, values)
    }
}

extension Matrix {
    /// A sparse matrix with its zeros.
    @inlinable
    public init(_ sparse: SparseMatrix<Scalar>) {
        self.init(rows: sparse.rows, columns: sparse.columns)
        let columns = columns
        withUnsafeMutableElements { elements, _ in
            for row in 0..<sparse.rows {
                for index in sparse.offsets[row]..<sparse.offsets[row + 1] {
                    elements[row * columns + Int(sparse.columnIndices[index])] = sparse.values[index]
                }
            }
        }
    }
}
