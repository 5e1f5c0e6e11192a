import Gyre
import GyreRuntime
import GyreTesting
import Testing

/// Jobs whose parts wait for each other, with room for one batch a channel.
struct DeadlockTests {
    private func run(_ job: Job, seed: UInt64) throws {
        try job.run(
            scheduledWith: seed, JobConfiguration(parallelism: 1 + Int(seed % 3), batchSize: 2, channelCapacity: 1))
    }

    @Test
    func oneSourceFeedsBothSidesOfAJoin() throws {
        for seed in UInt64(1)...200 {
            let job = Job()
            let source = job.elements(Array(0..<60))
            let joined = source.keyBy { $0 }.join(source.map { $0 + 1 }.keyBy { $0 }) { $0 * 1_000 + $1 }.collect()
            try run(job, seed: seed)
            #expect(joined.elements.sorted() == (1..<60).map { $0 * 1_001 }, "seed \(seed)")
        }
    }

    @Test
    func aStreamIsBroadcastToItself() throws {
        for seed in UInt64(1)...200 {
            let job = Job()
            let source = job.elements(Array(0..<40)).map { $0 * 2 }
            let largest = source.reduce(max)
            let scaled = source.map(broadcasting: largest) { $0 + $1[0] }.collect()
            let whole = source.map(broadcasting: source.rebalance()) { $0 + $1.count }.collect()
            try run(job, seed: seed)
            #expect(scaled.elements.sorted() == (0..<40).map { $0 * 2 + 78 }, "seed \(seed)")
            #expect(whole.elements.sorted() == (0..<40).map { $0 * 2 + 40 }, "seed \(seed)")
        }
    }

    /// Each join builds what the other probes with: no diamond above either, and yet a circle.
    @Test
    func twoJoinsCrossed() throws {
        for seed in UInt64(1)...200 {
            let job = Job()
            let (a, b) = (job.elements(Array(0..<60)).map { $0 }, job.elements(Array(30..<90)).map { $0 })
            let one = a.keyBy { $0 }.join(b.keyBy { $0 }) { $0 + $1 }.collect()
            let other = b.keyBy { $0 }.join(a.keyBy { $0 }) { $0 + $1 }.collect()
            try run(job, seed: seed)
            #expect(one.elements.sorted() == (30..<60).map { $0 * 2 }, "seed \(seed)")
            #expect(other.elements.sorted() == one.elements.sorted(), "seed \(seed)")
        }
    }

    /// A circle of three, through joins behind joins.
    @Test
    func threeJoinsInACircle() throws {
        for seed in UInt64(1)...100 {
            let job = Job()
            let sources = (0..<3).map { offset in job.elements(Array(0..<50)).map { $0 + offset } }
            let joins = (0..<3).map { index in
                sources[index].keyBy { $0 }.join(sources[(index + 1) % 3].keyBy { $0 }) { row, _ in row }
            }
            let rows = joins[0].union(joins[1], joins[2]).count().collect()
            try run(job, seed: seed)
            #expect(rows.elements == [49 + 49 + 48], "seed \(seed)")
        }
    }

    @Test
    func insideALoop() throws {
        for seed in UInt64(1)...100 {
            let job = Job()
            let constant = job.elements(Array(0..<40))
            let rows = constant.iterate(maximum: 3) { rows in
                let self0 = rows.keyBy { $0 }.join(rows.map { ($0 + 1) % 40 }.keyBy { $0 }) { $0 + $1 - $0 }
                return self0.keyBy { $0 }.join(constant.keyBy { $0 }) { $0 + 0 * $1 }.union(constant).distinct()
            }.collect()
            try run(job, seed: seed)
            #expect(rows.elements.sorted() == Array(0..<40), "seed \(seed)")
        }
    }
}
