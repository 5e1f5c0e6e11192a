import Foundation
import Gyre
import GyreLearning
import GyreLearningAlgorithms
import Testing

@Suite struct LogisticRegressionTests {
    private func numbers(_ model: LogisticRegressionModel) -> [Double] { model.coefficients + [model.intercept] }

    private func data(_ rows: Int, _ features: Int, seed: UInt64, isWeighted: Bool = false) -> LinearModelData {
        LinearModelData(rows: rows, features: features, seed: seed, isBinary: true, isWeighted: isWeighted)
    }

    @Test(arguments: [0, 1, 40.0], [false, true])
    func equalsNewton(l2: Double, isWeighted: Bool) throws {
        for (rows, features, seed) in [(300, 2, 1), (9000, 7, 2)] as [(Int, Int, UInt64)] {
            let data = data(rows, features, seed: seed, isWeighted: isWeighted)
            let model = try LogisticRegression(l2: l2, tolerance: 1e-11).fit(data.table)
            #expect(distance(numbers(model), data.logistic(l2: l2)) < 1e-7, "seed \(seed)")
        }
    }

    /// Few rows for their features: the metric is a diagonal.
    @Test func equalsNewtonByTheDiagonal() throws {
        let data = data(30, 9, seed: 3)
        let model = try LogisticRegression(l2: 0.5, tolerance: 1e-11).fit(data.table)
        #expect(distance(numbers(model), data.logistic(l2: 0.5)) < 1e-8)
    }

    @Test func theGradientIsWithinTheTolerance() throws {
        let data = data(5000, 6, seed: 4)
        let model = try LogisticRegression(l2: 2).fit(data.table)
        var gradient = numbers(model).map { $0 * 2 }
        gradient[6] = 0
        for (row, label) in zip(data.rows, data.labels) {
            let score = zip(row, model.coefficients).reduce(model.intercept) { $0 + $1.0 * $1.1 }
            let residual = LinearModelData.sigmoid(score) - label
            for (column, value) in (row + [1]).enumerated() { gradient[column] += residual * value }
        }
        #expect(gradient.allSatisfy { abs($0) / 5000 <= 1.01e-6 }, "\(gradient)")
    }

