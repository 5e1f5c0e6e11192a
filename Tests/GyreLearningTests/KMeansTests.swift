import Gyre
import GyreLearning
import GyreLearningAlgorithms
import Testing

/// K-means against rounds of Lloyd as they are defined.
@Suite struct KMeansTests {
    /// Compares a fit with plain rounds from the same centres: centres, sizes and inertia.
    private func compare(
        _ table: FeatureTable, _ plain: PlainLloyd, rounds: Int, accuracy: Double = 1e-9, _ note: String
    ) throws {
        let fitted = try KMeans(
            k: plain.centres.count, start: .centres(plain.centres), iterations: rounds, tolerance: 0
        )
        .fit(table, configuration: JobConfiguration(parallelism: 2))
        let training = try #require(fitted.training)
        var plain = plain
        for _ in 0..<training.rounds { plain.round() }
        let expected = plain.centres.sorted { $0.lexicographicallyPrecedes($1) }
        for (found, centre) in zip(fitted.centroids.arrays, expected) {
            for (found, value) in zip(found, centre) {
                #expect(abs(found - value) <= accuracy * max(1, abs(value)), "\(note)")
            }
        }
        // What the bounds say of the last centres is what comparing all of them says.
        plain.centres = fitted.centroids.arrays
        #expect(training.sizes == plain.sizes, "\(note)")
        let inertia = plain.inertia
        #expect(abs(training.inertia - inertia) <= accuracy * max(1, inertia), "\(note)")
        #expect(abs(try fitted.inertia(of: table) - inertia) <= accuracy * max(1, inertia), "\(note)")
        let block = try #require(table.blocks.first)
        #expect(try fitted.transform(block).values == .numbers(plain.clusters.map(Double.init)[...]), "\(note)")
    }

    @Test(arguments: 0..<60) func randomRowsAsByPlainRounds(seed: Int) throws {
        var random = RandomBlobs(seed: UInt64(seed))
        let count = random.number(1..<200)
        let columns = random.number(1..<9)
        let rows = random.rows(count, columns: columns, centres: random.number(1..<8), spread: 4 * random.unit())
        let k = seed % 5 == 0 ? count : random.number(1..<count + 1)
        let weights = seed % 3 == 0 ? rows.map { _ in random.unit() } : nil
        var start = Array(rows.prefix(k))
        if seed % 4 == 1 {
            // Some centres are far away, and lose all rows.
            for cluster in stride(from: 2, to: k, by: 3) { start[cluster] = start[cluster].map { $0 + 1000 } }
        }
        for rounds in [1, 2, 5, 30] {
            let note = "seed \(seed): \(count) × \(columns), k \(k), \(rounds) rounds"
            let plain = PlainLloyd(rows: rows, weights: weights, centres: start)
            try compare(FeatureTable(rows, weights: weights), plain, rounds: rounds, "\(note), dense")
            try compare(
                FeatureTable(sparse: rows, weights: weights), plain, rounds: rounds, "\(note), sparse")
        }
    }

    /// Several chunks, and bounds that hold for many rounds.
    @Test(arguments: [1, 2, 3, 6, 12, 40]) func manyRowsAsByPlainRounds(rounds: Int) throws {
        var random = RandomBlobs(seed: 5)
        let rows = random.rows(9_000, columns: 6, centres: 12, spread: 3)
        try compare(
            FeatureTable(rows), PlainLloyd(rows: rows, centres: Array(rows.prefix(30))), rounds: rounds,
            "\(rounds) rounds")
    }

    @Test func moreCentresThanDistancesAreKeptOf() throws {
        var random = RandomBlobs(seed: 6)
        let rows = random.rows(2_500, columns: 2, centres: 300)
        for rounds in [1, 3] {
            try compare(
                FeatureTable(rows), PlainLloyd(rows: rows, centres: Array(rows.prefix(2_100))), rounds: rounds,
                "\(rounds) rounds")
        }
    }

