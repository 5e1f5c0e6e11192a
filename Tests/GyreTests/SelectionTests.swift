import Gyre
import GyreTesting
import Testing

/// First rows, samples, numbers and cross products, each against what an array would give.
struct SelectionTests {
    private let numbers = Array(0..<500)

    @Test(arguments: RunMode.all)
    func firstKeepsTheOrderOfPlaces(mode: RunMode) throws {
        let job = Job()
        let some = job.elements(numbers).first(37).collect()
        let all = job.elements(numbers).first(501).collect()
        let none = job.elements(numbers).first(0).collect()
        try job.run(mode)
        #expect(some.elements == Array(0..<37))
        #expect(all.elements == numbers)
        #expect(none.elements.isEmpty)
    }

    @Test(arguments: RunMode.all)
    func indicesHaveNoGapsAndUniqueIDsNoDoubles(mode: RunMode) throws {
        let job = Job()
        // Skewed, so that workers have different numbers of rows.
        let rows = job.elements(numbers).filter { $0 % 5 == 0 || $0 < 100 }
        let indexed = rows.zipWithIndex().collect()
        let unique = rows.zipWithUniqueID().collect()
        let counts = rows.partitionCounts().collect()
        try job.run(mode)
        let expected = numbers.filter { $0 % 5 == 0 || $0 < 100 }
        #expect(indexed.elements.map(\.row) == expected)
        #expect(indexed.elements.map(\.index) == Array(expected.indices))
        #expect(Set(unique.elements.map(\.index)).count == expected.count)
        #expect(unique.elements.map(\.row) == expected)
        #expect(counts.elements.map(\.instance) == Array(0..<mode.parallelism))
        #expect(counts.elements.reduce(0) { $0 + $1.count } == expected.count)
    }

    @Test(arguments: RunMode.all)
    func samplesDependOnSeedAndPlaceOnly(mode: RunMode) throws {
        func samples(_ mode: RunMode) throws -> [[Int]] {
            let job = Job()
            let source = job.elements(numbers)
            let drawn = [
                source.sample(fraction: 0.3, seed: 5).collect(),
                source.sample(fraction: 1.5, withReplacement: true, seed: 5).collect(),
                source.sample(count: 20, seed: 5).collect(),
                source.sample(count: 700, withReplacement: true, seed: 5).collect(),
                source.sample(count: 1_000, seed: 5).collect(),
            ]
            try job.run(mode)
            return drawn.map(\.elements)
        }
        let drawn = try samples(mode)
        #expect(drawn == (try samples(RunMode(parallelism: mode.parallelism, batchSize: 64, seed: 99))))
        #expect(Set(drawn[0]).count == drawn[0].count && (100...200).contains(drawn[0].count))
        #expect((600...900).contains(drawn[1].count) && Set(drawn[1]).count < drawn[1].count)
        #expect(Set(drawn[2]).count == 20 && drawn[2].sorted() == drawn[2])
        #expect(drawn[3].count == 700 && (300...430).contains(Set(drawn[3]).count))
        #expect(drawn[4] == numbers)
    }

    /// Each row is as likely as another, wherever it lies: chi-squared over ten parts of the input, of which the
    /// 0.1 % quantile at 9 degrees of freedom is 27.9. Seeds are fixed, so the test cannot flake.
    @Test(arguments: [false, true])
    func samplesAreUniform(replacement: Bool) throws {
        var parts = [Int](repeating: 0, count: 10)
        for seed in UInt64(1)...200 {
            let job = Job()
            // Three workers of very different sizes.
            let rows = job.elements(numbers).partition(name: "skew") { $0 < 400 ? 0 : UInt64($0 % 3) }
            let sample = rows.sample(count: 20, withReplacement: replacement, seed: seed).collect()
            try job.run(RunMode(parallelism: 3, batchSize: 64, seed: seed))
            for row in sample.elements { parts[row / 50] += 1 }
        }
        #expect(parts.reduce(0, +) == 4_000)
        let chiSquared = parts.reduce(0.0) { $0 + Double(($1 - 400) * ($1 - 400)) / 400 }
        #expect(chiSquared < 27.9, "\(parts)")
    }

    @Test(arguments: RunMode.all)
    func crossCombinesAllWithAll(mode: RunMode) throws {
        let job = Job()
        let left = job.elements(Array(0..<31))
        let right = job.elements(Array(0..<17))
        let kept = left.cross(right) { $0 * 100 + $1 }.collect()
        let turned = left.cross(right, hint: .keepSelf) { $0 * 100 + $1 }.collect()
        let itself = left.cross(left) { $0 * 100 + $1 }.collect()
        let empty = left.cross(right.filter { _ in false }) { $0 + $1 }.collect()
        try job.run(mode)
        let expected = (0..<31).flatMap { left in (0..<17).map { left * 100 + $0 } }
        #expect(kept.elements.sorted() == expected && turned.elements.sorted() == expected)
        #expect(itself.elements.sorted() == (0..<31).flatMap { left in (0..<31).map { left * 100 + $0 } })
        #expect(empty.elements.isEmpty)
    }
}
