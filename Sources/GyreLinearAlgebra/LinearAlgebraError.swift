/// Why an operation on matrices has no result, as data.
public enum LinearAlgebraError: Error, Equatable, Sendable {
    /// The operands' shapes, transposed where the operation transposes, do not fit each other.
    case shapeMismatch(operation: String, left: MatrixShape, right: MatrixShape)
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
