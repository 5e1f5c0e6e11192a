import Gyre
import GyreRuntime
import GyreTesting
import Testing

/// Random jobs against arrays.
struct FuzzTests {
    private func differences(_ seed: UInt64, _ run: (Job) throws -> Void) throws -> [String] {
        let plan = FuzzPlan(seed: seed)
        let job = Job("fuzz \(seed)")
        let collected = plan.write(on: job)
        do { try run(job) } catch { return ["\(error)\n\(job.explain())"] }
        return zip(plan.rows(), collected).enumerated().compactMap { index, pair in
            pair.0 == pair.1.elements.sorted() ? nil : "node \(index), \(plan.nodes[index])\n\(job.explain())"
        }
    }

    private func configuration(_ seed: UInt64, capacity: Int) -> JobConfiguration {
        JobConfiguration(
            parallelism: [1, 2, 3, 7][Int(seed % 4)], batchSize: [1, 2, 7, 64, 1000][Int(seed % 5)],
            channelCapacity: capacity)
    }

    @Test(arguments: UInt64(0)..<8)
    func onOneThreadInRandomOrder(block: UInt64) throws {
        for seed in (block * 40)..<(block * 40 + 40) {
            let found = try differences(seed) {
                try $0.run(scheduledWith: seed, configuration(seed, capacity: 1 << Int(seed % 3)))
            }
            #expect(found == [], "seed \(seed)")
        }
    }

    @Test(arguments: UInt64(0)..<4)
    func onThreads(block: UInt64) throws {
        for seed in (block * 40)..<(block * 40 + 40) {
            let found = try Limit.within {
                try differences(seed + 1_000) { try $0.run(configuration(seed, capacity: 2)) }
            }
            #expect(found == [], "seed \(seed + 1_000)")
        }
    }
}
