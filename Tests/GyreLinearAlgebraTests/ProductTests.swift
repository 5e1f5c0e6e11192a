import GyreLinearAlgebra
import Testing

@Suite struct ProductTests {
    @Test("Products of views and transposed views agree with loops", arguments: 0..<100 as Range<UInt64>)
    func products(seed: UInt64) throws {
        try check(Double.self, seed)
        try check(Float.self, seed)
    }

    private func check<Scalar: LinearScalar>(_: Scalar.Type, _ seed: UInt64) throws {
        var samples = Samples(seed: seed)
        let (m, n, k) = (samples.size(), samples.size(), samples.size())
        let (a, b): (Matrix<Scalar>, Matrix<Scalar>) = (samples.view(m, k), samples.view(k, n))
        let (at, bt): (Matrix<Scalar>, Matrix<Scalar>) = (Naive.transposed(a), Naive.transposed(b))
        let expected = Naive.product(a, b)
        #expect(try a * b == expected, "seed \(seed)")
        #expect(try at.transposed * b == expected, "seed \(seed)")
        #expect(try a * bt.transposed == expected, "seed \(seed)")
        #expect(try at.transposed * bt.transposed == expected, "seed \(seed)")
        #expect(a.gram() == Naive.product(at, a), "seed \(seed)")

        let x: Vector<Scalar> = samples.vector(k)
        #expect(try a * x == Naive.product(a, x), "seed \(seed)")
        #expect(try at.transposed * x == Naive.product(a, x), "seed \(seed)")

        let start: Matrix<Scalar> = samples.view(m, n)
        var sum = start
        try sum.setToProduct(a, b, scaledBy: 2, plusSelfScaledBy: -1)
        var expectedSum = expected
        expectedSum.scale(by: 2)
        try expectedSum.add(start, scaledBy: -1)
        #expect(sum == expectedSum, "seed \(seed)")
    }

    @Test("A product into its own operand is the product of the old ones")
    func overlap() throws {
        var a: Matrix<Double> = [[1, 2], [3, 4]]
        try a.setToProduct(a, a)
        #expect(a == [[7, 10], [15, 22]])
        var x: Vector<Double> = [1, 1]
        try x.setToProduct(a, x)
        #expect(x == [17, 37])
    }

    @Test("Shapes that do not fit are refused, with both")
    func mismatch() {
        let (a, b) = (Matrix<Double>(rows: 2, columns: 3), Matrix<Double>(rows: 4, columns: 3))
        #expect(throws: LinearAlgebraError.shapeMismatch(operation: "product", left: a.shape, right: b.shape)) {
            try a * b
        }
        #expect(
            throws: LinearAlgebraError.shapeMismatch(operation: "product", left: a.shape.transposed, right: b.shape)
        ) { try a.transposed * b }
        #expect(
            throws: LinearAlgebraError.shapeMismatch(operation: "product", left: a.shape, right: MatrixShape(2, 1))
        ) { try a * Vector(count: 2) }
        var place = Matrix<Double>(rows: 2, columns: 2)
        #expect(
            throws: LinearAlgebraError.shapeMismatch(
                operation: "place of a product", left: MatrixShape(2, 2), right: MatrixShape(2, 4))
        ) { try place.setToProduct(a, b.transposed) }
        #expect(throws: LinearAlgebraError.shapeMismatch(operation: "sum", left: place.shape, right: a.shape)) {
            try place.add(a)
        }
        let error = LinearAlgebraError.shapeMismatch(operation: "product", left: a.shape, right: b.shape)
        #expect(error.description == "product: the shapes 2×3 and 4×3 do not fit")
    }

    @Test("Means of columns, also of none, of many and of views", arguments: [0, 1, 255, 256, 257, 1000])
    func means(rows: Int) {
        var samples = Samples(seed: UInt64(rows))
        let a: Matrix<Double> = samples.view(rows, 3)
        let means = a.columnMeans()
        for column in 0..<3 {
            let expected = a.column(column).reduce(0, +) / Double(rows)
            #expect(rows == 0 ? means[column].isNaN : means[column] == expected)
        }
        #expect(Matrix<Float>(rows: rows, columns: 0).columnMeans().isEmpty)
    }
}
