/// Why an operation on matrices has no result, as data.
public enum LinearAlgebraError: Error, Equatable, Sendable {
    /// The operands' shapes, transposed where the operation transposes, do not fit each other.
    case shapeMismatch(operation: String, left: MatrixShape, right: MatrixShape)
    /// An operation on square matrices was given another.
    case notSquare(operation: String, shape: MatrixShape)
    /// An operation on matrices with at least as many rows as columns was given one with fewer.
    case wide(operation: String, shape: MatrixShape)
    /// An element has a place outside the matrix that it is for.
    case outside(row: Int, column: Int, shape: MatrixShape)
    /// Offsets, columns and values that are no rows of a sparse matrix; `row` is the first that is wrong.
    case malformedRows(row: Int)
    /// The leading minor of this order is not positive: the matrix is singular to rounding, indefinite or not finite.
    case notPositiveDefinite(minor: Int)
    /// The diagonal of a triangular matrix is zero at this index.
    case singular(index: Int)
    /// An iteration did not converge; `remaining` values were not found.
    case noConvergence(operation: String, remaining: Int)
    /// An operation that only makes sense for finite numbers was given another.
    case notFinite(operation: String, row: Int, column: Int)
}

/// Rows and columns.
public struct MatrixShape: Hashable, Sendable, CustomStringConvertible {
    public var rows: Int
    public var columns: Int

    @inlinable
    public init(_ rows: Int, _ columns: Int) {
        self.rows = rows
        self.columns = columns
    }

    @inlinable
    public var transposed: MatrixShape { MatrixShape(columns, rows) }

    public var description: String { "\(rows)×\(columns)" }
}

extension LinearAlgebraError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .shapeMismatch(let operation, let left, let right):
            "\(operation): the shapes \(left) and \(right) do not fit"
        case .notSquare(let operation, let shape):
            "\(operation): needs a square matrix, and was given \(shape)"
        case .wide(let operation, let shape):
            "\(operation): needs at least as many rows as columns, and was given \(shape)"
        case .outside(let row, let column, let shape):
            "(\(row), \(column)) is outside a matrix of \(shape)"
        case .malformedRows(let row):
            "row \(row) of a sparse matrix is malformed: offsets must not fall, columns must rise and be inside"
        case .notPositiveDefinite(let minor):
            "the matrix is not positive definite: its leading minor of order \(minor) is not positive"
        case .singular(let index):
            "the matrix is singular: its triangular factor is zero at (\(index), \(index))"
        case .noConvergence(let operation, let remaining):
            "\(operation): no convergence; \(remaining) values were not found"
        case .notFinite(let operation, let row, let column):
            "\(operation): the matrix is not finite at (\(row), \(column))"
        }
    }
}
