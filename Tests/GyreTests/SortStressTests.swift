import Gyre
import GyreTesting
import Testing

/// Many small sorts, each in another configuration: rows that get lost by timing get lost here.
struct SortStressTests {
    private func check(seed: UInt64, isScheduled: Bool) throws {
        var generator = SeededGenerator(seed: seed)
        let parallelism = 1 + generator.below(7)
        let count = [0, 1, 3, 50, 400, 3000][generator.below(6)]
        let keys = 1 + generator.below([1, 5, 1000][generator.below(3)])
        // Two hungry operators a sort on each worker; half of the budget is floors of 64 KiB at least.
        let budget = generator.below(3) == 0 ? 8 * parallelism * 64 << 10 : nil
        let configuration = JobConfiguration(
            parallelism: parallelism, gathersSmallInputs: generator.below(4) == 0,
            batchSize: [1, 2, 7, 64, 2048][generator.below(5)], channelCapacity: [1, 1, 2, 8][generator.below(4)],
            spinNanoseconds: [0, 0, 20_000][generator.below(3)], memoryBudget: budget)
        let note: Comment = "seed \(seed), \(count) rows, \(keys) keys, \(configuration)"
        let rows = (0..<count).map { Pair(generator.below(keys), $0) }
        let expected = rows.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
        let job = Job()
        let sorted = job.elements(rows).sorted(by: { $0.first })
        let (collected, again) = (sorted.collect(), sorted.map { $0 }.sorted(by: { $0.second }).collect())
        let result =
            isScheduled ? try job.run(scheduledWith: seed, configuration) : try job.run(configuration)
        #expect(collected.elements == expected, note)
        #expect(again.elements == rows, note)
        #expect(result.spilledBytes == 0 || budget != nil, note)
    }

    @Test(arguments: 0..<8)
    func onThreads(part: UInt64) throws {
        for seed in (part * 60)..<(part * 60 + 60) { try check(seed: seed, isScheduled: false) }
    }

    @Test(arguments: 0..<8)
    func inTheOrderOfSeeds(part: UInt64) throws {
        for seed in (part * 25)..<(part * 25 + 25) { try check(seed: seed, isScheduled: true) }
    }
}
