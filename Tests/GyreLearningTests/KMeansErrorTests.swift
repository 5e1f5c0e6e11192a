import Gyre
import GyreLearning
import GyreLearningAlgorithms
import Testing

@Suite struct KMeansErrorTests {
    private let rows = [[1.0, 2], [3, 4], [5, 6]]

    private func fails(_ estimator: KMeans, _ table: FeatureTable, _ error: LearningError) {
        #expect(throws: error) { try estimator.fit(table) }
    }

    @Test func moreClustersThanRows() {
        for start in [KMeans.Start.plusPlus, .random, .centres(Array(repeating: [0, 0], count: 4))] {
            fails(
                KMeans(k: 4, start: start), FeatureTable(rows),
                .tooFewRows(rows: 3, needed: 4, reason: "there are 4 clusters"))
        }
    }

    @Test func noRows() {
        fails(KMeans(k: 1), FeatureTable(rows: [], columnCount: 2), .noRows)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity]) func aValueThatIsNoNumber(value: Double) {
        var bad = (0..<10_000).map { [Double($0 % 10), 1] }
        bad[7_000][1] = value
        for start in [KMeans.Start.plusPlus, .random, .centres([[0, 0], [9, 9]])] {
            for table in [FeatureTable(bad), FeatureTable(sparse: bad)] {
                fails(KMeans(k: 2, start: start), table, .notFinite(column: "x1", row: 7_000))
            }
        }
    }

    @Test func valuesWhoseSquaresAreTooLarge() {
        fails(
            KMeans(k: 1, start: .centres([[0, 0]])), FeatureTable([[1e200, 1], [2, 3]]),
            .diverged(algorithm: "k-means", round: 1))
    }

    @Test func badWeights() {
        for start in [KMeans.Start.plusPlus, .random, .centres([[0, 0]])] {
            let estimator = KMeans(k: 1, start: start)
            fails(estimator, FeatureTable(rows, weights: [1, -1, 1]), .badWeight(row: 1))
            fails(estimator, FeatureTable(rows, weights: [0, 0, 0]), .noWeight)
            fails(estimator, FeatureTable(rows, weights: [1, 1, .nan]), .notFinite(column: "weight", row: 2))
        }
    }

    @Test func badParameters() {
        let table = FeatureTable(rows)
        fails(KMeans(k: 0), table, .parameter(name: "k", value: "0", expected: "a number of clusters from 1"))
        fails(
            KMeans(k: 1, iterations: 0), table,
            .parameter(name: "iterations", value: "0", expected: "a number of rounds from 1"))
        fails(
            KMeans(k: 1, tolerance: -1), table,
            .parameter(name: "tolerance", value: "-1.0", expected: "a number from 0"))
        fails(
            KMeans(k: 2, start: .centres([[1, 2]])), table,
            .parameter(name: "centres", value: "a list of 1", expected: "k = 2 of them"))
        fails(
            KMeans(k: 1, start: .centres([[1, .infinity]])), table,
            .parameter(name: "centres", value: "inf", expected: "finite numbers"))
        fails(KMeans(k: 1, start: .centres([[1, 2, 3]])), table, .columnCount(found: 3, expected: 2))
    }

    @Test func aBlockOfOtherColumns() throws {
        let model = try KMeans(k: 1).fit(FeatureTable(rows))
        let block = try #require(FeatureTable([[1, 2, 3]]).blocks.first)
        #expect(throws: LearningError.columnCount(found: 3, expected: 2)) { try model.transform(block) }
    }
}