    @Test func badlyScaledFeaturesTakeFewRounds() throws {
        var data = data(6000, 7, seed: 5)
        for row in data.rows.indices {
            for column in 0..<7 { data.rows[row][column] *= [1e-3, 1e-2, 0.1, 1, 10, 100, 1000][column] }
        }
        let job = Job()
        let fitted = try LogisticRegression(l2: 0, tolerance: 1e-9).training(on: data.table, in: job).collect()
        let result = try job.run(JobConfiguration(parallelism: 2))
        let rounds = try #require(result.loops["logistic-regression"]?.rounds)
        #expect(rounds.count <= 20, "\(rounds.count) rounds")
        let model = try #require(fitted.elements.first)
        for (found, expected) in zip(numbers(model), data.logistic(l2: 0)) {
            #expect(abs(found - expected) < 1e-4 * abs(expected))
        }
        // The best loss that is known; where it hardly changes any more, its last digits do.
        let losses = rounds.compactMap { $0.aggregators["loss"] }
        #expect(
            losses.count == rounds.count && zip(losses, losses.dropFirst()).allSatisfy { $1 <= $0 * (1 + 1e-13) },
            "\(losses)")
    }

    @Test func aLargeOffsetKeepsTheCoefficients() throws {
        let near = data(4000, 4, seed: 6)
        var far = near
        far.rows = near.rows.map { $0.map { $0 + 1e6 } }
        let estimator = LogisticRegression(tolerance: 1e-11)
        let (expected, model) = (try estimator.fit(near.table), try estimator.fit(far.table))
        #expect(distance(model.coefficients, expected.coefficients) < 1e-8)
    }

    @Test func aWeightEqualsRepetition() throws {
        let data = data(900, 4, seed: 7, isWeighted: true)
        let estimator = LogisticRegression(tolerance: 1e-11)
        #expect(
            distance(numbers(try estimator.fit(data.table)), numbers(try estimator.fit(data.repeated.table))) < 1e-8)
    }

    @Test func theOrderOfRowsChangesLastDigitsOnly() throws {
        let data = data(5000, 5, seed: 8)
        let estimator = LogisticRegression(tolerance: 1e-11)
        #expect(
            distance(numbers(try estimator.fit(data.table)), numbers(try estimator.fit(data.shuffled.table))) < 1e-8)
    }

    @Test(arguments: [1.0, 0.2]) func sparseEqualsDense(density: Double) throws {
        var data = data(5000, 8, seed: 9, isWeighted: true)
        for row in data.rows.indices {
            for column in 0..<8 where Double((row * 31 + column * 17) % 100) >= density * 100 {
                data.rows[row][column] = 0
            }
        }
        let estimator = LogisticRegression(tolerance: 1e-11)
        let (dense, sparse) = (
            try estimator.fit(data.table), try estimator.fit(data.sparseTable(blockRows: 777))
        )
        #expect(distance(numbers(sparse), numbers(dense)) < 1e-8)
    }

    @Test(arguments: [2, 3, 7]) func sameBitsAtAnyParallelism(workers: Int) throws {
        let table = data(30_000, 5, seed: 10, isWeighted: true).table
        let one = try LogisticRegression().fit(table, configuration: JobConfiguration(parallelism: 1))
        let many = try LogisticRegression().fit(table, configuration: JobConfiguration(parallelism: workers))
        #expect(one == many)
    }

    @Test func withoutAnIntercept() throws {
        let data = data(2000, 3, seed: 11)
        let model = try LogisticRegression(l2: 1, fitsIntercept: false, tolerance: 1e-11).fit(data.table)
        #expect(model.intercept == 0)
        var gradient = model.coefficients
        for (row, label) in zip(data.rows, data.labels) {
            let residual =
                LinearModelData.sigmoid(zip(row, model.coefficients).reduce(0) { $0 + $1.0 * $1.1 }) - label
            for (column, value) in row.enumerated() { gradient[column] += residual * value }
        }
        #expect(gradient.allSatisfy { abs($0) < 1e-7 }, "\(gradient)")
    }

    @Test func separableRowsEndWithoutAPenalty() throws {
        let rows = (0..<200).map { Double($0) - 99.5 }
        let table = FeatureTable(
            rows: rows, columnCount: 1, labels: .numbers(ArraySlice(rows.map { $0 > 0 ? 1 : 0 })))
        for (iterations, tolerance) in [(100, 1e-6), (5, 0), (1, 0), (400, 0)] {
            let model = try LogisticRegression(l2: 0, iterations: iterations, tolerance: tolerance).fit(table)
            #expect(numbers(model).allSatisfy { $0.isFinite })
            let predictions = try model.transform(table.blocks[0])
            #expect(iterations == 1 || predictions.values == table.blocks[0].labels)
        }
        // With one, there is a minimum.
        let model = try LogisticRegression(l2: 1, tolerance: 1e-11).fit(table)
        #expect(model.coefficients[0] > 0 && model.coefficients[0] < 2 && abs(model.intercept) < 1e-9)
    }

    @Test func constantAndCollinearColumns() throws {
        var data = data(4000, 4, seed: 12)
        for row in data.rows.indices {
            data.rows[row][1] = 1e6 + 0.1
            data.rows[row][3] = data.rows[row][0]
        }
        let model = try LogisticRegression(l2: 0, tolerance: 1e-10).fit(data.table)
        #expect(model.coefficients[1] == 0)
        var two = data
        two.rows = data.rows.map { [$0[0], $0[2]] }
        let expected = two.logistic(l2: 0)
        let found = [model.coefficients[0] + model.coefficients[3], model.coefficients[2], model.intercept]
        #expect(distance(found, expected) < 1e-6)
        #expect(abs(model.coefficients[0] - model.coefficients[3]) < 1e-6)
    }

    @Test func labelsMayBeTextsOrAnyTwoNumbers() throws {
        let data = data(500, 2, seed: 13)
        let plain = try LogisticRegression().fit(data.table)
        let texts = try LogisticRegression().fit(
            data.table(labels: .texts(ArraySlice(data.labels.map { $0 == 1 ? "yes" : "no" }))))
        #expect(texts.negative == .text("no") && texts.positive == .text("yes"))
        #expect(texts.coefficients == plain.coefficients)
        let numbers = try LogisticRegression().fit(
            data.table(labels: .numbers(ArraySlice(data.labels.map { $0 == 1 ? 7 : -2.5 }))))
        #expect(numbers.negative == .number(-2.5) && numbers.positive == .number(7))
        #expect(numbers.coefficients == plain.coefficients)
        let block = data.table.blocks[0].rows(0..<20)
        let (own, others) = (try plain.transform(block), try texts.transform(block))
        guard case .numbers(let values) = own.values, case .texts(let words) = others.values else {
            Issue.record("\(own.values), \(others.values)")
            return
        }
        #expect(values.map { $0 == 1 ? "yes" : "no" } == Array(words))
        #expect(own.probabilities == others.probabilities)
    }

    @Test func probabilitiesOfLargeScores() throws {
        let model = LogisticRegressionModel(
            inputSchema: FeatureSchema(features: ["a"]), coefficients: [1], intercept: 0, negative: .number(0),
            positive: .number(1))
        let scores = [-1000, -745, -40, -1, 0, 1, 40, 1000.0]
        let predictions = try model.transform(
            FeatureBlock(features: .dense(DenseRows(scores, columnCount: 1))))
        let probabilities = try #require(predictions.probabilities)
        #expect(probabilities.first == 0 && probabilities.last == 1)
        for (score, probability) in zip(scores, probabilities) where abs(score) < 700 {
            #expect(abs(probability / LinearModelData.sigmoid(score) - 1) < 1e-13, "\(score)")
        }
        #expect(predictions.values == .numbers([0, 0, 0, 0, 0, 1, 1, 1]))
    }

    @Test func badDataAreNamed() {
        func refused(_ error: LearningError, _ rows: [Double], _ labels: LabelColumn?, _ weights: [Double]? = nil) {
            #expect(throws: error) {
                try LogisticRegression().fit(
                    FeatureTable(rows: rows, columnCount: 1, labels: labels, weights: weights))
            }
        }
        refused(.noRows, [], .numbers([]))
        refused(.noLabel, [1, 2], nil)
        refused(.classCount(found: 1, column: "label"), [1, 2], .numbers([3, 3]))
        refused(.classCount(found: 3, column: "label"), [1, 2, 3, 4], .texts(["a", "b", "a", "c"]))
        refused(.classCount(found: 1, column: "label"), [1, 2, 3], .numbers([0, 1, 0]), [1, 0, 2])
        refused(.notFinite(column: "x0", row: 1), [1, .nan, 3], .numbers([0, 1, 0]))
        refused(.notFinite(column: "x0", row: 2), [1, 2, -.infinity], .numbers([0, 1, 0]))
        refused(.notFinite(column: "label", row: 1), [1, 2], .numbers([0, .nan]))
        refused(.badWeight(row: 0), [1, 2], .numbers([0, 1]), [-1, 1])
        refused(.noWeight, [1, 2], .numbers([0, 1]), [0, 0])
        #expect(throws: LearningError.self) { try LogisticRegression(l2: -1).fit(data(10, 1, seed: 1).table) }
        #expect(throws: LearningError.self) { try LogisticRegression(iterations: 0).validate() }
    }
}
