/// A row's score, by which rows are ranked, and what the row is.
struct ScoredRow {
    var score: Double
    var isPositive: Bool
    var weight: Double

    /// Rows in ascending order of score; among equals negative ones first, then by weight.
    ///
    /// - Precondition: as many scores and weights as classes; no score is NaN.
    static func ascending(
        isPositive: [Bool], scores: [Double], weights: [Double]?
    ) -> [ScoredRow] {
        precondition(isPositive.count == scores.count, "\(scores.count) scores for \(isPositive.count) classes")
        precondition(
            weights.map { $0.count == scores.count } ?? true, "\(weights?.count ?? 0) weights for \(scores.count) rows")
        let weights = weights ?? Array(repeating: 1, count: scores.count)
        var rows: [ScoredRow] = []
        rows.reserveCapacity(scores.count)
        for (index, score) in scores.enumerated() {
            precondition(!score.isNaN, "the score of row \(index) is no number")
            rows.append(ScoredRow(score: score, isPositive: isPositive[index], weight: weights[index]))
        }
        rows.sort { left, right in
            if left.score != right.score { return left.score < right.score }
            if left.isPositive != right.isPositive { return right.isPositive }
            return left.weight < right.weight
        }
        return rows
    }
}
