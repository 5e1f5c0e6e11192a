import Gyre
import GyreLearning
import GyreLearningAlgorithms
import Testing

@Suite struct LinearRegressionTests {
    private func numbers(_ model: LinearRegressionModel) -> [Double] { model.coefficients + [model.intercept] }

    @Test(arguments: LinearRegression.Solver.allCases, [0, 1, 250.0])
    func equalsElimination(solver: LinearRegression.Solver, l2: Double) throws {
        for (rows, features, seed) in [(40, 3, 1), (700, 1, 2), (9000, 12, 3)] as [(Int, Int, UInt64)] {
            for isWeighted in [false, true] {
                let data = LinearModelData(rows: rows, features: features, seed: seed, isWeighted: isWeighted)
                let model = try LinearRegression(solver: solver, l2: l2, tolerance: 1e-12).fit(data.table)
                let expected = data.leastSquares(l2: l2)
                let limit = solver == .normal ? 1e-12 : 1e-9
                #expect(distance(numbers(model), expected) < limit, "seed \(seed), weighted \(isWeighted)")
            }
        }
    }

    @Test(arguments: LinearRegression.Solver.allCases)
    func withoutAnIntercept(solver: LinearRegression.Solver) throws {
        // y = 2·x is not y = a·x + b of these rows.
        let table = FeatureTable(rows: [1, 2, 3], columnCount: 1, labels: .numbers([3, 4, 7]))
        let model = try LinearRegression(solver: solver, fitsIntercept: false, tolerance: 1e-12).fit(table)
        #expect(distance(model.coefficients, [(3 + 8 + 21) / 14.0]) < 1e-12)
        #expect(model.intercept == 0)
    }

    @Test(arguments: LinearRegression.Solver.allCases)
    func aLargeOffsetKeepsTheCoefficients(solver: LinearRegression.Solver) throws {
        let near = LinearModelData(rows: 6000, features: 5, seed: 4)
        let far = LinearModelData(rows: 6000, features: 5, seed: 4, offset: 1e6)
        let estimator = LinearRegression(solver: solver, tolerance: 1e-12)
        let expected = try estimator.fit(near.table)
        let model = try estimator.fit(far.table)
        // 1e6 leaves ten digits of what is behind it.
        #expect(distance(model.coefficients, expected.coefficients) < 1e-9)
        let shift = model.coefficients.reduce(0) { $0 + $1 * 1e6 }
        #expect(abs(model.intercept + shift - expected.intercept) < 1e-3)
    }

    @Test(arguments: LinearRegression.Solver.allCases)
    func aWeightEqualsRepetition(solver: LinearRegression.Solver) throws {
        let data = LinearModelData(rows: 900, features: 4, seed: 5, isWeighted: true)
        let estimator = LinearRegression(solver: solver, l2: 3, tolerance: 1e-12)
        let weighted = try estimator.fit(data.table)
        let repeated = try estimator.fit(data.repeated.table)
        #expect(distance(numbers(weighted), numbers(repeated)) < 1e-10)
    }

