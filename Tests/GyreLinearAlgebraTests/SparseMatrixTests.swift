import GyreLinearAlgebra
import Testing

@Suite struct SparseMatrixTests {
    @Test("Products, transposition and norms agree with the dense matrix", arguments: 0..<100 as Range<UInt64>)
    func agreesWithDense(seed: UInt64) throws {
        try check(Double.self, seed)
        try check(Float.self, seed)
    }

    private func check<Scalar: LinearScalar>(_: Scalar.Type, _ seed: UInt64) throws {
        var samples = Samples(seed: seed)
        let (m, n, k) = (samples.size(), samples.size(), samples.size())
        var sparse: SparseMatrix<Scalar> = samples.sparse(m, k)
        if samples.bool() { sparse = sparse[rows: m / 3..<m - m / 4] }
        let dense = Matrix(sparse)
        let rows = sparse.rows
        #expect(SparseMatrix(dense) == sparse, "seed \(seed)")
        #expect(Matrix(SparseMatrix(sparse.transposed)) == Naive.transposed(dense), "seed \(seed)")

        let (b, c): (Matrix<Scalar>, Matrix<Scalar>) = (samples.view(k, n), samples.view(rows, n))
        #expect(try sparse * b == Naive.product(dense, b), "seed \(seed)")
        #expect(try sparse.transposed * c == Naive.product(Naive.transposed(dense), c), "seed \(seed)")
        let (x, y): (Vector<Scalar>, Vector<Scalar>) = (samples.vector(k), samples.vector(rows))
        #expect(try sparse * x == Naive.product(dense, x), "seed \(seed)")
        #expect(try sparse.transposed * y == Naive.product(Naive.transposed(dense), y), "seed \(seed)")

        for row in 0..<rows {
            #expect(sparse.row(row).dot(x) == (try dense.row(row).dot(x)), "seed \(seed)")
            for column in 0..<k { #expect(sparse[row, column] == dense[row, column], "seed \(seed)") }
        }
        let norms = sparse.rowNorms()
        #expect((0..<rows).allSatisfy { abs(norms[$0] - dense.row($0).norm) <= 8 * norms[$0].ulp }, "seed \(seed)")
        let norm = Vector(dense).norm
        #expect(abs(sparse.frobeniusNorm - norm) <= 64 * norm.ulp, "seed \(seed)")
        var scaled = sparse
        try scaled.scaleRows(by: y)
        #expect(Matrix(scaled) == (try Matrix.diagonal(y) * dense), "seed \(seed)")
        #expect(Matrix(sparse) == dense, "seed \(seed)")
    }

    @Test("Triplets come in any order, and equal places are added", arguments: 0..<30 as Range<UInt64>)
    func triplets(seed: UInt64) throws {
        var samples = Samples(seed: seed)
        let (m, n) = (samples.int(1...9), samples.int(1...9))
        let triplets = (0..<samples.int(0...60)).map { _ in
            (row: samples.int(0...m - 1), column: samples.int(0...n - 1), value: samples.number(Double.self))
        }
        var dense = Matrix<Double>(rows: m, columns: n)
        var rows = [[(column: Int, value: Double)]](repeating: [], count: m)
        for (row, column, value) in triplets {
            dense[row, column] += value
            rows[row].append((column, value))
        }
        let sparse = try SparseMatrix(rows: m, columns: n, triplets: triplets)
        #expect(Matrix(sparse) == dense, "seed \(seed)")
        #expect(try SparseMatrix(columns: n, rows: rows) == sparse, "seed \(seed)")
        let again = try SparseMatrix(
            columns: n, offsets: sparse.offsets, columnIndices: sparse.columnIndices, values: sparse.values)
        #expect(again == sparse, "seed \(seed)")
    }

    @Test("What is outside, malformed or of another shape is refused, with its place")
    func refused() throws {
        let outside = LinearAlgebraError.outside(row: 0, column: 2, shape: MatrixShape(1, 2))
        #expect(throws: outside) { try SparseMatrix(rows: 1, columns: 2, triplets: [(0, 2, 1.0)]) }
        #expect(throws: outside) { try SparseMatrix(columns: 2, rows: [[(2, 1.0)]]) }
        #expect(throws: LinearAlgebraError.outside(row: 1, column: 0, shape: MatrixShape(1, 2))) {
            try SparseMatrix(rows: 1, columns: 2, triplets: [(1, 0, 1.0)])
        }
        func compressed(_ offsets: [Int], _ columns: [Int32]) throws -> SparseMatrix<Double> {
            try SparseMatrix(
                columns: 3, offsets: offsets, columnIndices: columns,
                values: [Double](repeating: 1, count: columns.count))
        }
        #expect(try compressed([0, 2, 3], [0, 2, 1]).storedCount == 3)
        let bad: [(offsets: [Int], columns: [Int32], row: Int)] = [
            ([], [], 0), ([-1, 0], [], 0), ([0, 2], [0], 0), ([0, 1, 0], [0], 1), ([0, 1, 2], [0, 3], 1),
            ([0, 2], [1, 1], 0), ([0, 2], [1, 0], 0), ([0, 1], [-1], 0),
        ]
        for (offsets, columns, row) in bad {
            #expect(throws: LinearAlgebraError.malformedRows(row: row), "\(offsets), \(columns)") {
                try compressed(offsets, columns)
            }
        }
        let sparse = SparseMatrix<Double>(rows: 2, columns: 3)
        #expect(
            throws: LinearAlgebraError.shapeMismatch(
                operation: "sparse product", left: MatrixShape(2, 3), right: MatrixShape(2, 1))
        ) { try sparse * Vector(count: 2) }
        #expect(
            throws: LinearAlgebraError.shapeMismatch(
                operation: "sparse product", left: MatrixShape(3, 2), right: MatrixShape(3, 4))
        ) { try sparse.transposed * Matrix(rows: 3, columns: 4) }
    }

    @Test("A row shows what is stored; not-a-number is, and spreads only from there")
    func rows() throws {
        let sparse = SparseMatrix<Double>([[0, 1, 0, .nan], [0, 0, 0, 0], [2, 0, 3, 0]])
        #expect(Array(sparse.row(2).columnIndices) == [0, 2])
        #expect(Array(sparse.row(2).values) == [2, 3])
        #expect(sparse.row(1).values.isEmpty)
        let product = try sparse * ([1, 1, 1, 1] as Vector<Double>)
        #expect(product.map(\.isNaN) == [true, false, false])
        #expect(try sparse * ([.nan, 1, 1, 0] as Vector<Double>) != product)
        #expect((try sparse * ([1, .infinity, 1, 1] as Vector<Double>))[2] == 5)
    }
}
