import COpenBLAS
import Foundation
import GyreLinearAlgebra
import Testing

/// What the library that was found does to a process.
@Suite struct StartTests {
    @Test("A call keeps OpenBLAS to the calling thread")
    func oneThread() throws {
        let n = 512
        let a = [Double](repeating: 1, count: n * n)
        var c = [Double](repeating: 0, count: n * n)
        // Another test's thread may come and go meanwhile; BLAS's would stay.
        var fewest = Int.max
        for _ in 0..<8 {
            let before = try Self.threads()
            BLAS.gemm(m: n, n: n, k: n, a, strideA: n, a, strideB: n, &c, strideC: n)
            fewest = min(fewest, try Self.threads() - before)
        }
        #expect(fewest <= 0, "\(fewest) more threads after each call")
        #expect(openblas_get_num_threads() == 1)
        #expect(c.allSatisfy { $0 == Double(n) })
    }

    private static func threads() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
    }
}
