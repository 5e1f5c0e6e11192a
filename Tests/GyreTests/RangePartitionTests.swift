import Gyre
import GyreTesting
import Testing

/// Ranges of keys: what a worker has comes before what the next one has.
struct RangePartitionTests {
    @Test(arguments: [1, 2, 3, 7], [0, 1, 50, 20_000])
    func workersHaveAscendingRanges(parallelism: Int, count: Int) throws {
        let rows = (0..<count).map { Int(truncatingIfNeeded: StableHash.mix(UInt64($0)) % 1000) }
        let job = Job("ranges")
        let parts = job.elements(rows).partitionByRange { $0 }
            .mapPartition { context in WithInstance(instance: context.instance) }.collect()
        try job.run(JobConfiguration(parallelism: parallelism))
        let found = parts.elements
        #expect(found.map(\.second).sorted() == rows.sorted())
        let byWorker = Dictionary(grouping: found, by: \.first).mapValues { $0.map(\.second) }
        let used = byWorker.keys.sorted()
        for (earlier, later) in zip(used, used.dropFirst()) {
            #expect(byWorker[earlier]!.max()! < byWorker[later]!.min()!)
        }
        if count == 20_000, let least = byWorker.values.map(\.count).min() {
            #expect(used.count == parallelism)
            #expect(least > count / parallelism / 2, "the smallest range has \(least) of \(count) rows")
        }
    }

    @Test func rangesAreFoundAnewInEveryRound() throws {
        let job = Job("rounds")
        let rows = job.elements(Array(0..<300)).iterate(maximum: 3) { partial in
            partial.map { $0 + 1 }.partitionByRange { $0 }
        }.collect()
        try job.run(JobConfiguration(parallelism: 3))
        #expect(rows.elements.sorted() == Array(3..<303))
    }
}

private struct WithInstance: PartitionFunction {
    let instance: Int
    mutating func process(_ row: Int, into emitter: inout Emitter<Pair<Int, Int>>) {
        emitter.emit(Pair(instance, row))
    }
}
