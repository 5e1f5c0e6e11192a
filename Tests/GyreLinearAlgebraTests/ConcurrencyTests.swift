import GyreLinearAlgebra
import Testing

/// What a serial OpenBLAS would get wrong: 17 of 100 products, when two threads multiply at once.
@Suite struct ConcurrencyTests {
    @Test("Threads that call at once get the bits of one that calls alone")
    func sameBits() async throws {
        var samples = Samples(seed: 1)
        let a: Matrix<Double> = samples.matrix(24, 24)
        let b: Matrix<Double> = samples.matrix(24, 24)
        let alone = (try a * b, a.gram(), try Cholesky(spread(a)).factor)
        let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var wrong = 0
                    for _ in 0..<20_000 where try a * b != alone.0 { wrong += 1 }
                    for _ in 0..<5_000 where a.gram() != alone.1 { wrong += 1 }
                    for _ in 0..<5_000 where try Cholesky(self.spread(a)).factor != alone.2 { wrong += 1 }
                    return wrong
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }

    /// A symmetric positive definite matrix.
    private func spread(_ a: Matrix<Double>) throws -> Matrix<Double> {
        var gram = a.gram()
        try gram.add(.identity(a.columns))
        return gram
    }
}
