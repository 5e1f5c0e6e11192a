import Gyre
import GyreLearning
import GyreLearningAlgorithms
import Testing

/// Where k-means begins.
@Suite struct KMeansStartTests {
    private func start(
        _ start: KMeans.Start, k: Int, seed: UInt64 = 1, _ table: FeatureTable, workers: Int = 2
    ) throws -> [[Double]] {
        try KMeans(k: k, start: start, seed: seed).startingCentres(
            on: table, configuration: JobConfiguration(parallelism: workers)
        ).arrays
    }

    private let starts: [KMeans.Start] = [.plusPlus, .random]

    @Test(arguments: 0..<10) func rowsAreDistinct(seed: UInt64) throws {
        var random = RandomBlobs(seed: seed)
        let rows = random.rows(300, columns: 2, centres: 5)
        for (name, table) in [("dense", FeatureTable(rows)), ("sparse", FeatureTable(sparse: rows))] {
            for k in [1, 2, 50, 300] {
                for start in starts {
                    let centres = try self.start(start, k: k, seed: seed, table)
                    #expect(Set(centres).count == k, "\(start), k \(k), seed \(seed), \(name)")
                    #expect(Set(centres).isSubset(of: Set(rows)), "\(start), k \(k), seed \(seed), \(name)")
                }
            }
        }
    }

    /// Of 20 distinct rows in 2,000, each is drawn before any is drawn again.
    @Test(arguments: 0..<10) func repeatedRowsAreDrawnOnce(seed: UInt64) throws {
        var random = RandomBlobs(seed: 100 + seed)
        let distinct = random.rows(20, columns: 3, centres: 20)
        let rows = (0..<2_000).map { distinct[$0 % 20] }
        for table in [FeatureTable(rows), FeatureTable(sparse: rows)] {
            #expect(Set(try start(.plusPlus, k: 20, seed: seed, table)).count == 20, "seed \(seed)")
            // There are no more; others fill up.
            #expect(Set(try start(.plusPlus, k: 25, seed: seed, table)).count == 20, "seed \(seed)")
        }
    }

    @Test func sameSeedSameRowsAtAnyParallelism() throws {
        var random = RandomBlobs(seed: 3)
        let table = FeatureTable(random.rows(20_000, columns: 3, centres: 8))
        for start in starts {
            let one = try self.start(start, k: 9, table, workers: 1)
            for workers in [2, 3, 7] { #expect(try self.start(start, k: 9, table, workers: workers) == one) }
            #expect(try self.start(start, k: 9, seed: 2, table) != one)
        }
    }

    @Test func carefulSeedingIsBetterOnAverage() throws {
        var random = RandomBlobs(seed: 4)
        let rows = random.rows(2_000, columns: 2, centres: 10, spread: 0.3)
        let table = FeatureTable(rows)
        func average(_ start: KMeans.Start) throws -> Double {
            var sum = 0.0
            for seed: UInt64 in 0..<20 {
                sum += PlainLloyd(rows: rows, centres: try self.start(start, k: 10, seed: seed, table)).inertia
            }
            return sum / 20
        }
        #expect(try average(.plusPlus) < 0.5 * average(.random))
    }

    @Test func rowsWithoutWeightAreNotDrawn() throws {
        let rows: [[Double]] = (0..<500).map { [Double($0)] }
        let weights: [Double] = (0..<500).map { $0 % 10 == 0 ? 1 : 0 }
        for start in starts {
            for seed in 0..<5 {
                for centre in try self.start(
                    start, k: 20, seed: UInt64(seed), FeatureTable(rows, weights: weights))
                {
                    #expect(centre[0].truncatingRemainder(dividingBy: 10) == 0, "\(start), seed \(seed)")
                }
            }
        }
    }
}
