import Gyre
import GyreLearning
import GyreLearningAlgorithms
import Testing

@Suite struct StandardScalerTests {
    /// Rows with large offsets, so that naive sums of squares would lose all digits.
    private func table(rows: Int) -> FeatureTable {
        var values: [Double] = []
        for row in 0..<rows { values += [1e9 + Double(row % 10), Double(row) * 0.5, 7] }
        return FeatureTable(rows: values, columnCount: 3)
    }

    @Test func meansAndDeviationsOfManyChunks() throws {
        let rows = 20_000
        let model = try StandardScaler().fit(table(rows: rows))
        let means = try #require(model.means)
        let deviations = try #require(model.deviations)
        #expect(abs(means[0] - (1e9 + 4.5)) < 1e-6)
        #expect(abs(deviations[0] - 8.25.squareRoot()) < 1e-9)
        #expect(abs(means[1] - Double(rows - 1) / 4) < 1e-9)
        #expect(means[2] == 7 && deviations[2] == 1)
    }

    @Test(arguments: [1, 2, 3, 7]) func sameBitsAtAnyParallelism(workers: Int) throws {
        let one = try StandardScaler().fit(table(rows: 30_000), configuration: JobConfiguration(parallelism: 1))
        let many = try StandardScaler().fit(
            table(rows: 30_000), configuration: JobConfiguration(parallelism: workers))
        #expect(one.means == many.means && one.deviations == many.deviations)
    }

    @Test func scaledTableHasMeanZeroAndDeviationOne() throws {
        let table = table(rows: 5000)
        let scaled = try StandardScaler().fit(table).transform(table)
        let again = try StandardScaler().fit(scaled)
        for column in 0..<2 {
            #expect(abs(try #require(again.means)[column]) < 1e-6)
            #expect(abs(try #require(again.deviations)[column] - 1) < 1e-6)
        }
    }

    @Test func aValueThatIsNoNumberIsNamed() throws {
        let table = FeatureTable(rows: [1, 2, 3, .nan, 5, 6], columnCount: 2)
        #expect(throws: LearningError.notFinite(column: "x1", row: 1)) { try StandardScaler().fit(table) }
    }

    @Test func noRows() {
        #expect(throws: LearningError.noRows) { try StandardScaler().fit(FeatureTable(rows: [], columnCount: 2)) }
    }
}
