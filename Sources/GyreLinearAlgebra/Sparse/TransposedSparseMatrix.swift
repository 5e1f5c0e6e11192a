/// A sparse matrix seen with rows and columns exchanged, without copying: an operand of products. `SparseMatrix(_:)` makes
/// it one of its own.
public struct TransposedSparseMatrix<Scalar: LinearScalar>: Sendable {
    /// The matrix as it lies in memory.
    public let base: SparseMatrix<Scalar>

    @inlinable
    init(_ base: SparseMatrix<Scalar>) { self.base = base }

    @inlinable
    public var shape: MatrixShape { base.shape.transposed }
}

extension SparseMatrix {
    /// This matrix seen with rows and columns exchanged, in O(1).
    @inlinable
    public var transposed: TransposedSparseMatrix<Scalar> { TransposedSparseMatrix(self) }

    /// A copy with rows and columns exchanged, by counting: takes O(rows + columns + stored).
    @inlinable
    public init(_ transposed: TransposedSparseMatrix<Scalar>) {
        let base = transposed.base
        precondition(base.rows <= Int(Int32.max), "a sparse matrix cannot have \(base.rows) columns")
        let (first, end) = (base.offsets[0], base.offsets[base.rows])
        var offsets = [Int](repeating: 0, count: base.columns + 1)
        for index in first..<end { offsets[Int(base.columnIndices[index]) + 1] += 1 }
        for column in 0..<base.columns { offsets[column + 1] += offsets[column] }
        var next = offsets
        var columnIndices = [Int32](repeating: 0, count: end - first)
        var values = [Scalar](repeating: 0, count: end - first)
        for row in 0..<base.rows {
            for index in base.offsets[row]..<base.offsets[row + 1] {
                let column = Int(base.columnIndices[index])
                columnIndices[next[column]] = Int32(row)
                values[next[column]] = base.values[index]
                next[column] += 1
            }
        }
        self.init(unchecked: base.rows, offsets, columnIndices, values)
    }
}
