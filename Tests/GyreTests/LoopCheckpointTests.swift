import Gyre
import GyreTesting
import Testing

/// Loops that are stopped after each of their rounds, and go on from their checkpoint to the same result.
struct LoopCheckpointTests {
    /// A job with a loop called "loop", and what it leaves.
    struct Subject: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// Writes the job down; the answer is read when it has run.
        var write: @Sendable (Job) -> () -> [String]

        init(_ name: String, _ write: @escaping @Sendable (Job) -> () -> [String]) {
            testDescription = name
            self.write = write
        }
    }

    struct Cell: Sendable, Codable, Hashable {
        var place: Int
        var value: Double
    }

    struct Label: Sendable, Codable, Hashable {
        var vertex: Int
        var value: Int
    }

    static let modes = [
        RunMode(parallelism: 1, batchSize: 2048), RunMode(parallelism: 2, batchSize: 7),
        RunMode(parallelism: 3, batchSize: 64), RunMode(parallelism: 1, batchSize: 3, seed: 1),
        RunMode(parallelism: 2, batchSize: 1, seed: 2), RunMode(parallelism: 3, batchSize: 16, seed: 3),
    ]

    static let subjects = [bulk, condition, delta, aggregates, twoVariables, loopAfterLoop, beside, sums]

    /// Neighbours' means, by position; a constant joins in.
    static let bulk = Subject("bulk with a constant") { job in
        let weights = job.elements((0..<30).map { Cell(place: $0, value: Double($0 % 4)) })
        let start = job.elements((0..<30).map { Cell(place: $0, value: Double(($0 * 7919) % 100)) })
        let result = start.iterate(maximum: 6, name: "loop") { cells in
            cells.flatMap { [$0, Cell(place: ($0.place + 1) % 30, value: $0.value)] }
                .keyBy { $0.place }.reduce { Cell(place: $0.place, value: max($0.value, $1.value) * 0.9) }
                .keyBy { $0.place }.join(weights.keyBy { $0.place }) {
                    Cell(place: $0.place, value: $0.value + $1.value)
                }
        }.collect()
        return { result.elements.map { "\($0.place) \($0.value.bitPattern)" }.sorted() }
    }

    static let condition = Subject("bulk until a stream is empty") { job in
        let result = job.elements([1, 2, 4]).iterate(maximum: 100, name: "loop") { rows in
            let next = rows.map { $0 + 1 }
            return (next: next, continueWhile: next.filter { $0 < 8 })
        }.collect()
        return { result.elements.map(String.init).sorted() }
    }

    private static func components(_ job: Job, name: String) -> DataStream<Label> {
        var generator = SeededGenerator(seed: 5)
        let edges = (0..<70).flatMap { _ -> [Pair<Int, Int>] in
            let (a, b) = (generator.below(80), generator.below(80))
            return [Pair(a, b), Pair(b, a)]
        }
        let neighbours = job.elements(edges)
        let labels = job.elements((0..<80).map { Label(vertex: $0, value: $0) })
        return labels.keyBy(name: "vertex") { $0.vertex }.iterate(workset: labels, maximum: 100, name: name) {
            solution, changed in
            let candidates = changed.keyBy { $0.vertex }.join(neighbours.keyBy { $0.first }) {
                Label(vertex: $1.second, value: $0.value)
            }.keyBy { $0.vertex }.reduce { $0.value < $1.value ? $0 : $1 }
            let better = candidates.keyBy(name: "vertex") { $0.vertex }.lookUp(in: solution) { candidate, known in
                guard let known, candidate.value < known.value else { return Label?.none }
                return candidate
            }
            return (delta: better, workset: better)
        }
    }

    static let delta = Subject("delta") { job in
        // The order of a solution set depends on the keys only, so it is compared too.
        let result = components(job, name: "loop").collect()
        return { result.elements.map { "\($0.vertex) \($0.value)" } }
    }

    static let aggregates = Subject("aggregates of the round before") { job in
        let total = Aggregator<Double>.sum("total")
        let result = job.elements((1...20).map { Double($0) }).iterate(
            maximum: 20, name: "loop", aggregators: [total.erased], until: { _, values in values[total] > 1e6 }
        ) { rows in
            rows.map(reading: total) { $0 + $1 / 100 }.contribute(to: total) { $0 += $1.rounded() }
        }.collect()
        return { result.elements.map { "\($0.bitPattern)" }.sorted() }
    }

    static let twoVariables = Subject("two variables") { job in
        let (left, right) = job.iterate(
            job.elements(Array(0..<20)), job.elements((0..<20).map { Label(vertex: $0, value: 1) }), maximum: 5,
            name: "loop"
        ) { numbers, labels in
            (
                numbers.keyBy { $0 }.join(labels.keyBy { $0.vertex }) { ($0 + $1.value) % 20 },
                labels.map { Label(vertex: $0.vertex, value: ($0.value * 3 + $0.vertex) % 7) }
            )
        }
        let (numbers, labels) = (left.collect(), right.collect())
        return { numbers.elements.map(String.init).sorted() + labels.elements.map { "\($0)" }.sorted() }
    }

    static let loopAfterLoop = Subject("a loop after a loop") { job in
        let first = job.elements(Array(1...9)).iterate(maximum: 3, name: "before") { $0.map { $0 * 2 } }
        let second = first.union(job.elements([1000])).iterate(maximum: 4, name: "loop") { rows in
            rows.keyBy { $0 % 5 }.reduce(+).map { $0 + 1 }.union(rows.filter { $0 % 2 == 0 })
        }
        let third = second.iterate(maximum: 2, name: "behind") { $0.map { $0 + 1 } }.collect()
        return { third.elements.map(String.init).sorted() }
    }

    static let beside = Subject("two loops beside each other") { job in
        let other = components(job, name: "beside").map { $0.value }
        let loop = job.elements(Array(0..<40)).iterate(maximum: 8, name: "loop") { $0.map { ($0 * 3 + 1) % 101 } }
        let both = loop.union(other).collect()
        return { both.elements.map(String.init).sorted() }
    }

    private struct Counting: PartitionFunction {
        let accumulators: Accumulators
        mutating func process(_ row: Int, into emitter: inout Emitter<Int>) {
            accumulators.add(1, to: "rows")
            emitter.emit(row + 1)
        }
    }

    static let sums = Subject("named sums of operators in the loop") { job in
        let result = job.elements(Array(0..<25)).iterate(maximum: 6, name: "loop") { rows in
            rows.mapPartition { context in Counting(accumulators: context.accumulators) }
        }.collect()
        return { result.elements.map(String.init).sorted() }
    }

    @Test(arguments: subjects, modes)
    func goesOnFromEachRound(subject: Subject, mode: RunMode) throws {
        let whole = Job()
        let expected = subject.write(whole)
        let result = try #require(try whole.run(mode, checkpoint: nil))
        let rounds = try #require(result.loops["loop"]?.rounds)
        #expect(rounds.count > 3)
        for every in [1, 2] {
            // All of them where each has a checkpoint; else the first, which has none, and the last two.
            let last = rounds.count
            for stop in every == 1 ? Array(1...last) : [1, last - 1, last] {
                let folder = CheckpointFolder()
                let first = Job()
                _ = subject.write(first)
                let stopped = try first.run(mode, checkpoint: folder.policy(every), stoppingAfter: stop)
                #expect(stopped == nil)
                let second = Job()
                let found = subject.write(second)
                let resumed = try #require(try second.run(mode, checkpoint: folder.policy(every)))
                let note = "stopped after round \(stop), a checkpoint every \(every)"
                #expect(found() == expected(), "\(note)")
                #expect(resumed.accumulators == result.accumulators, "\(note)")
                let loop = try #require(resumed.loops["loop"])
                // Stopped as round `stop` was told, before its state was saved.
                let kept = (stop - 1) / every * every
                #expect(loop.resumedFromRound == (kept == 0 ? nil : kept), "\(note)")
                #expect(loop.rounds.map(\.number) == Array((kept + 1)...last), "\(note)")
                #expect(loop.rounds.map(\.changed) == rounds.dropFirst(kept).map(\.changed), "\(note)")
                #expect(loop.rounds.map(\.aggregators) == rounds.dropFirst(kept).map(\.aggregators), "\(note)")
                #expect(loop.end == result.loops["loop"]?.end, "\(note)")
            }
        }
    }

    @Test(arguments: subjects)
    func aRunThatHasEndedGivesItsResultAgain(subject: Subject) throws {
        let mode = RunMode(parallelism: 2, batchSize: 16)
        let folder = CheckpointFolder()
        let first = Job()
        let expected = subject.write(first)
        let before = try #require(try first.run(mode, checkpoint: folder.policy(2)))
        #expect(before.loops["loop"]?.checkpoints.isEmpty == false)
        let second = Job()
        let found = subject.write(second)
        let after = try #require(try second.run(mode, checkpoint: folder.policy(2)))
        #expect(found() == expected())
        #expect(after.loops["loop"]?.rounds == [])
        #expect(after.loops["loop"]?.end == before.loops["loop"]?.end)
        #expect(after.accumulators == before.accumulators)
    }

    @Test
    func theLimitOfRoundsMayGrow() throws {
        let folder = CheckpointFolder()
        func run(_ maximum: Int, _ checkpoint: CheckpointPolicy?) throws -> ([Int], JobResult) {
            let job = Job()
            let rows = job.elements([1, 2]).iterate(maximum: maximum, name: "loop") { $0.map { $0 * 2 } }.collect()
            let result = try job.run(JobConfiguration(parallelism: 2, checkpoint: checkpoint))
            return (rows.elements.sorted(), result)
        }
        _ = try run(3, folder.policy())
        let (rows, result) = try run(5, folder.policy())
        #expect(rows == [32, 64])
        #expect(result.loops["loop"]?.rounds.map(\.number) == [4, 5])
        #expect(throws: CheckpointError.pastLimit(folder: folder.path, loop: "loop", round: 5, limit: 4)) {
            _ = try run(4, folder.policy())
        }
    }

    @Test
    func figuresAreToldAndReported() throws {
        let folder = CheckpointFolder()
        let told = Counter()
        let job = Job()
        _ = job.elements(Array(0..<100)).iterate(maximum: 7, name: "loop") { $0.map { $0 + 1 } }.collect()
        let result = try job.run(
            JobConfiguration(
                parallelism: 2,
                onProgress: { event in
                    if case .checkpoint("loop", let figures) = event { told.add(figures.bytes) }
                }, checkpoint: folder.policy(3)))
        let checkpoints = try #require(result.loops["loop"]?.checkpoints)
        #expect(checkpoints.map(\.round) == [3, 6, 7])
        #expect(checkpoints.map(\.number) == [1, 2, 3])
        #expect(checkpoints.allSatisfy { $0.bytes > 800 && $0.seconds > 0 })
        #expect(told.value == checkpoints.reduce(0) { $0 + $1.bytes })
    }
}
