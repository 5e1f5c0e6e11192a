/// A dense matrix, row-major: the elements of a row lie beside each other, and each row begins `stride` elements after the
/// one before.
///
/// A matrix is a value. Its memory is shared by copies and by views of it until one of them is changed, which then copies
/// what it shows (decision 0015). Ranges of rows and of columns are such views: matrices as well, made in O(1), that keep
/// the whole memory alive; `compacted()` gives one of its own. No dimension may be past `Int32.max`.
///
/// Shapes of two operands that do not fit throw `LinearAlgebraError`, since they come with the data; an index or range
/// outside a matrix traps. Matrices without rows or without columns are fine everywhere.
public struct Matrix<Scalar: LinearScalar>: Sendable {
    @usableFromInline var storage: DenseStorage<Scalar>
    @usableFromInline var offset: Int
    public let rows: Int
    public let columns: Int
    @usableFromInline var rowStride: Int

    @inlinable
    init(_ storage: DenseStorage<Scalar>, offset: Int, rows: Int, columns: Int, stride: Int) {
        (self.storage, self.offset, self.rows, self.columns, self.rowStride) = (storage, offset, rows, columns, stride)
    }

    /// A matrix of the given shape with what `initialize` puts into its memory: all of it, `columns` apart.
    @inlinable
    public init<Failure: Error>(
        uninitializedRows rows: Int, columns: Int,
        initializingWith initialize: (UnsafeMutablePointer<Scalar>) throws(Failure) -> Void
    ) throws(Failure) {
        precondition(rows >= 0 && columns >= 0, "a matrix cannot have \(rows) rows and \(columns) columns")
        let storage = DenseStorage<Scalar>(count: rows * columns)
        try initialize(storage.elements)
        self.init(storage, offset: 0, rows: rows, columns: columns, stride: columns)
    }

    /// The distance of two rows in memory, at least `columns`. Changing a view may change it.
    @inlinable
    public var stride: Int { rowStride }

    @inlinable
    public var shape: MatrixShape { MatrixShape(rows, columns) }

    @inlinable
    public var isEmpty: Bool { rows == 0 || columns == 0 }

    /// The element in a row and column. Setting it costs a check of whether the memory is shared: for many elements, see
    /// `withUnsafeMutableElements`.
    @inlinable
    public subscript(row: Int, column: Int) -> Scalar {
        get {
            check(row, column)
            return withExtendedLifetime(storage) { storage.elements[offset + row * stride + column] }
        }
        set {
            check(row, column)
            makeUnique()
            withExtendedLifetime(storage) { storage.elements[offset + row * stride + column] = newValue }
        }
    }

    @inlinable
    func check(_ row: Int, _ column: Int) {
        precondition(
            row >= 0 && row < rows && column >= 0 && column < columns,
            "(\(row), \(column)) is outside a matrix of \(rows)×\(columns)")
    }

    /// Copies what this matrix shows, unless nothing else holds its memory.
    @inlinable
    mutating func makeUnique() {
        if !isKnownUniquelyReferenced(&storage) { self = compacted() }
    }

    /// This matrix in memory of its own, no larger than it needs. Takes O(rows · columns).
    @inlinable
    public func compacted() -> Matrix {
        withUnsafeElements { source, stride in
            Matrix(uninitializedRows: rows, columns: columns) { target in
                for row in 0..<rows {
                    (target + row * columns).initialize(from: source + row * stride, count: columns)
                }
            }
        }
    }

    /// Calls `body` with the first element and the row stride, for the length of the call.
    @inlinable
    public func withUnsafeElements<Result, Failure: Error>(
        _ body: (_ elements: UnsafePointer<Scalar>, _ stride: Int) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(storage) {} }
        return try body(storage.elements + offset, stride)
    }

    /// The same to change them. Copies first if the memory is shared. Between rows, other views' elements may lie that are
    /// not to be touched.
    @inlinable
    public mutating func withUnsafeMutableElements<Result, Failure: Error>(
        _ body: (_ elements: UnsafeMutablePointer<Scalar>, _ stride: Int) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        makeUnique()
        defer { withExtendedLifetime(storage) {} }
        return try body(storage.elements + offset, stride)
    }
}
