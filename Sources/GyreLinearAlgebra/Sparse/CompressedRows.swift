/// Rows of a sparse matrix as they are collected.
@usableFromInline
struct CompressedRows<Scalar: LinearScalar> {
    @usableFromInline let columns: Int
    @usableFromInline var offsets = [0]
    @usableFromInline var columnIndices: [Int32] = []
    @usableFromInline var values: [Scalar] = []

    @inlinable
    init(columns: Int) {
        precondition(columns >= 0 && columns <= Int(Int32.max), "a sparse matrix cannot have \(columns) columns")
        self.columns = columns
    }

    /// Adds a row of elements in any order; those of the same column become their sum, in their order.
    @inlinable
    mutating func append(_ row: [(column: Int, value: Scalar)]) throws(LinearAlgebraError) {
        let number = offsets.count - 1
        for (column, _) in row where column < 0 || column >= columns {
            throw .outside(row: number, column: column, shape: MatrixShape(number + 1, columns))
        }
        if zip(row, row.dropFirst()).allSatisfy({ $0.column < $1.column }) {
            columnIndices.append(contentsOf: row.lazy.map { Int32($0.column) })
            values.append(contentsOf: row.lazy.map(\.value))
        } else {
            for index in row.indices.sorted(by: { (row[$0].column, $0) < (row[$1].column, $1) }) {
                let (column, value) = row[index]
                if columnIndices.count > offsets[number], Int(columnIndices[columnIndices.count - 1]) == column {
                    values[values.count - 1] += value
                } else {
                    columnIndices.append(Int32(column))
                    values.append(value)
                }
            }
        }
        offsets.append(values.count)
    }
}
