extension Matrix {
    /// The matrix with one column, the vector, without copying.
    @inlinable
    public init(column vector: Vector<Scalar>) {
        self.init(vector.storage, offset: vector.offset, rows: vector.count, columns: 1, stride: 1)
    }

    /// The matrix with one row, the vector, without copying.
    @inlinable
    public init(row vector: Vector<Scalar>) {
        self.init(vector.storage, offset: vector.offset, rows: 1, columns: vector.count, stride: vector.count)
    }
}

extension Vector {
    /// The elements of a matrix, row after row; without copying if they lie beside each other.
    @inlinable
    public init(_ matrix: Matrix<Scalar>) {
        let compact = matrix.stride == matrix.columns ? matrix : matrix.compacted()
        self.init(compact.storage, offset: compact.offset, count: compact.rows * compact.columns)
    }
}
