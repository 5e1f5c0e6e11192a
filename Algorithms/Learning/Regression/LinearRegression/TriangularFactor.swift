import Gyre
import GyreLearning

/// The triangular factor R of rows that come in pieces: RᵀR is the sum of the rows' products, but without having been
/// rounded as such, so that R has twice the digits.
///
/// - Source: Demmel, Grigori, Hoemmen and Langou, "Communication-optimal parallel and sequential QR and LU
///   factorizations", 2012 (TSQR).
struct TriangularFactor: Codable, Sendable {
    let columnCount: Int
    /// A square, row by row; zero below the diagonal.
    private(set) var values: [Double]

    init(columnCount: Int) {
        self.columnCount = columnCount
        values = Array(repeating: 0, count: columnCount * columnCount)
    }

    /// Rows that are worth being added together: four times as many as R has, or R itself would be most of the work.
    var rowsAPiece: Int { max(256, 4 * columnCount) }

    /// Adds rows, which `fill` writes at the given place and stride.
    mutating func add(rowCount: Int, _ fill: (UnsafeMutablePointer<Double>, Int) -> Void) {
        let columns = columnCount
        withUnsafeTemporaryAllocation(of: Double.self, capacity: (columns + rowCount + 1) * columns) { room in
            guard let base = room.baseAddress else { return }
            values.withUnsafeMutableBufferPointer { values in
                guard let factor = values.baseAddress else { return }
                base.initialize(from: factor, count: columns * columns)
                fill(base + columns * columns, columns)
                LAPACK.geqrf(
                    rows: columns + rowCount, columns: columns, base, stride: columns,
                    tau: base + (columns + rowCount) * columns)
                // Below the diagonal are the reflectors.
                for row in 0..<columns {
                    for column in row..<columns { factor[row * columns + column] = base[row * columns + column] }
                }
            }
        }
    }

    /// Adds the rows that another factor is of.
    mutating func add(_ other: TriangularFactor) {
        other.values.withUnsafeBufferPointer { source in
            guard let source = source.baseAddress else { return }
            let count = columnCount * columnCount
            add(rowCount: columnCount) { target, _ in target.initialize(from: source, count: count) }
        }
    }
}
