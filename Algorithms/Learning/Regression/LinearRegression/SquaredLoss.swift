import GyreLearning

/// ½·(score − label)².
enum SquaredLoss: RowLoss {
    static var algorithm: String { "linear-regression" }

    static func evaluate(
        _ scores: UnsafeMutablePointer<Double>, labels: UnsafePointer<Double>, weights: UnsafePointer<Double>?,
        count: Int
    ) -> Double {
        var sum = 0.0
        for row in 0..<count {
            let difference = scores[row] - labels[row]
            let derivative = difference * (weights?[row] ?? 1)
            scores[row] = derivative
            sum += difference * derivative
        }
        return sum / 2
    }

    static func start(mean: Double?, square: Double) -> LossStart? {
        LossStart(score: mean ?? 0, loss: square / 2, curvature: 1)
    }
}
