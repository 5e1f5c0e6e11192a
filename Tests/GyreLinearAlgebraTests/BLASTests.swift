import GyreLinearAlgebra
import Testing

/// The raw layer against loops. Elements are small multiples of a power of two, so that results are exact.
@Suite struct BLASTests {
    @Test(
        "Products agree with loops, over strides, transpositions and empty sizes", arguments: 0..<200 as Range<UInt64>)
    func products(seed: UInt64) {
        check(Double.self, seed: seed)
        check(Float.self, seed: seed)
    }

    private func check<Scalar: LinearScalar>(_: Scalar.Type, seed: UInt64) {
        var samples = Samples(seed: seed)
        let (m, n, k) = (samples.size(), samples.size(), samples.size())
        let (transposedA, transposedB) = (samples.bool(), samples.bool())
        let (alpha, beta) = ([0, 1, -0.5][samples.int(0...2)] as Scalar, [0, 1, 2][samples.int(0...2)] as Scalar)
        let a: Matrix<Scalar> = transposedA ? samples.view(k, m) : samples.view(m, k)
        let b: Matrix<Scalar> = transposedB ? samples.view(n, k) : samples.view(k, n)
        var c: Matrix<Scalar> = samples.view(m, n)
        var expected = c.compacted()
        let (left, right) = (transposedA ? Naive.transposed(a) : a, transposedB ? Naive.transposed(b) : b)
        let product = Naive.product(left, right)
        for row in 0..<m {
            for column in 0..<n {
                expected[row, column] = alpha * product[row, column] + beta * expected[row, column]
            }
        }
        c.withUnsafeMutableElements { c, strideC in
            a.withUnsafeElements { a, strideA in
                b.withUnsafeElements { b, strideB in
                    BLAS.gemm(
                        transposedA: transposedA, transposedB: transposedB, m: m, n: n, k: k, alpha: alpha,
                        a, strideA: strideA, b, strideB: strideB, beta: beta, c, strideC: strideC)
                }
            }
        }
        #expect(c == expected, "gemm, \(Scalar.self), seed \(seed)")

        let x: Vector<Scalar> = samples.vector(transposedA ? a.rows : a.columns)
        var y: Vector<Scalar> = samples.vector(transposedA ? a.columns : a.rows)
        let image = Naive.product(left, x)
        let expectedY = Vector(y.indices.map { alpha * image[$0] + beta * y[$0] })
        y.withUnsafeMutableElements { y in
            a.withUnsafeElements { a, stride in
                x.withUnsafeElements { x in
                    let (rows, columns) = transposedA ? (k, m) : (m, k)
                    BLAS.gemv(
                        transposed: transposedA, rows: rows, columns: columns, alpha: alpha, a, stride: stride, x,
                        beta: beta, y)
                }
            }
        }
        #expect(y == expectedY, "gemv, \(Scalar.self), seed \(seed)")

        let symmetric = Naive.product(left, Naive.transposed(left))
        let filling: Scalar = 7
        var triangle = Matrix<Scalar>(rows: m, columns: m, repeating: filling)
        triangle.withUnsafeMutableElements { c, strideC in
            a.withUnsafeElements { a, stride in
                BLAS.syrk(
                    transposed: transposedA, n: m, k: k, alpha: alpha, a, stride: stride, beta: beta, c,
                    strideC: strideC)
            }
        }
        let expectedTriangle = Matrix<Scalar>(rows: m, columns: m) { row, column in
            column < row ? filling : alpha * symmetric[row, column] + beta * filling
        }
        #expect(triangle == expectedTriangle, "syrk, \(Scalar.self), seed \(seed)")
    }

    @Test("Vectors: inner product, sum, scaling, norm", arguments: [0, 1, 2, 7, 33, 1000])
    func vectors(count: Int) {
        check(Double.self, count)
        check(Float.self, count)
    }

