import Gyre
import GyreOperators
import GyreTesting
import Testing

/// Selections and cross products against the rules of `Operator`.
struct SelectionOperatorsTests {
    private let numbers = Array(0..<150)

    @Test(arguments: [nil, 3])
    func indicesAndSamples(rounds: Int?) throws {
        let job = Job()
        let source = job.elements(numbers)
        _ = source.zipWithUniqueID()
        let unique = ConformanceChecker(
            inputs: [.rows(numbers)], expected: numbers.map { IndexedRow(index: $0, row: $0) }, order: .sequence,
            rounds: rounds, make: try Made.last(of: job))
        #expect(try unique.failures() == [])
        _ = source.partitionCounts()
        let counts = ConformanceChecker(
            inputs: [.rows(numbers)], expected: [PartitionCount(instance: 0, count: 150)],
            expectedOfNothing: [PartitionCount(instance: 0, count: 0)], rounds: rounds, make: try Made.last(of: job))
        #expect(try counts.failures() == [])
        for seed in [nil, UInt64(7)] {
            if let seed { _ = source.sample(count: 11, seed: seed) } else { _ = source.first(11) }
            let select = try Made.node(seed == nil ? "first" : "sampleCount", of: job)
            let merge = try Made.node(seed == nil ? "firstMerge" : "sampleCountMerge", of: job)
            let harness = try OperatorHarness(select())
            try harness.push(rows: numbers)
            try harness.end()
            let placed: [PlacedRow<Int>] = harness.output.rows()
            let chosen = placed.map(\.row)
            #expect(chosen.count == 11 && (seed != nil || chosen == Array(0..<11)))
            let checker = ConformanceChecker(
                inputs: [.rows(placed.shuffled(by: 3))], expected: chosen, order: .sequence, rounds: rounds, make: merge
            )
            #expect(try checker.failures() == [])
        }
    }

    @Test(arguments: [nil, 3])
    func crossProductsAlsoOnDisk(rounds: Int?) throws {
        let job = Job()
        let passing = Array(0..<40)
        _ = job.elements(passing).cross(job.elements(numbers)) { $0 * 1_000 + $1 }
        var checker = ConformanceChecker(
            inputs: [.rows(passing), .rows(numbers)],
            expected: passing.flatMap { row in numbers.map { row * 1_000 + $0 } }, rounds: rounds,
            make: try Made.node("cross", of: job))
        checker.memoryFloors = [nil, 120]
        checker.leastSpilledBytes = 1_000
        #expect(try checker.failures() == [])
    }
}

extension Array {
    /// The elements in an order that a seed decides.
    fileprivate func shuffled(by seed: UInt64) -> [Element] {
        var generator = SeededGenerator(seed: seed)
        return shuffled(using: &generator)
    }
}
