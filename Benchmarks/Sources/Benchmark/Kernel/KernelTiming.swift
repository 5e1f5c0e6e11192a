import Gyre

/// Nanoseconds a record a worker: wall time × workers ÷ records.
enum KernelTiming {
    static func measure<Result>(
        workers: Int, records: Int, _ body: () throws -> Result
    ) rethrows -> (nanoseconds: Double, result: Result) {
        let clock = MonotonicClock()
        let start = clock.nanoseconds()
        let result = try body()
        return (Double(clock.nanoseconds() - start) * Double(workers) / Double(records), result)
    }
}
