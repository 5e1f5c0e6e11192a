import GyreLinearAlgebra
import Testing

/// What an OpenBLAS without locks gets wrong if its calls are not kept apart: up to 17 of 100 products.
@Suite struct ConcurrencyTests {
    @Test("Threads that call at once get the bits of one that calls alone")
    func sameBits() async throws {
        var samples = Samples(seed: 1)
        let n = 24
        let (a, b): (Matrix<Double>, Matrix<Double>) = (samples.matrix(n, n), samples.matrix(n, n))
        var positive = a.gram()
        try positive.add(.identity(n))
        let (product, factor) = (try a * b, try Cholesky(positive).factor)
        let wrong = await withTaskGroup(of: Int.self) { [positive] group in
            for _ in 0..<4 {
                group.addTask {
                    var wrong = Self.wrongProducts(a, b, expecting: product)
                    for _ in 0..<5_000 where (try? Cholesky(positive).factor) != factor { wrong += 1 }
                    return wrong
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }

    /// How many of many products, made as fast as they can be, differ from the right one.
    private static func wrongProducts(
        _ a: Matrix<Double>, _ b: Matrix<Double>, expecting product: Matrix<Double>
    ) -> Int {
        let n = a.rows
        var place = Matrix<Double>(rows: n, columns: n)
        var wrong = 0
        for _ in 0..<100_000 {
            let isRight = place.withUnsafeMutableElements { c, strideC in
                a.withUnsafeElements { a, strideA in
                    b.withUnsafeElements { b, strideB in
                        product.withUnsafeElements { expected, _ in
                            BLAS.gemm(m: n, n: n, k: n, a, strideA: strideA, b, strideB: strideB, c, strideC: strideC)
                            return (0..<n * n).allSatisfy { c[$0] == expected[$0] }
                        }
                    }
                }
            }
            if !isRight { wrong += 1 }
        }
        return wrong
    }
}
