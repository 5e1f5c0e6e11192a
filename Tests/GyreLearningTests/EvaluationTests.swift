import Foundation
import GyreLearning
import GyreTesting
import Testing

@Suite struct EvaluationTests {
    /// Scores with many ties.
    private func rows(
        _ count: Int, seed: UInt64, isWeighted: Bool
    ) -> (isPositive: [Bool], scores: [Double], weights: [Double]?) {
        var random = SeededGenerator(seed: seed)
        let scores = (0..<count).map { _ in Double(random.below(40)) / 39 }
        let isPositive = scores.map { Double.random(in: 0..<1, using: &random) < 0.2 + 0.6 * $0 }
        let weights = (0..<count).map { _ in Double.random(in: 0..<3, using: &random) }
        return (isPositive, scores, isWeighted ? weights : nil)
    }

    @Test(arguments: [false, true], [2, 3, 50, 400]) func areaEqualsCountingPairs(isWeighted: Bool, count: Int) throws {
        for seed in 0..<10 as Range<UInt64> {
            let rows = rows(count, seed: seed, isWeighted: isWeighted)
            var (won, all) = (0.0, 0.0)
            for (index, isPositive) in rows.isPositive.enumerated() where isPositive {
                for (other, isOtherPositive) in rows.isPositive.enumerated() where !isOtherPositive {
                    let weight = (rows.weights?[index] ?? 1) * (rows.weights?[other] ?? 1)
                    all += weight
                    if rows.scores[index] > rows.scores[other] { won += weight }
                    if rows.scores[index] == rows.scores[other] { won += weight / 2 }
                }
            }
            let metrics = try BinaryClassificationMetrics(
                isPositive: rows.isPositive, probabilities: rows.scores, weights: rows.weights)
            guard all > 0 else {
                #expect(metrics.areaUnderCurve == nil)
                #expect(throws: LearningError.noWeight) {
                    try ROCCurve(isPositive: rows.isPositive, scores: rows.scores, weights: rows.weights)
                }
                continue
            }
            let area = try #require(metrics.areaUnderCurve)
            #expect(isWeighted ? abs(area - won / all) < 1e-13 : area == won / all, "seed \(seed)")
            let curve = try ROCCurve(isPositive: rows.isPositive, scores: rows.scores, weights: rows.weights)
            #expect(abs(curve.area - area) < 1e-13, "seed \(seed)")
        }
    }

    @Test(arguments: [false, true]) func theOrderOfRowsChangesNoBit(isWeighted: Bool) throws {
        let rows = rows(500, seed: 1, isWeighted: isWeighted)
        var random = SeededGenerator(seed: 2)
        let order = Array(0..<500).shuffled(using: &random)
        let one = try BinaryClassificationMetrics(
            isPositive: rows.isPositive, probabilities: rows.scores, weights: rows.weights)
        let other = try BinaryClassificationMetrics(
            isPositive: order.map { rows.isPositive[$0] }, probabilities: order.map { rows.scores[$0] },
            weights: rows.weights.map { weights in order.map { weights[$0] } })
        #expect(one == other)
    }

    @Test func accuracyAndLoss() throws {
        let metrics = try BinaryClassificationMetrics(
            isPositive: [true, false, true, false], probabilities: [0.9, 0.5, 0.5, 0.75], weights: [1, 2, 3, 4])
        #expect(metrics.weight == 10 && metrics.positiveWeight == 4)
        // A probability of one half is not more than that.
        #expect(abs(metrics.accuracy - 0.3) < 1e-15)
        #expect(abs(metrics.logLoss + (log(0.9) + 5 * log(0.5) + 4 * log(0.25)) / 10) < 1e-15)
        let sure = try BinaryClassificationMetrics(isPositive: [true, false], probabilities: [0, 0])
        #expect(abs(sure.logLoss - 26 * log(2)) < 1e-12)
    }

    @Test func pointsOfTheCurve() throws {
        let curve = try ROCCurve(
            isPositive: [true, false, true, false, true], scores: [0.9, 0.8, 0.8, 0.1, 0.3])
        #expect(curve.points.map(\.threshold) == [.infinity, 0.9, 0.8, 0.3, 0.1])
        #expect(curve.points.map(\.falsePositiveRate) == [0, 0, 0.5, 0.5, 1])
        let third: Double = 1 / 3
        #expect(curve.points.map(\.truePositiveRate) == [0, third, 2 * third, 1, 1])
        let thin = curve.thinned(to: 3)
        #expect(thin.count == 3 && thin.first == curve.points.first && thin.last == curve.points.last)
    }

    @Test func regression() throws {
        let metrics = try RegressionMetrics(labels: [1, 2, 3, 6], predictions: [1, 3, 3, 4])
        #expect(metrics.meanAbsoluteError == 0.75)
        #expect(abs(metrics.rootMeanSquaredError - 1.25.squareRoot()) < 1e-15)
        #expect(abs(metrics.determination - (1 - 5 / 14.0)) < 1e-15)
        let weighted = try RegressionMetrics(labels: [1, 2, 6], predictions: [1, 3, 4], weights: [2, 1, 3])
        let repeated = try RegressionMetrics(labels: [1, 1, 2, 6, 6, 6], predictions: [1, 1, 3, 4, 4, 4])
        #expect(abs(weighted.determination - repeated.determination) < 1e-15)
        #expect(weighted.meanAbsoluteError == repeated.meanAbsoluteError)
        #expect(try RegressionMetrics(labels: [5, 5], predictions: [5, 5]).determination == 1)
        #expect(try RegressionMetrics(labels: [5, 5], predictions: [5, 6]).determination == 0)
    }

    @Test func sumsOfManyRowsKeepTheirDigits() throws {
        // A plain sum would lose the ones beside 1e16.
        let labels = [1e16] + Array(repeating: 1.0, count: 1000)
        let metrics = try RegressionMetrics(labels: labels, predictions: Array(repeating: 0, count: 1001))
        #expect(metrics.meanAbsoluteError == (1e16 + 1000) / 1001)
    }

    @Test func nothingToEvaluate() {
        #expect(throws: LearningError.noRows) { try RegressionMetrics(labels: [], predictions: []) }
        #expect(throws: LearningError.noWeight) {
            try RegressionMetrics(labels: [1], predictions: [1], weights: [0])
        }
        #expect(throws: LearningError.noRows) { try BinaryClassificationMetrics(isPositive: [], probabilities: []) }
        #expect(throws: LearningError.noWeight) {
            try BinaryClassificationMetrics(isPositive: [true], probabilities: [1], weights: [0])
        }
    }
}
