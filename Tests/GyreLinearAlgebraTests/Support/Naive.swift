import GyreLinearAlgebra

/// Oracles: loops over subscripts.
enum Naive {
    static func product<Scalar>(_ a: Matrix<Scalar>, _ b: Matrix<Scalar>) -> Matrix<Scalar> {
        Matrix(rows: a.rows, columns: b.columns) { row, column in
            (0..<a.columns).reduce(0) { $0 + a[row, $1] * b[$1, column] }
        }
    }

    static func transposed<Scalar>(_ a: Matrix<Scalar>) -> Matrix<Scalar> {
        Matrix(rows: a.columns, columns: a.rows) { a[$1, $0] }
    }

    static func product<Scalar>(_ a: Matrix<Scalar>, _ x: Vector<Scalar>) -> Vector<Scalar> {
        Vector((0..<a.rows).map { row in (0..<a.columns).reduce(0) { $0 + a[row, $1] * x[$1] } })
    }

    /// The largest magnitude of an element of the difference; infinite for other shapes, not-a-number if there is one.
    static func distance<Scalar>(_ a: Matrix<Scalar>, _ b: Matrix<Scalar>) -> Scalar {
        guard a.shape == b.shape else { return .infinity }
        var largest: Scalar = 0
        for row in 0..<a.rows {
            for column in 0..<a.columns {
                let difference = abs(a[row, column] - b[row, column])
                if !(difference <= largest) { largest = difference }
            }
        }
        return largest
    }

    static func distance<Scalar>(_ a: Vector<Scalar>, _ b: Vector<Scalar>) -> Scalar {
        distance(Matrix(column: a), Matrix(column: b))
    }

    static func largest<Scalar>(_ a: Matrix<Scalar>) -> Scalar {
        distance(a, Matrix(rows: a.rows, columns: a.columns))
    }
}
