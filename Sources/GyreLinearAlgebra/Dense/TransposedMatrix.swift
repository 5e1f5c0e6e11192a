/// A matrix seen with rows and columns exchanged, without copying: an operand of products. `Matrix(_:)` makes it one of
/// its own.
public struct TransposedMatrix<Scalar: LinearScalar>: Sendable {
    /// The matrix as it lies in memory.
    public let base: Matrix<Scalar>

    @inlinable
    init(_ base: Matrix<Scalar>) { self.base = base }

    @inlinable
    public subscript(row: Int, column: Int) -> Scalar { base[column, row] }
}

extension Matrix {
    /// This matrix seen with rows and columns exchanged, in O(1).
    @inlinable
    public var transposed: TransposedMatrix<Scalar> { TransposedMatrix(self) }

    /// A copy with rows and columns exchanged. Takes O(rows · columns).
    @inlinable
    public init(_ transposed: TransposedMatrix<Scalar>) {
        let base = transposed.base
        self = base.withUnsafeElements { source, stride in
            Matrix(rows: base.columns, columns: base.rows) { row, column in source[column * stride + row] }
        }
    }
}

/// What a dense product takes: a `Matrix` or the transposed view of one.
public protocol MatrixOperand<Scalar> {
    associatedtype Scalar: LinearScalar
    /// The matrix as it lies in memory.
    var base: Matrix<Scalar> { get }
    /// Whether rows and columns are exchanged.
    static var isTransposed: Bool { get }
}

extension MatrixOperand {
    /// The shape of the operand, after any exchange.
    @inlinable
    public var shape: MatrixShape { Self.isTransposed ? base.shape.transposed : base.shape }
}

extension Matrix: MatrixOperand {
    @inlinable
    public var base: Matrix { self }

    @inlinable
    public static var isTransposed: Bool { false }
}

extension TransposedMatrix: MatrixOperand {
    @inlinable
    public static var isTransposed: Bool { true }
}