    @Test func anOffsetCostsNoDigits() throws {
        var random = RandomBlobs(seed: 7)
        // Sixteenths: exact at the offset, too.
        let near = random.rows(600, columns: 3, centres: 5, spread: 2).map { row -> [Double] in
            row.map { value in (value * 16).rounded() / 16 }
        }
        let far = near.map { row -> [Double] in row.map { $0 + 1e9 } }
        let plain = try KMeans(k: 8, start: .centres(Array(near.prefix(8))), tolerance: 0).fit(FeatureTable(near))
        let moved = try KMeans(k: 8, start: .centres(Array(far.prefix(8))), tolerance: 0).fit(FeatureTable(far))
        #expect(plain.training?.sizes == moved.training?.sizes)
        let expected = try #require(plain.training).inertia
        #expect(abs(try #require(moved.training).inertia - expected) < 1e-6 * expected)
    }

    @Test(arguments: [1, 2, 3, 7]) func sameBitsAtAnyParallelism(workers: Int) throws {
        var random = RandomBlobs(seed: 8)
        let rows = random.rows(30_000, columns: 3, centres: 9, spread: 5)
        let table = FeatureTable(rows, weights: rows.map { _ in random.unit() })
        for start in [KMeans.Start.plusPlus, .random, .centres(Array(rows.prefix(12)))] {
            let estimator = KMeans(k: 12, start: start, iterations: 40, tolerance: 0)
            let one = try estimator.fit(table, configuration: JobConfiguration(parallelism: 1))
            let many = try estimator.fit(table, configuration: JobConfiguration(parallelism: workers))
            #expect(one.centroids == many.centroids && one.training == many.training, "\(start)")
        }
    }

    @Test func aWeightOfTwoIsTheRowTwice() throws {
        var random = RandomBlobs(seed: 9)
        let rows = random.rows(500, columns: 3, centres: 4, spread: 3)
        let weights = rows.map { _ in Double(random.number(0..<4)) }
        var repeated: [[Double]] = []
        for (row, weight) in zip(rows, weights) { repeated += Array(repeating: row, count: Int(weight)) }
        let estimator = KMeans(k: 6, start: .centres(Array(rows.prefix(6))), tolerance: 0)
        let weighted = try estimator.fit(FeatureTable(rows, weights: weights))
        let plain = try estimator.fit(FeatureTable(repeated))
        for (left, right) in zip(weighted.centroids.arrays.joined(), plain.centroids.arrays.joined()) {
            #expect(abs(left - right) < 1e-9)
        }
        let expected = try #require(plain.training).inertia
        #expect(abs(try #require(weighted.training).inertia - expected) < 1e-9 * expected)
        #expect(weighted.training?.rounds == plain.training?.rounds)
    }

    @Test(arguments: [KMeans.Start.plusPlus, .random, .centres([[1, 1], [1, 1], [2, 2], [2, 2], [9, 9]])])
    func fewerDistinctRowsThanClusters(start: KMeans.Start) throws {
        let distinct: [[Double]] = [[1, 2.5], [4.1, 7], [-3, 0.3]]
        let rows = (0..<40).map { distinct[$0 % 3] }
        for table in [FeatureTable(rows), FeatureTable(sparse: rows)] {
            let training = try #require(try KMeans(k: 5, start: start, tolerance: 0).fit(table).training)
            #expect(training.isConverged && training.rounds < 10)
            #expect(training.inertia < 1e-20)
            #expect(training.sizes.reduce(0, +) == 40)
            #expect(training.sizes.filter { $0 > 0 }.count >= 3)
        }
    }

    @Test func ofEquallyNearCentresTheFirst() throws {
        let rows = [[0.0], [2], [4], [6]]
        let model = KMeansModel(
            inputSchema: FeatureSchema(features: ["x0"]), centroids: DenseRows([5, 1, 3, 3], columnCount: 1))
        let block = try #require(FeatureTable(rows).blocks.first)
        #expect(model.centroids.arrays == [[1], [3], [3], [5]])
        #expect(try model.transform(block).values == .numbers([0, 0, 1, 3]))
        let sparse = try #require(FeatureTable(sparse: rows).blocks.first)
        #expect(try model.transform(sparse).values == .numbers([0, 0, 1, 3]))
        // Row 2 is as near to 1 as to 3 and stays with the first of them, in later rounds, too.
        let fitted = try KMeans(k: 2, start: .centres([[1], [3]]), tolerance: 0).fit(FeatureTable([[1], [2], [3]]))
        #expect(fitted.centroids.arrays == [[1.5], [3]])
        #expect(fitted.training?.sizes == [2, 1])
    }

