import Gyre

/// A sum by Int64 key through a hash exchange, no combiner before it.
struct KeyedSumRow: Row {
    let name = "keyed-sum"
    let summary = "sum by Int64 key through a hash exchange"

    func run(_ settings: Settings) throws -> [Figure] {
        let expected = byHand(settings)
        var figures: [Figure] = []
        for workers in [1, 2] {
            let runs = try KernelTiming.runs(settings.runs, workers: workers, records: settings.records) {
                try sums(settings, workers)
            }
            for run in runs
            where run.result.count != settings.keys || run.result.contains(where: { expected[Int($0.key)] != $0.value })
            {
                throw ChildProcess.Failure(description: "sums differ from the hand-written ones")
            }
            let times = runs.map(\.nanoseconds)
            print("   \(workers) workers: \(times.spread) ns")
            figures.append(
                Figure(
                    name: "keyed sum, \(workers) workers", value: times.median, unit: "ns a record a worker",
                    goal: workers == 2 ? 12 : nil))
        }
        return figures
    }

    private func sums(_ settings: Settings, _ workers: Int) throws -> [KeyedValue<Int64, Int64>] {
        let job = Job("keyed sum")
        let rows =
            settings.isSmoke
            ? job.generate(count: settings.records) {
                KeyedValue(key: KeyedSumRow.key($0, among: 1_000), value: Int64($0))
            }
            : job.generate(count: settings.records) {
                KeyedValue(key: KeyedSumRow.key($0, among: 100_000), value: Int64($0))
            }
        let sums = rows.keyBy { $0.key }.fold(Int64(0)) { $0 &+= $1.value }.collect()
        try job.run(JobConfiguration(parallelism: workers))
        return sums.elements
    }

    @inline(__always)
    private static func key(_ number: Int, among keys: UInt64) -> Int64 {
        Int64(StableHash.mix(UInt64(number)) % keys)
    }

    /// By a dense array: also what the generation and a perfect table cost together.
    private func byHand(_ settings: Settings) -> [Int64] {
        let keys = Opaque.hide(UInt64(settings.keys))
        let timing = KernelTiming.measure(workers: 1, records: settings.records) {
            var sums = [Int64](repeating: 0, count: settings.keys)
            for number in 0..<settings.records { sums[Int(KeyedSumRow.key(number, among: keys))] &+= Int64(number) }
            return sums
        }
        print("   hand-written, dense array, 1 thread: \(timing.nanoseconds.short) ns")
        return timing.result
    }
}