    private func check<Scalar: LinearScalar>(_: Scalar.Type, _ count: Int) {
        var samples = Samples(seed: UInt64(count))
        let (x, y): ([Scalar], [Scalar]) = (Array(samples.vector(count)), Array(samples.vector(count)))
        #expect(BLAS.dot(count, x, y) == zip(x, y).reduce(0) { $0 + $1.0 * $1.1 })
        var sum = y
        BLAS.axpy(count, 0.5, x, &sum)
        #expect(sum == zip(x, y).map { 0.5 * $0 + $1 })
        var scaled = x
        BLAS.scale(count, -2, &scaled)
        #expect(scaled == x.map { -2 * $0 })
        let norm = x.reduce(0) { $0 + $1 * $1 }.squareRoot()
        #expect(abs(BLAS.norm2(count, x) - norm) <= 4 * norm.ulp)
    }

    @Test("A norm does not overflow where squares do, nor vanish")
    func extremeNorms() {
        #expect(abs(BLAS.norm2(2, [3e200, 4e200]) / 5e200 - 1) < 1e-14)
        #expect(abs(BLAS.norm2(2, [3e-200, 4e-200]) / 5e-200 - 1) < 1e-14)
        #expect(abs(BLAS.norm2(2, [3e30, 4e30] as [Float]) / 5e30 - 1) < 1e-6)
        #expect(abs(BLAS.norm2(2, [3e-30, 4e-30] as [Float]) / 5e-30 - 1) < 1e-6)
    }

    @Test("Not-a-number propagates, and a beta of zero does not read the old content", arguments: [1, 3, 8, 50])
    func notANumber(n: Int) {
        var a = [Double](repeating: 1, count: n * n)
        let x = [Double](repeating: 0, count: n)
        var c = [Double](repeating: .nan, count: n * n)
        var y = [Double](repeating: .nan, count: n)
        BLAS.gemm(m: n, n: n, k: n, a, strideA: n, a, strideB: n, &c, strideC: n)
        BLAS.gemv(rows: n, columns: n, a, stride: n, x, &y)
        #expect(c.allSatisfy { $0 == Double(n) })
        #expect(y.allSatisfy { $0 == 0 })
        // 0 · NaN is not-a-number in the row that it is in, and in no other.
        a[(n - 1) * n] = .nan
        BLAS.gemv(rows: n, columns: n, a, stride: n, x, &y)
        #expect(y.map(\.isNaN) == (0..<n).map { $0 == n - 1 })
        let zeros = [Double](repeating: 0, count: n * n)
        BLAS.gemm(m: n, n: n, k: n, a, strideA: n, zeros, strideB: n, &c, strideC: n)
        #expect(c.indices.allSatisfy { c[$0].isNaN == ($0 / n == n - 1) })
        BLAS.gemm(m: n, n: n, k: n, zeros, strideA: n, a, strideB: n, &c, strideC: n)
        #expect(c.indices.allSatisfy { c[$0].isNaN == ($0 % n == 0) })
    }

    @Test("Nothing beside a view is written", arguments: 0..<20 as Range<UInt64>)
    func neighbours(seed: UInt64) {
        var samples = Samples(seed: seed)
        let (m, n, k) = (samples.int(1...20), samples.int(1...20), samples.int(0...20))
        let (a, b): (Matrix<Double>, Matrix<Double>) = (samples.matrix(m, k), samples.matrix(k, n))
        var place = [Double](repeating: .infinity, count: (m + 2) * (n + 3))
        place.withUnsafeMutableBufferPointer { place in
            guard let start = place.baseAddress else { return }
            a.withUnsafeElements { a, strideA in
                b.withUnsafeElements { b, strideB in
                    BLAS.gemm(
                        m: m, n: n, k: k, a, strideA: strideA, b, strideB: strideB, start + n + 3 + 1, strideC: n + 3)
                }
            }
        }
        for row in 0..<m + 2 {
            for column in 0..<n + 3 {
                let isInside = row >= 1 && row <= m && column >= 1 && column <= n
                #expect(place[row * (n + 3) + column].isFinite == isInside, "seed \(seed)")
            }
        }
    }
}
