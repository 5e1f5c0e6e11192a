import Gyre
import GyreTesting
import Testing

/// Operations on rows, each against what an array would give.
struct RowTests {
    private let numbers = Array(0..<500)

    @Test(arguments: RunMode.all)
    func mapFilterAndCompactMap(mode: RunMode) throws {
        let job = Job()
        let source = job.elements(numbers)
        let mapped = source.map { "\($0)" }.collect()
        let kept = source.filter { $0 % 3 == 0 }.collect()
        let compacted = source.compactMap { $0 % 7 == 0 ? Double($0) : nil }.collect()
        let parameters = source.map(with: 5) { $0 * $1 }.collect()
        try job.run(mode)
        // Contiguous shares and forward edges only: the order stays.
        #expect(mapped.elements == numbers.map { "\($0)" })
        #expect(kept.elements == numbers.filter { $0 % 3 == 0 })
        #expect(compacted.elements == numbers.filter { $0 % 7 == 0 }.map(Double.init))
        #expect(parameters.elements == numbers.map { $0 * 5 })
    }

    /// Transforms work in place where nobody else reads the rows; here others do.
    @Test(arguments: RunMode.all)
    func readersOfOneStreamSeeTheSameRows(mode: RunMode) throws {
        let job = Job()
        let doubled = job.elements(numbers).map { $0 * 2 }
        let summed = doubled.map { $0 + 1 }.filter { $0 % 3 != 0 }.map { $0 * 10 }.collect()
        let kept = doubled.filter { $0 % 5 == 0 }.map { -$0 }.collect()
        let exchanged = doubled.rebalance().map { $0 + 7 }.map { $0 * 2 }.collect()
        let untouched = doubled.collect()
        try job.run(mode)
        let expected = numbers.map { $0 * 2 }
        #expect(summed.elements == expected.map { $0 + 1 }.filter { $0 % 3 != 0 }.map { $0 * 10 })
        #expect(kept.elements == expected.filter { $0 % 5 == 0 }.map { -$0 })
        #expect(exchanged.elements.sorted() == expected.map { ($0 + 7) * 2 })
        #expect(untouched.elements == expected)
    }

    @Test(arguments: RunMode.all)
    func flatMapExpandsLazily(mode: RunMode) throws {
        let job = Job()
        let expanded = job.elements([0, 3, 1, 0, 1_000, 2]).flatMap { row in (0..<row).lazy.map { $0 + row } }.collect()
        try job.run(mode)
        #expect(expanded.elements == [0, 3, 1, 0, 1_000, 2].flatMap { row in (0..<row).map { $0 + row } })
    }

    @Test(arguments: RunMode.all)
    func unionKeepsEveryRow(mode: RunMode) throws {
        let job = Job()
        let first = job.elements(numbers)
        let united = first.union(job.elements([-1, -2]), first, name: "all").collect()
        try job.run(mode)
        #expect(united.elements.sorted() == ([-2, -1] + numbers + numbers).sorted())
    }

    @Test(arguments: RunMode.all)
    func mapPartitionIsMadeOnceAWorkerAndFinishes(mode: RunMode) throws {
        struct Sum: PartitionFunction {
            var sum = 0
            var context: OperatorContext
            mutating func process(_ row: Int, into emitter: inout Emitter<Int>) { sum += row }
            mutating func finish(into emitter: inout Emitter<Int>) {
                emitter.emit(sum)
                context.accumulators.add(Int64(sum), to: "sum")
            }
        }
        let job = Job()
        let made = Counter()
        let sums = job.elements(numbers).mapPartition { context in
            made.add()
            return Sum(context: context)
        }.collect()
        let result = try job.run(mode)
        #expect(sums.elements.count == mode.parallelism)
        #expect(sums.elements.reduce(0, +) == numbers.reduce(0, +))
        #expect(result.accumulators == ["sum": Int64(numbers.reduce(0, +))])
        #expect(made.value == mode.parallelism)
    }

    @Test(arguments: RunMode.all)
    func foldMergesInTheOrderOfWorkers(mode: RunMode) throws {
        let job = Job()
        let joined = job.elements(numbers).fold([Int](), update: { $0.append($1) }, merge: { $0 += $1 }).collect()
        let count = job.elements(numbers).count().collect()
        let least = job.elements(numbers).reduce(min).collect()
        let nothing = job.elements([Int]()).reduce(min).collect()
        let zero = job.elements([Int]()).count().collect()
        try job.run(mode)
        #expect(joined.elements == [numbers])
        #expect(count.elements == [500])
        #expect(least.elements == [0])
        #expect(nothing.elements.isEmpty)
        #expect(zero.elements == [0])
    }

    @Test(arguments: RunMode.all)
    func forEachSeesEveryRow(mode: RunMode) throws {
        let job = Job()
        let seen = Counter()
        job.elements(numbers).forEach { seen.add($0) }
        try job.run(mode)
        #expect(seen.value == numbers.reduce(0, +))
    }

    @Test
    func aJobRunsAgainOnFewerWorkers() throws {
        let job = Job()
        let rows = job.elements(numbers).collect()
        try job.run(JobConfiguration(parallelism: 3))
        try job.run(JobConfiguration(parallelism: 2))
        #expect(rows.elements == numbers)
    }

    @Test(arguments: RunMode.all)
    func nothingInNothingOut(mode: RunMode) throws {
        let job = Job()
        let none = job.elements([Int]())
        let rows = none.map { $0 + 1 }.flatMap { [$0, $0] }.union(none).keyBy { $0 }.reduce { a, _ in a }
            .keyBy { $0 }.join(none.keyBy { $0 }) { $0 + $1 }.collect()
        try job.run(mode)
        #expect(rows.elements.isEmpty)
    }
}
