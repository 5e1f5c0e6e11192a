import Foundation

/// How well probabilities of a positive class tell it from the other one.
///
/// All sums run over the rows in order of probability, then class, then weight: the order of the rows does not
/// change a bit.
public struct BinaryClassificationMetrics: Codable, Equatable, Sendable {
    /// The rows' weight.
    public let weight: Double
    /// The weight of the positive rows.
    public let positiveWeight: Double
    /// The share of the weight whose class is the likelier one: positive above a probability of one half.
    public let accuracy: Double
    /// −Σ w·log(probability of the row's class) ÷ Σ w. A probability of 0 counts as the smallest that a `Double` is apart
    /// from 1, 2⁻⁵².
    public let logLoss: Double
    /// The probability that a positive row gets more than a negative one, a tie counting half. Nil where one of the classes
    /// has no weight.
    public let areaUnderCurve: Double?

    /// - Parameter weights: nil where each is 1.
    /// - Throws: `LearningError.noRows`, `.noWeight`.
    /// - Precondition: as many probabilities and weights as classes.
    /// - Complexity: O(n log n).
    public init(
        isPositive: [Bool], probabilities: [Double], weights: [Double]? = nil
    ) throws(LearningError) {
        let rows = ScoredRow.ascending(isPositive: isPositive, scores: probabilities, weights: weights)
        guard !rows.isEmpty else { throw .noRows }
        var (total, positive, right, loss) = (
            CompensatedSum(), CompensatedSum(), CompensatedSum(), CompensatedSum()
        )
        for row in rows {
            total.add(row.weight)
            if row.isPositive { positive.add(row.weight) }
            if (row.score > 0.5) == row.isPositive { right.add(row.weight) }
            let probability = row.isPositive ? row.score : 1 - row.score
            loss.add(-row.weight * log(max(probability, .ulpOfOne)))
        }
        guard total.value > 0 else { throw .noWeight }
        weight = total.value
        positiveWeight = positive.value
        accuracy = right.value / total.value
        logLoss = loss.value / total.value
        areaUnderCurve = Self.area(rows)
    }

    /// Σ over positive rows of the negative weight below, and half of that which ties, ÷ both weights: the statistic of
    /// Mann and Whitney.
    private static func area(_ rows: [ScoredRow]) -> Double? {
        var (below, positive, pairs) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
        var start = 0
        while start < rows.count {
            var end = start
            var (positiveHere, negativeHere) = (CompensatedSum(), CompensatedSum())
            while end < rows.count, rows[end].score == rows[start].score {
                if rows[end].isPositive {
                    positiveHere.add(rows[end].weight)
                } else {
                    negativeHere.add(rows[end].weight)
                }
                end += 1
            }
            pairs.add(positiveHere.value * (below.value + negativeHere.value / 2))
            below.add(negativeHere.value)
            positive.add(positiveHere.value)
            // Scores that are no numbers equal nothing, not even themselves.
            start = max(end, start + 1)
        }
        let all = positive.value * below.value
        return all > 0 ? pairs.value / all : nil
    }
}
