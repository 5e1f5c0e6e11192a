import Gyre
import GyreLearning

extension FeatureRows {
    /// x · coefficients + intercept, a number a row.
    func scores(_ coefficients: [Double], intercept: Double) -> [Double] {
        let rowCount = rowCount
        guard rowCount > 0 else { return [] }
        return [Double](unsafeUninitializedCapacity: rowCount) { scores, count in
            guard let target = scores.baseAddress else { return }
            target.initialize(repeating: 0, count: rowCount)
            coefficients.withUnsafeBufferPointer { coefficients in
                if let coefficients = coefficients.baseAddress { multiply(by: coefficients, into: target) }
            }
            for row in 0..<rowCount { target[row] += intercept }
            count = rowCount
        }
    }
}
