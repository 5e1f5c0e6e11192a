/// The receiver operating characteristic: what share of positive rows is found, at what share of negative rows taken for
/// positive, for each threshold of a score.
public struct ROCCurve: Equatable, Sendable {
    /// A threshold, and what it does: rows with at least this score are called positive.
    public struct Point: Codable, Equatable, Sendable {
        public var threshold: Double
        /// The weight of negative rows called positive ÷ that of all negative rows.
        public var falsePositiveRate: Double
        /// The weight of positive rows called positive ÷ that of all positive rows.
        public var truePositiveRate: Double

        public init(threshold: Double, falsePositiveRate: Double, truePositiveRate: Double) {
            self.threshold = threshold
            self.falsePositiveRate = falsePositiveRate
            self.truePositiveRate = truePositiveRate
        }
    }

    /// By descending threshold: from (0, 0), at infinity, a point for each distinct score, to (1, 1).
    public let points: [Point]

    /// - Parameter weights: nil where each is 1.
    /// - Throws: `LearningError.noRows`; `.noWeight` where one of the classes has none.
    /// - Precondition: as many scores and weights as classes.
    /// - Complexity: O(n log n).
    public init(isPositive: [Bool], scores: [Double], weights: [Double]? = nil) throws(LearningError) {
        let rows = ScoredRow.ascending(isPositive: isPositive, scores: scores, weights: weights)
        guard !rows.isEmpty else { throw .noRows }
        var counts: [(threshold: Double, negative: Double, positive: Double)] = []
        var (negative, positive) = (CompensatedSum(), CompensatedSum())
        for row in rows.reversed() {
            if row.isPositive { positive.add(row.weight) } else { negative.add(row.weight) }
            let count = (row.score, negative.value, positive.value)
            if counts.last?.threshold == row.score { counts[counts.count - 1] = count } else { counts.append(count) }
        }
        guard negative.value > 0, positive.value > 0 else { throw .noWeight }
        points =
            [Point(threshold: .infinity, falsePositiveRate: 0, truePositiveRate: 0)]
            + counts.map {
                Point(
                    threshold: $0.threshold, falsePositiveRate: $0.negative / negative.value,
                    truePositiveRate: $0.positive / positive.value)
            }
    }

    /// The area under the straight lines between the points.
    public var area: Double {
        var sum = CompensatedSum()
        for (left, right) in zip(points, points.dropFirst()) {
            sum.add(
                (right.falsePositiveRate - left.falsePositiveRate)
                    * (right.truePositiveRate + left.truePositiveRate) / 2)
        }
        return sum.value
    }

    /// At most this many points, evenly spread along the curve, the first and the last among them: for drawing.
    public func thinned(to most: Int) -> [Point] {
        precondition(most >= 2, "\(most) points, expected at least 2")
        guard points.count > most else { return points }
        return (0..<most).map { points[$0 * (points.count - 1) / (most - 1)] }
    }
}
