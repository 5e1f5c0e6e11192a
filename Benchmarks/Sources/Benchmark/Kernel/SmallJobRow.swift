import Gyre

/// What a job of few rows costs from end to end, threads included, where its operators span both workers and where they
/// are gathered on one.
struct SmallJobRow: Row {
    let name = "small-job"
    let summary = "jobs of few rows: operators behind an exchange on one worker, against on two"

    private enum Work: String, CaseIterable {
        case sums = "keyed sum"
        case join
        case sort
    }

    func run(_ settings: Settings) throws -> [Figure] {
        var figures: [Figure] = []
        for work in Work.allCases {
            for rows in settings.isSmoke ? [100] : [100, 1_000, 4_000, 8_000, 16_000, 64_000] {
                let ratio = try Self.ratio(work, rows, runs: settings.isSmoke ? 2 : 301)
                // Beyond 128 KiB nothing is gathered, and both do the same.
                figures.append(Figure(name: "\(work.rawValue) of \(rows) rows, one ÷ two", value: ratio, unit: "×"))
            }
        }
        return figures
    }

    private static func ratio(_ work: Work, _ rows: Int, runs: Int) throws -> Double {
        let numbers = (0..<rows).map { CounterRandom.number(50, $0, below: Swift.max(1, rows / 4)) }
        var times: (one: [Double], two: [Double]) = ([], [])
        for _ in 0..<runs {
            times.two.append(try time(work, numbers, gathers: false))
            times.one.append(try time(work, numbers, gathers: true))
        }
        print("   \(work.rawValue), \(rows) rows: \(times.one.spread) µs on one, \(times.two.spread) on two")
        return times.one.median / times.two.median
    }

    private static func time(_ work: Work, _ numbers: [Int64], gathers: Bool) throws -> Double {
        let clock = MonotonicClock()
        let start = clock.nanoseconds()
        let job = Job("small")
        let rows = job.elements(numbers)
        let count: () -> Int
        switch work {
        case .sums:
            let sums = rows.keyBy { $0 }.fold(Int64(0)) { $0 &+= $1 }.collect()
            count = { sums.elements.count }
        case .join:
            let pairs = rows.keyBy { $0 }.semiJoin(job.elements(numbers).keyBy { $0 }).collect()
            count = { pairs.elements.count }
        case .sort:
            let sorted = rows.sorted(by: { $0 }).collect()
            count = { sorted.elements.count }
        }
        try job.run(JobConfiguration(parallelism: 2, gathersSmallInputs: gathers))
        let time = Double(clock.nanoseconds() - start) * 1e-3
        guard count() > 0 else { throw ChildProcess.Failure(description: "no rows") }
        return time
    }
}
