import GyreLinearAlgebra
import GyreTesting

/// Random operands, from a seed.
struct Samples {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// Sizes where loops end and begin: none, one, and around the widths of kernels.
    mutating func size() -> Int {
        [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 50, 65].randomElement(using: &generator) ?? 0
    }

    mutating func number<Scalar: LinearScalar>(_: Scalar.Type) -> Scalar {
        Scalar(Int.random(in: -64...64, using: &generator)) / 32
    }

    mutating func vector<Scalar: LinearScalar>(_ count: Int) -> Vector<Scalar> {
        Vector((0..<count).map { _ in number(Scalar.self) })
    }

    mutating func matrix<Scalar: LinearScalar>(_ rows: Int, _ columns: Int) -> Matrix<Scalar> {
        Matrix(rows: rows, columns: columns) { _, _ in number(Scalar.self) }
    }

    /// Rows and columns out of something larger, so that the stride is larger too.
    mutating func view<Scalar: LinearScalar>(_ rows: Int, _ columns: Int) -> Matrix<Scalar> {
        let (above, left, right) = (int(0...2), int(0...2), int(0...3))
        let whole: Matrix<Scalar> = matrix(above + rows + 1, left + columns + right)
        return whole[rows: above..<above + rows, columns: left..<left + columns]
    }

    mutating func sparse<Scalar: LinearScalar>(_ rows: Int, _ columns: Int) -> SparseMatrix<Scalar> {
        var dense: Matrix<Scalar> = matrix(rows, columns)
        for row in 0..<rows {
            for column in 0..<columns where int(0...3) > 0 { dense[row, column] = 0 }
        }
        return SparseMatrix(dense)
    }

    mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    mutating func bool() -> Bool { Bool.random(using: &generator) }
}