    @Test func clustersAreNumberedByTheirCoordinates() throws {
        let rows = [[5.0, 1], [5, -1], [-7, 3], [0, 0]]
        let fitted = try KMeans(k: 4, start: .centres(rows)).fit(FeatureTable(rows))
        #expect(fitted.centroids.arrays == [[-7, 3], [0, 0], [5, -1], [5, 1]])
        #expect(fitted.training?.inertia == 0)
        let block = try #require(FeatureTable(rows).blocks.first)
        #expect(try fitted.transform(block).values == .numbers([3, 2, 0, 1]))
    }

    @Test func blocksAreScoredAsAllAtOnce() throws {
        var random = RandomBlobs(seed: 10)
        let rows = random.rows(20_000, columns: 4, centres: 9, spread: 5)
        let table = FeatureTable(rows)
        let model = try KMeans(k: 40, iterations: 5).fit(table)
        let whole = try #require(table.blocks.first)
        let atOnce = try model.transform(whole).values
        for size in [1, 7, 1000] {
            for start in stride(from: 0, to: size == 1 ? 500 : rows.count, by: size) {
                let range = start..<min(start + size, rows.count)
                #expect(try model.transform(whole.rows(range)).values == atOnce.rows(range))
            }
        }
    }

    @Test func oneRow() throws {
        let fitted = try KMeans(k: 1).fit(FeatureTable([[3, 4]]))
        #expect(fitted.centroids.arrays == [[3, 4]] && fitted.training?.inertia == 0)
    }

    @Test func itEndsByToleranceOrByRounds() throws {
        var random = RandomBlobs(seed: 11)
        let rows = random.rows(5_000, columns: 2, centres: 1, spread: 9)
        func rounds(_ tolerance: Double, most: Int) throws -> (Int, Bool) {
            let fitted = try KMeans(
                k: 9, start: .centres(Array(rows.prefix(9))), iterations: most, tolerance: tolerance
            ).fit(FeatureTable(rows))
            return (try #require(fitted.training).rounds, try #require(fitted.training).isConverged)
        }
        let (strict, isStrict) = try rounds(0, most: 1000)
        let (loose, isLoose) = try rounds(1e-3, most: 1000)
        #expect(isStrict && isLoose && loose < strict && strict < 1000)
        #expect(try rounds(0, most: strict) == (strict, true))
        #expect(try rounds(0, most: strict - 1) == (strict - 1, false))
    }

    @Test func aFarCentreCostsNoDigits() throws {
        var rows = [[Double]](repeating: [0.5], count: 100)
        rows.append([1e17])
        let model = try KMeans(k: 2, start: .centres([[0], [1e17]]), tolerance: 0).fit(FeatureTable(rows))
        #expect(model.centroids[0, 0] == 0.5 && model.centroids[1, 0] == 1e17)
    }

    /// What is left of a sum when a heavy row leaves it is rounding, and the sums are made anew.
    @Test func aHeavyRowLeavesItsClusterAsItWas() throws {
        let rows = [[0.0], [1.0], [10.0], [11.0], [4.9]]
        let weights = [1.0, 1, 1, 1, 1e20]
        let model = try KMeans(k: 2, start: .centres([[0], [9.9]]), iterations: 50, tolerance: 0)
            .fit(FeatureTable(rows, weights: weights))
        #expect(model.centroids[0, 0].isFinite && model.centroids[1, 0].isFinite)
        #expect(model.training?.isConverged == true)
        // Each centre is the mean of its rows, by the model's own assignment.
        guard case .numbers(let clusters) = try model.transform(FeatureTable(rows).blocks[0]).values else { return }
        for cluster in 0..<2 {
            let own = rows.indices.filter { clusters[$0] == Double(cluster) }
            let weight = own.reduce(0) { $0 + weights[$1] }
            let mean = own.reduce(0) { $0 + rows[$1][0] * (weights[$1] / weight) }
            #expect(abs(model.centroids[cluster, 0] - mean) <= 1e-9 * max(1, abs(mean)))
        }
    }
}
