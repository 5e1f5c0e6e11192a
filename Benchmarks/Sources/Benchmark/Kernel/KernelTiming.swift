import Gyre

/// Nanoseconds a record a worker: wall time × workers ÷ records.
enum KernelTiming {
    /// Undisturbed runs.
    static func runs<Result>(
        _ runs: Int, workers: Int, records: Int, _ body: () throws -> Result
    ) rethrows -> [(nanoseconds: Double, result: Result)] {
        try OthersMeter.undisturbed(runs) {
            let meter = OthersMeter()
            let own = OthersMeter.ownSeconds()
            let timing = try measure(workers: workers, records: records, body)
            return (timing, meter.cores(without: OthersMeter.ownSeconds() - own))
        }
    }

    static func measure<Result>(
        workers: Int, records: Int, _ body: () throws -> Result
    ) rethrows -> (nanoseconds: Double, result: Result) {
        let clock = MonotonicClock()
        let start = clock.nanoseconds()
        let result = try body()
        return (Double(clock.nanoseconds() - start) * Double(workers) / Double(records), result)
    }
}
