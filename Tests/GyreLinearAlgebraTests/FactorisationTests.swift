import GyreLinearAlgebra
import Testing

/// Factors multiplied give what was factorised, and solutions solve.
@Suite struct FactorisationTests {
    @Test("Cholesky, QR, eigenvalues, singular values and least squares hold", arguments: 0..<60 as Range<UInt64>)
    func factors(seed: UInt64) throws {
        try check(Double.self, seed)
        try check(Float.self, seed)
    }

    private func check<Scalar: LinearScalar>(_: Scalar.Type, _ seed: UInt64) throws {
        var samples = Samples(seed: seed)
        let (n, extra, rightSides) = (samples.int(0...40), samples.int(0...20), samples.int(0...5))
        let a: Matrix<Scalar> = samples.view(n + extra, n)
        var positive = a.gram()
        try positive.add(.identity(n))
        let b: Matrix<Scalar> = samples.view(n, rightSides)
        let tall: Matrix<Scalar> = samples.view(n + extra, rightSides)
        let comment: Comment = "\(Scalar.self), seed \(seed)"
        let rounding = 100 * Scalar(n + extra + 1) * .ulpOfOne * (1 + Naive.largest(positive))

        let cholesky = try Cholesky(positive)
        #expect(Naive.distance(try cholesky.factor.transposed * cholesky.factor, positive) <= rounding, comment)
        let solution = try cholesky.solve(b)
        #expect(Naive.distance(try positive * solution, b) <= rounding * (1 + Naive.largest(solution)), comment)
        #expect(cholesky.reciprocalCondition > 0 && cholesky.reciprocalCondition <= 1 + 8 * .ulpOfOne, comment)

        let qr = try QR(a)
        let (q, r) = (qr.q, qr.r)
        #expect(Naive.distance(try q * r, a) <= rounding, comment)
        #expect(Naive.distance(q.gram(), .identity(n)) <= rounding, comment)
        for row in 0..<n { for column in 0..<row { #expect(r[row, column] == 0) } }

        let eigen = try SymmetricEigendecomposition(positive)
        let (values, v) = (eigen.values, eigen.vectors)
        #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 }, comment)
        #expect(Naive.distance(try v.transposed * (try Matrix.diagonal(values) * v), positive) <= rounding, comment)
        #expect(Naive.distance(try v * v.transposed, .identity(n)) <= rounding, comment)

        for matrix in [a, Naive.transposed(a)] {
            let svd = try SingularValueDecomposition(matrix)
            let product = try svd.u * (try Matrix.diagonal(svd.values) * svd.vt)
            #expect(Naive.distance(product, matrix) <= rounding, comment)
            #expect(zip(svd.values, svd.values.dropFirst()).allSatisfy { $0 >= $1 && $1 >= 0 }, comment)
            #expect(Naive.distance(svd.u.gram(), .identity(n)) <= rounding, comment)
            #expect(Naive.distance(try svd.vt * svd.vt.transposed, .identity(n)) <= rounding, comment)
        }

        // The residual is orthogonal to every column.
        let least = try LeastSquares(a, tall)
        var residual = tall.compacted()
        try residual.setToProduct(a, least.solution, plusSelfScaledBy: -1)
        let scale = 1 + Naive.largest(least.solution)
        #expect(Naive.distance(try a.transposed * residual, Matrix(rows: n, columns: rightSides)) <= rounding * scale)
        if least.rank == n, n == 0 || qr.reciprocalCondition > 1e-3 {
            let difference = Naive.distance(try qr.solve(tall), least.solution)
            #expect(difference <= 1000 * rounding * scale / max(qr.reciprocalCondition, 1e-3), comment)
        }
    }

    @Test("One by one, and nothing at all")
    func smallest() throws {
        #expect(try Cholesky([[4.0]]).factor == [[2]])
        #expect(try Cholesky([[4.0]]).solve([8.0]) == [2])
        #expect(try Cholesky(Matrix<Float>(rows: 0, columns: 0)).solve([]).isEmpty)
        #expect(abs(try QR([[-3.0]]).r[0, 0]) == 3)
        #expect(try QR([[2.0], [0]]).solve([6, 1]) == [3])
        #expect(try QR(Matrix<Double>(rows: 3, columns: 0)).solve([1, 2, 3]).isEmpty)
        #expect(try SymmetricEigendecomposition([[7.0]]).values == [7])
        #expect(try SingularValueDecomposition(Matrix<Double>(rows: 0, columns: 3)).values.isEmpty)
        #expect(try SingularValueDecomposition(Matrix<Double>(rows: 3, columns: 0)).u.shape == MatrixShape(3, 0))
        let none = try LeastSquares(Matrix<Double>(rows: 0, columns: 2), Matrix(rows: 0, columns: 1))
        #expect(none.solution == [[0], [0]])
        #expect(none.rank == 0)
    }

    @Test("Only the upper triangle is read")
    func upperTriangle() throws {
        #expect(try Cholesky([[4.0, 2], [.nan, 5]]).factor == [[2, 1], [0, 2]])
        let values = try SymmetricEigendecomposition([[2.0, 1], [.nan, 2]]).values
        #expect(Naive.distance(values, [1, 3]) < 1e-14)
    }

    @Test("What is not positive definite is refused, at the minor where it shows")
    func indefinite() {
        expect(.notPositiveDefinite(minor: 2)) { try Cholesky([[1.0, 2], [2, 1]]) }
        expect(.notPositiveDefinite(minor: 2)) { try Cholesky([[1.0, 1], [1, 1]]) }
        expect(.notPositiveDefinite(minor: 1)) { try Cholesky([[-1.0]]) }
        expect(.notPositiveDefinite(minor: 3)) { try Cholesky(Matrix.diagonal([1, 2, 0, 4] as Vector<Float>)) }
        for bad in [Double.nan, .infinity] {
            for n in [1, 2, 5, 64, 100] {
                var matrix = Matrix<Double>.identity(n)
                matrix[n - 1, n - 1] = bad
                expect(.notPositiveDefinite(minor: n)) { try Cholesky(matrix) }
            }
        }
        expect(.notSquare(operation: "Cholesky's factorisation", shape: MatrixShape(1, 2))) {
            try Cholesky([[1.0, 2]])
        }
    }

    @Test("Ill-conditioned and singular matrices show in the condition, the rank and an error")
    func singular() throws {
        let near: Matrix<Double> = [[1, 1], [1, 1 + 1e-12]]
        #expect(try Cholesky(near).reciprocalCondition < 1e-11)
        #expect(try Cholesky(Matrix<Double>.identity(30)).reciprocalCondition == 1)
        let hilbert = Matrix<Double>(rows: 8, columns: 8) { 1 / Double($0 + $1 + 1) }
        // The condition of Hilbert's matrix of order 8 is 3.39e10 in the 1-norm.
        #expect(abs(try Cholesky(hilbert).reciprocalCondition * 3.387e10 - 1) < 0.01)

        let dependent: Matrix<Double> = [[1, 2], [0, 0], [0, 0]]
        #expect(try QR(dependent).reciprocalCondition == 0)
        expect(.singular(index: 1)) { try QR(dependent).solve([1, 2, 3]) }
        let least = try LeastSquares(dependent, [[5], [1], [1]])
        #expect(least.rank == 1)
        #expect(Naive.distance(least.solution, [[1], [2]]) < 1e-14)
        #expect(try LeastSquares([[1.0, 0], [0, 1e-3]], [[1], [1]], tolerance: 1e-2).rank == 1)
        expect(.wide(operation: "QR", shape: MatrixShape(1, 2))) { try QR([[1.0, 2]]) }
    }

    @Test("What iterates refuses numbers that are not finite, and says where")
    func notFinite() {
        for bad in [Double.nan, .infinity] {
            expect(.notFinite(operation: "symmetric eigendecomposition", row: 0, column: 1)) {
                try SymmetricEigendecomposition([[1, bad], [bad, 1]])
            }
            expect(.notFinite(operation: "singular value decomposition", row: 1, column: 0)) {
                try SingularValueDecomposition([[1, 2], [bad, 1]])
            }
            expect(.notFinite(operation: "least squares", row: 0, column: 0)) { try LeastSquares([[1]], [[bad]]) }
        }
        var values = [0.0]
        var element = [Double.nan]
        expect(.noConvergence(operation: "singular values", remaining: 1)) {
            try LAPACK.gesdd(rows: 1, columns: 1, &element, stride: 1, values: &values)
        }
        expect(.shapeMismatch(operation: "Cholesky solution", left: MatrixShape(1, 1), right: MatrixShape(2, 1))) {
            try Cholesky([[1.0]]).solve([1, 2])
        }
    }

    private func expect<Result>(
        _ error: LinearAlgebraError, _ body: () throws -> Result, location: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: error, sourceLocation: location) { _ = try body() }
    }
}