    @Test(arguments: LinearRegression.Solver.allCases)
    func theOrderOfRowsChangesLastDigitsOnly(solver: LinearRegression.Solver) throws {
        let data = LinearModelData(rows: 5000, features: 6, seed: 6)
        let estimator = LinearRegression(solver: solver, tolerance: 1e-12)
        #expect(
            distance(numbers(try estimator.fit(data.table)), numbers(try estimator.fit(data.shuffled.table))) < 1e-10)
    }

    @Test(arguments: LinearRegression.Solver.allCases, [1.0, 0.2])
    func sparseEqualsDense(solver: LinearRegression.Solver, density: Double) throws {
        var data = LinearModelData(rows: 5000, features: 8, seed: 7, isWeighted: true)
        for row in data.rows.indices {
            for column in 0..<8 where Double((row * 31 + column * 17) % 100) >= density * 100 {
                data.rows[row][column] = 0
            }
        }
        let estimator = LinearRegression(solver: solver, tolerance: 1e-12)
        let dense = try estimator.fit(data.table)
        let sparse = try estimator.fit(data.sparseTable(blockRows: 777))
        #expect(distance(numbers(sparse), numbers(dense)) < 1e-10)
    }

    @Test(arguments: LinearRegression.Solver.allCases, [2, 3, 7])
    func sameBitsAtAnyParallelism(solver: LinearRegression.Solver, workers: Int) throws {
        let table = LinearModelData(rows: 30_000, features: 5, seed: 8, isWeighted: true).table
        let estimator = LinearRegression(solver: solver)
        let one = try estimator.fit(table, configuration: JobConfiguration(parallelism: 1))
        let many = try estimator.fit(table, configuration: JobConfiguration(parallelism: workers))
        #expect(one == many)
    }

    @Test(arguments: [2, 3, 7]) func sameBitsOfTheFactorAtAnyParallelism(workers: Int) throws {
        let table = Self.collinear(rows: 30_000).table
        let one = try LinearRegression().fit(table, configuration: JobConfiguration(parallelism: 1))
        let many = try LinearRegression().fit(table, configuration: JobConfiguration(parallelism: workers))
        #expect(one == many)
        #expect(one.rank == 3)
    }

    /// Column 3 is the sum of columns 0 and 1.
    private static func collinear(rows: Int) -> LinearModelData {
        var data = LinearModelData(rows: rows, features: 4, seed: 9)
        for row in data.rows.indices { data.rows[row][3] = data.rows[row][0] + data.rows[row][1] }
        return data
    }

    @Test(arguments: [500, 10_000]) func collinearColumnsGetTheSolutionOfLeastLength(rows: Int) throws {
        let data = Self.collinear(rows: rows)
        let model = try LinearRegression().fit(data.table)
        #expect(model.rank == 3)
        var three = data
        three.rows = data.rows.map { Array($0[..<3]) }
        // Without the fourth column: (a, b, c). All solutions are (a − t, b − t, c, t); the shortest has t = (a + b) ÷ 3.
        let plain = three.leastSquares()
        let t = (plain[0] + plain[1]) / 3
        #expect(distance(numbers(model), [plain[0] - t, plain[1] - t, plain[2], t, plain[3]]) < 1e-10)
    }

    @Test func nearlyCollinearColumnsKeepHalfTheDigits() throws {
        // The products' condition number is beyond 10¹²; the label depends on the difference.
        var data = LinearModelData(rows: 3000, features: 2, seed: 10)
        for row in data.rows.indices {
            let difference = data.rows[row][1]
            data.rows[row][1] = data.rows[row][0] + 1e-6 * difference
            data.labels[row] = data.rows[row][0] + difference
        }
        let model = try LinearRegression().fit(data.table)
        #expect(model.rank == 2)
        #expect(distance(model.coefficients, [1 - 1e6, 1e6]) < 1e-8)
    }

    @Test(arguments: LinearRegression.Solver.allCases)
    func constantColumnsGetZero(solver: LinearRegression.Solver) throws {
        var data = LinearModelData(rows: 5000, features: 4, seed: 11)
        var others = data
        for row in data.rows.indices {
            data.rows[row][0] = 0.1
            data.rows[row][2] = 0
            others.rows[row] = [data.rows[row][1], data.rows[row][3]]
        }
        let model = try LinearRegression(solver: solver, tolerance: 1e-12).fit(data.table)
        let expected = others.leastSquares()
        #expect(model.coefficients[0] == 0 && model.coefficients[2] == 0)
        #expect(distance(numbers(model), [0, expected[0], 0, expected[1], expected[2]]) < 1e-9)
        #expect(solver == .lbfgs || model.rank == 2)
    }

    @Test func fewerRowsThanFeaturesGetTheSolutionOfLeastLength() throws {
        let data = LinearModelData(rows: 5, features: 9, seed: 12)
        let model = try LinearRegression().fit(data.table)
        #expect(model.rank == 4)
        // It goes through all labels, and is a combination of the centred rows.
        let predicted = try model.transform(data.table.blocks[0])
        guard case .numbers(let values) = predicted.values else { Issue.record("\(predicted.values)"); return }
        #expect(distance(Array(values), data.labels) < 1e-12)
        let means = (0..<9).map { column in data.rows.reduce(0) { $0 + $1[column] } / 5 }
        let centred = data.rows.prefix(4).map { row in zip(row, means).map { $0 - $1 } }
        let gram = centred.map { left in
            centred.map { right in zip(left, right).reduce(0) { $0 + $1.0 * $1.1 } }
                + [zip(left, model.coefficients).reduce(0) { $0 + $1.0 * $1.1 }]
        }
        let shares = LinearModelData.eliminate(gram)
        let combined = (0..<9).map { column in zip(shares, centred).reduce(0) { $0 + $1.0 * $1.1[column] } }
        #expect(distance(model.coefficients, combined) < 1e-10)
    }

    @Test(arguments: LinearRegression.Solver.allCases) func oneRow(solver: LinearRegression.Solver) throws {
        let table = FeatureTable(rows: [3, 4], columnCount: 2, labels: .numbers([5]))
        let model = try LinearRegression(solver: solver).fit(table)
        #expect(model.coefficients == [0, 0] && model.intercept == 5)
    }

    @Test func predictsOnStreamsAndBlocks() throws {
        let model = LinearRegressionModel(
            inputSchema: FeatureSchema(features: ["a", "b"]), coefficients: [2, -1], intercept: 0.5)
        let block = FeatureBlock(features: .dense(DenseRows([1, 2, 3, 4, 5, 6], columnCount: 2)))
        #expect(try model.transform(block).values == .numbers([0.5, 2.5, 4.5]))
        #expect(try model.transform(block.rows(1..<1)).values == .numbers([]))
        let job = Job()
        let predictions = model.transform(job.elements([block, block.rows(2..<3)])).collect()
        try job.run(JobConfiguration(parallelism: 2))
        #expect(predictions.elements.map(\.values).contains(.numbers([4.5])))
        let wide = FeatureBlock(features: .dense(DenseRows([1, 2, 3], columnCount: 3)))
        #expect(throws: LearningError.columnCount(found: 3, expected: 2)) { try model.transform(wide) }
    }

    @Test func badParametersAreNamed() {
        let table = FeatureTable(rows: [1, 2], columnCount: 1, labels: .numbers([1, 2]))
        func refused(_ name: String, _ estimator: LinearRegression) {
            do {
                _ = try estimator.fit(table)
                Issue.record("\(name) was accepted")
            } catch LearningError.parameter(let found, _, _) { #expect(found == name) } catch { Issue.record(error) }
        }
        refused("l2", LinearRegression(l2: -1))
        refused("l2", LinearRegression(l2: .infinity))
        refused("iterations", LinearRegression(solver: .lbfgs, iterations: 0))
        refused("tolerance", LinearRegression(tolerance: .nan))
    }

    @Test(arguments: LinearRegression.Solver.allCases) func badDataAreNamed(solver: LinearRegression.Solver) {
        let estimator = LinearRegression(solver: solver)
        func refused(_ error: LearningError, _ rows: [Double], _ labels: LabelColumn?, _ weights: [Double]? = nil) {
            #expect(throws: error) {
                try estimator.fit(FeatureTable(rows: rows, columnCount: 1, labels: labels, weights: weights))
            }
        }
        refused(.noRows, [], .numbers([]))
        refused(.noLabel, [1, 2], nil)
        refused(.labelIsText(column: "label"), [1, 2], .texts(["a", "b"]))
        refused(.notFinite(column: "x0", row: 1), [1, .nan, 3], .numbers([1, 2, 3]))
        refused(.notFinite(column: "x0", row: 2), [1, 2, .infinity], .numbers([1, 2, 3]))
        refused(.notFinite(column: "label", row: 0), [1, 2], .numbers([.nan, 2]))
        refused(.notFinite(column: "weight", row: 1), [1, 2], .numbers([1, 2]), [1, .nan])
        refused(.badWeight(row: 1), [1, 2], .numbers([1, 2]), [1, -1])
        refused(.noWeight, [1, 2], .numbers([1, 2]), [0, 0])
        refused(.diverged(algorithm: "linear-regression", round: 1), [1e200, -1e200], .numbers([1, 2]))
    }
}
