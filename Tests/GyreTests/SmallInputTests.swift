import Gyre
import GyreTesting
import Testing

/// Parallelism that is chosen from sizes: which nodes become one instance, and that nothing else changes.
struct SmallInputTests {
    private struct Place: PartitionFunction {
        let instances: Int
        mutating func process(_ row: KeyedValue<Int, Int>, into emitter: inout Emitter<Int>) {}
        mutating func finish(into emitter: inout Emitter<Int>) { emitter.emit(instances) }
    }

    private func gathering(_ parallelism: Int) -> JobConfiguration {
        JobConfiguration(parallelism: parallelism, gathersSmallInputs: true)
    }

    private func sums(_ job: Job, rows: Int) -> DataStream<KeyedValue<Int, Int>> {
        job.generate(count: rows) { $0 }.keyBy(name: "rest") { $0 % 5 }.fold(0) { $0 += $1 }
    }

    @Test
    func explainShowsWhatIsChosenAndWhy() {
        let job = Job("small")
        _ = sums(job, rows: 1000).map(name: "plain") { $0.value }.collect()
        let few = """
            job "small"
              1 generate  ×all  [count=1000]
              2 keyedFold  ×1  [key=rest]  <- 1 hash(rest)
                  chose one instance: at most 8000 bytes come to it
              3 map "plain"  ×1  <- 2 forward
                  chose one instance: at most 16000 bytes come to it
              4 collect  ×1  <- 3 forward
                  chose one instance: at most 8000 bytes come to it

            """
        #expect(job.explain(for: gathering(2)) == few)
        // By default it is on, and a parallelism that was asked for is kept.
        if JobConfiguration.availableCores > 1 { #expect(job.explain(for: JobConfiguration()) == few) }
        let written = job.explain()
        #expect(!written.contains("×1"))
        #expect(job.explain(for: JobConfiguration(parallelism: 2)) == written)
        #expect(job.explain(for: JobConfiguration(gathersSmallInputs: false)) == written)
        var configuration = JobConfiguration()
        configuration.parallelism = 3
        #expect(job.explain(for: configuration) == written)
        // One worker has nothing to choose.
        #expect(job.explain(for: gathering(1)) == written)
    }

    @Test(arguments: [(4_096, 1), (4_097, 3)])
    func theLimitIsOfTheWholeInput(rows: Int, instances: Int) throws {
        let job = Job()
        let places = sums(job, rows: rows).mapPartition { Place(instances: $0.instances) }.collect()
        let result = try job.run(gathering(3))
        #expect(places.elements == Array(repeating: instances, count: instances))
        #expect(result.choices.contains { $0.what == "one instance" } == (instances == 1))
        #expect(job.explain(after: result).contains("chose one instance: at most") == (instances == 1))
        // Both sides of a join count.
        let joined = Job()
        let side = joined.generate(count: rows / 2 + 1) { $0 }.keyBy { $0 }
        _ = side.join(joined.generate(count: rows - rows / 2 - 1) { $0 }.keyBy { $0 }, hint: .hashLeft) { $0 + $1 }
            .collect()
        #expect(joined.explain(for: gathering(3)).contains("×1") == (instances == 1))
    }

    /// What comes before an exchange, or was asked for, or is given whole groups, keeps its parallelism, and so does a loop.
    @Test
    func whatKeepsItsParallelism() throws {
        let job = Job()
        let numbers = job.elements(Array(0..<100))
        _ = numbers.map { $0 + 1 }.flatMap { [$0, $0] }.collect(name: "chained")
        _ = numbers.keyBy { $0 % 3 }.reduceGroup(of: Int.self) { _, rows, emitter in
            for row in rows { emitter.emit(row) }
        }.collect(name: "groups")
        _ = numbers.keyBy { $0 }.join(numbers.keyBy { $0 }, hint: .sortMerge) { $0 + $1 }.collect(name: "merged")
        _ = numbers.iterate(maximum: 2, name: "loop") { $0.keyBy { $0 }.reduce { $0 + $1 } }.collect(name: "rounds")
        for stream in [numbers.rebalance(), numbers.broadcast(), numbers.partitionByRange { $0 }] {
            _ = stream.collect(name: "asked for")
        }
        #expect(job.explain(for: gathering(4)) == job.explain())
        // Behind a node that is alone, the same: rows are spread again.
        let spread = Job()
        let places = sums(spread, rows: 50).rebalance().mapPartition { Place(instances: $0.instances) }.collect()
        try spread.run(gathering(3))
        #expect(places.elements == [3, 3, 3])
        // A node that reads both a gathered stream and a spread one is spread.
        let mixed = Job()
        let rows = sums(mixed, rows: 50).map { $0.key }.union(mixed.generate(count: 50) { $0 }).collect()
        try mixed.run(gathering(3))
        #expect(mixed.explain(for: gathering(3)).contains("union  ×all  <- 3 rebalance, 4 forward"))
        #expect(rows.elements.sorted() == (Array(0..<5) + Array(0..<50)).sorted())
    }

    /// Gathered or not, on threads and in the order of a seed: the same rows.
    @Test(arguments: RunMode.all)
    func theRowsAreTheSame(mode: RunMode) throws {
        func run(_ rows: Int, gathers: Bool) throws -> (results: [[Int]], sorted: [[Int]], choices: [Choice]) {
            let job = Job()
            let numbers = job.generate(count: rows) { $0 &* 7_368_787 % 1009 }
            let sums = numbers.keyBy { $0 % 31 }.aggregate(0, update: { $0 += $1 }, merge: { $0 += $1 })
            let distinct = numbers.distinct().keyBy { $0 }
            let joined = distinct.leftJoin(sums.keyBy(\.key)) { $0 + ($1?.value ?? 0) }
            let results = [
                sums.map { $0.value }.collect(), joined.collect(), numbers.filter { $0 % 2 == 0 }.distinct().collect(),
                distinct.semiJoin(numbers.map { $0 + 1 }.keyBy { $0 }, hint: .sortMerge).collect(),
                numbers.map(broadcasting: sums) { $0 + $1.reduce(0) { $0 + $1.value } }.collect(),
                distinct.coGroup(numbers.keyBy { $0 }) { _, left, right, emitter in
                    var count = 0
                    for _ in left { count += 1 }
                    for _ in right { count += 1 }
                    emitter.emit(count)
                }.collect(),
            ]
            let sorted = [
                numbers.map { Pair($0 % 13, $0) }.sorted(by: { $0.first }).map { $0.second }.collect(),
                sums.sorted(by: { $0.value }).map { $0.value }.collect(),
                numbers.flatMap { [$0, $0] }.sorted(by: { $0 }).collect(),
            ]
            let configuration = JobConfiguration(
                parallelism: mode.parallelism, gathersSmallInputs: gathers, batchSize: mode.batchSize,
                channelCapacity: 2, clock: VirtualClock())
            let result = try mode.seed.map { try job.run(scheduledWith: $0, configuration) } ?? job.run(configuration)
            return (results.map { $0.elements.sorted() }, sorted.map(\.elements), result.choices)
        }
        for rows in [0, 1, 300] {
            let (gathered, spread) = (try run(rows, gathers: true), try run(rows, gathers: false))
            #expect(gathered.results == spread.results, "\(mode), \(rows) rows")
            #expect(gathered.sorted == spread.sorted, "\(mode), \(rows) rows")
            #expect(!spread.choices.contains { $0.what == "one instance" || $0.what == "one range" })
            if mode.parallelism > 1 { #expect(gathered.choices.contains { $0.what == "one instance" }) }
        }
    }

    /// A sort that learns how few rows there are when it has seen them deals them to one.
    @Test(arguments: [(1_000, 1), (20_000, 3)])
    func aSortOfFewRowsIsOneRange(rows: Int, instances: Int) throws {
        let job = Job()
        let sorted = job.generate(count: rows) { rows - $0 }.flatMap { [$0] }.sorted(by: { $0 })
        let shares = sorted.partitionCounts().collect()
        let result = try job.run(gathering(3))
        #expect(shares.elements.count { $0.count > 0 } == instances)
        let choices = result.choices.filter { $0.what == "one range" }
        #expect(choices.map(\.why) == (instances == 1 ? ["1000 rows of 8000 bytes are work for one instance"] : []))
    }
}
