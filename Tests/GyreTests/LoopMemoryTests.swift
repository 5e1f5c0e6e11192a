import Gyre
import Testing

/// What loops keep from one round to the next, under a memory budget.
struct LoopMemoryTests {
    private func configuration(_ parallelism: Int, _ budget: Int) -> JobConfiguration {
        JobConfiguration(parallelism: parallelism, batchSize: 512, memoryBudget: budget)
    }

    /// A partial solution of ten times the budget.
    @Test(arguments: [1, 2, 3, 7])
    func partialSolutionsSpill(parallelism: Int) throws {
        let count = parallelism * 24_000
        let job = Job()
        let rows = job.generate(count: count) { Pair($0, 0) }.iterate(maximum: 4) { rows in
            rows.map { Pair($0.first, $0.second + $0.first % 7) }
        }.collect()
        let result = try job.run(configuration(parallelism, parallelism * 128 << 10))
        #expect(result.spilledBytes > 3 * count)
        #expect(rows.elements.sorted { $0.first < $1.first } == (0..<count).map { Pair($0, $0 % 7 * 4) })
    }

    /// Worksets and deltas spill; the solution set fits.
    @Test(arguments: [1, 2, 3, 7])
    func worksetsAndDeltasSpill(parallelism: Int) throws {
        let job = Job()
        let solution = job.generate(count: 500) { Pair($0, 0) }.keyBy(\.first)
        let work = job.generate(count: parallelism * 30_000) { $0 }
        let rows = solution.iterate(workset: work, maximum: 3) { solution, work in
            let found = work.keyBy { $0 % 500 }.lookUp(in: solution) { _, row in
                row.map { Pair($0.first, $0.second + 1) }
            }
            return (found, work)
        }.collect()
        let result = try job.run(configuration(parallelism, parallelism * 512 << 10))
        #expect(result.spilledBytes > 100_000)
        #expect(rows.elements.sorted { $0.first < $1.first } == (0..<500).map { Pair($0, 3) })
    }

    /// A solution set cannot spill: it is refused, with its node, need and budget.
    @Test(arguments: [1, 2])
    func aSolutionSetThatDoesNotFitIsRefused(parallelism: Int) throws {
        let job = Job()
        _ = job.generate(count: 200_000) { Pair($0, 0) }.keyBy(\.first).iterate(
            workset: job.elements([1]), maximum: 2, name: "ranks"
        ) { solution, work in
            (work.keyBy { $0 }.lookUp(in: solution) { _, row in row }, work)
        }.collect()
        do {
            _ = try job.run(configuration(parallelism, 1 << 20))
            Issue.record("200,000 elements fit in a mebibyte")
        } catch let error as OperatorError {
            guard case MemoryError.overBudget(let node, let need, let budget)? = error.underlying as? MemoryError else {
                throw error
            }
            #expect(node == "ranks" && error.name == "ranks" && budget == 1 << 20 && need > budget / 2 / parallelism)
        }
    }
}
