import Gyre
import GyreRuntime
import GyreTesting
import Testing

/// A checkpoint at any step, under any order, is a consistent cut: what goes on from it gives the same result.
struct CheckpointTests {
    /// Every kind of operator that holds state, exchanges, diamonds, and a branch that ends early.
    private struct Everything {
        let job = Job()
        let results: [Collected<Int>]

        init() {
            let numbers = job.elements(Array(0..<300))
            let few = job.elements(Array(0..<9))
            let expanded = numbers.flatMap { row in (0..<(row % 3)).map { row + $0 } }
            let sums = expanded.keyBy { $0 % 17 }.fold(0) { $0 += $1 }.map { $0.key * 1_000_000 + $0.value }
            let joined = numbers.rebalance().keyBy { $0 % 9 }.join(few.keyBy { $0 }) { $0 * 10 + $1 }
            let diamond = numbers.map(broadcasting: few.count()) { $0 + $1[0] }
            let united = joined.union(diamond, few).filter { $0 % 2 == 0 }
            let ordered = few.fold([Int](), update: { $0.append($1) }, merge: { $0 += $1 }).flatMap { $0 }
            results = [
                few.collect(), sums.collect(), joined.collect(), united.keyBy { $0 % 50 }.reduce(max).collect(),
                united.count().collect(), ordered.collect(), numbers.global().collect(),
            ]
        }

        var rows: [[Int]] { results.map { $0.elements.sorted() } }
    }

    private func configuration(_ seed: UInt64) -> JobConfiguration {
        JobConfiguration(
            parallelism: [1, 2, 3, 7][Int(seed % 4)], batchSize: [1, 4, 32][Int(seed % 3)],
            channelCapacity: 1 << Int(seed % 2))
    }

    @Test
    func restoredAtAnyStep() throws {
        let plain = Everything()
        try plain.job.run(JobConfiguration(parallelism: 2))
        var complete = 0
        for seed in UInt64(1)...150 {
            let configuration = configuration(seed)
            var generator = SeededGenerator(seed: seed)
            let first = Everything()
            let execution = try first.job.prepare(configuration)
            let at = generator.below(4_000)
            // Also a second one, a while later: of two complete checkpoints the later counts.
            let again = at + 1 + generator.below(2_000)
            let scheduler = SeededScheduler(seed: seed) { step in
                if step == at || step == again { _ = try execution.triggerCheckpoint() }
            }
            _ = try scheduler.run(execution)
            #expect(first.rows == plain.rows, "seed \(seed), barriers in between")
            guard let checkpoint = execution.latestCheckpoint else { continue }
            complete += 1
            let second = Everything()
            let restored = try JobExecution(try second.job.plan(), configuration: configuration, restoring: checkpoint)
            _ = try SeededScheduler(seed: seed + 1).run(restored)
            #expect(second.rows == plain.rows, "seed \(seed), restored from checkpoint \(checkpoint.number)")
        }
        print("\(complete) of 150 runs completed a checkpoint")
        #expect(complete > 50)
    }

    @Test
    func everyInstanceOfEveryOperatorTakesPartOnce() throws {
        for seed in UInt64(1)...40 {
            let configuration = configuration(seed)
            let everything = Everything()
            let execution = try everything.job.prepare(configuration)
            let scheduler = SeededScheduler(seed: seed) { step in
                guard step < 2 else { return }
                // While the first is under way there is no second.
                let number = try execution.triggerCheckpoint()
                #expect(number == (step == 0 ? 1 : nil))
            }
            _ = try scheduler.run(execution)
            let checkpoint = try #require(execution.latestCheckpoint)
            let expected = try everything.job.plan().nodes.flatMap { node in
                (0..<node.description.parallelism.instances(onWorkers: configuration.parallelism)).map {
                    JobCheckpoint.Place(uid: node.description.uid, instance: $0)
                }
            }
            #expect(Set(checkpoint.parts.keys) == Set(expected), "seed \(seed)")
            #expect(checkpoint.number == 1)
        }
    }

    @Test
    func onThreads() throws {
        let plain = Everything()
        try plain.job.run(JobConfiguration(parallelism: 1))
        for _ in 0..<30 {
            let first = Everything()
            let configuration = JobConfiguration(parallelism: 3, batchSize: 1, channelCapacity: 1)
            let execution = try first.job.prepare(configuration)
            _ = try execution.triggerCheckpoint()
            _ = try Limit.within { try execution.run() }
            #expect(first.rows == plain.rows)
            let second = Everything()
            let checkpoint = try #require(execution.latestCheckpoint)
            let restored = try JobExecution(try second.job.plan(), configuration: configuration, restoring: checkpoint)
            _ = try Limit.within { try restored.run() }
            #expect(second.rows == plain.rows)
        }
    }

    @Test
    func aLoopIsRefused() throws {
        let job = Job()
        _ = job.elements([1]).iterate(maximum: 2) { $0.map { $0 } }.collect()
        let execution = try job.prepare()
        #expect(throws: JobError.checkpointOfLoop) { try execution.triggerCheckpoint() }
    }
}
