import Foundation
import GyreLearning

/// log(1 + exp(−score)) for a label of ½, log(1 + exp(score)) for one of −½.
///
/// Labels are halves, since then a row's derivative is tanh(score ÷ 2) ÷ 2 − label, and what labels say without any score is
/// their products with the features alone.
enum LogisticLoss: RowLoss {
    static var algorithm: String { "logistic-regression" }

    static func evaluate(
        _ scores: UnsafeMutablePointer<Double>, labels: UnsafePointer<Double>, weights: UnsafePointer<Double>?,
        count: Int
    ) -> Double {
        var sum = 0.0
        for row in 0..<count {
            let isPositive = labels[row] > 0
            let margin = isPositive ? scores[row] : -scores[row]
            // One exponential, of a number that is not positive: nothing overflows, and small ones keep their digits.
            let small = exp(-abs(margin))
            let whole = 1 + small
            // What rounding took from `whole`, put back to first order.
            var loss = log(whole) + (small - (whole - 1)) / whole
            var wrong = small / whole
            if margin < 0 {
                loss -= margin
                wrong = 1 / whole
            }
            let weight = weights?[row] ?? 1
            sum += weight * loss
            scores[row] = isPositive ? -weight * wrong : weight * wrong
        }
        return sum
    }

    /// The score is the logarithm of the odds.
    static func start(mean: Double?, square: Double) -> LossStart? {
        guard let mean else { return LossStart(score: 0, loss: log(2), curvature: 0.25) }
        let (positive, negative) = (0.5 + mean, 0.5 - mean)
        guard positive > 0, negative > 0 else { return nil }
        return LossStart(
            score: log(positive / negative), loss: -(positive * log(positive) + negative * log(negative)),
            curvature: positive * negative)
    }
}
