import Gyre

/// A group-by and a sort of 2 GB within 256 MiB, each against itself with all the memory that it wants.
///
/// Rows are generated, not held, so that the peak is the operators'; what comes out is looked at and let go.
struct SpillRow: PeerRow {
    let name = "spill"
    let summary = "2 GB within a memory budget of 256 MiB, against no budget"

    static let budget = 256 << 20

    private enum Work: String, CaseIterable {
        case groupBy = "group-by"
        case sort
    }

    func run(_ settings: Settings) throws -> [Figure] {
        // 16 bytes a row.
        let rows = settings.isSmoke ? 20_000 : 125_000_000
        return try Work.allCases.flatMap { work in
            let free = try child(work, rows, "unlimited", settings)
            let limited = try child(work, rows, "\(Self.budget)", settings)
            guard free.values == limited.values else {
                throw ChildProcess.Failure(description: "\(work.rawValue): results differ")
            }
            return [
                Figure(name: "\(work.rawValue), budget ÷ none", value: limited.wall / free.wall, unit: "×", goal: 4),
                Figure(
                    name: "\(work.rawValue), peak memory", value: limited.peakBytes / 1_048_576, unit: "MiB", goal: 400),
            ]
        }
    }

    private func child(_ work: Work, _ rows: Int, _ limit: String, _ settings: Settings) throws -> PeerContest.Run {
        let run = try PeerContest.Run(
            ChildProcess.run(
                "/proc/self/exe", ["--side", name, work.rawValue, "\(rows)", limit],
                output: "\(settings.work)/gyre-output.txt"))
        print(
            "   \(work.rawValue), \(limit): wall \(run.wall.short) s, peak \((run.peakBytes / 1_048_576).short) MiB, "
                + "spilled \((run.spilledBytes / 1e6).short) MB, others on \(run.usage.others.short) cores, "
                + "\(run.values)")
        return run
    }

    func side(_ arguments: [String]) throws {
        guard arguments.count == 3, let work = Work(rawValue: arguments[0]), let rows = Int(arguments[1]) else {
            throw ChildProcess.Failure(description: "spill group-by|sort ROWS unlimited|BYTES")
        }
        let budget = Int(arguments[2])
        switch work {
        case .groupBy: try Self.group(rows, budget: budget)
        case .sort: try SpilledSort.run(rows, budget: budget)
        }
    }

    private static func group(_ rows: Int, budget: Int?) throws {
        let keys = Opaque.hide(max(1, rows / 3))
        let (sums, spilled) = try Side.measure(runs: 1) { try Self.sums(rows, keys, budget: budget) }
        print("spilled", spilled)
        try Side.require("sums", sums, equals: Self.byHand(rows, keys))
        Side.value("groups", sums.groups)
        Side.value("sum", sums.sum)
    }

    struct Sums: Sendable, Codable, Equatable {
        var groups: Int64 = 0
        var rows: Int64 = 0
        var sum: Int64 = 0
        /// Of key × sum, which shows a row that was added to another's key.
        var weighted: Int64 = 0

        mutating func add(key: Int64, count: Int64, sum: Int64) {
            groups &+= 1
            rows &+= count
            self.sum &+= sum
            weighted &+= key &* sum
        }
    }

    private static func sums(_ rows: Int, _ keys: Int, budget: Int?) throws -> (Sums, spilledBytes: Int) {
        let job = Job("group by within a budget")
        let groups = job.generate(count: rows) { row(row: $0, keys) }.keyBy { $0.key }.aggregate(
            GroupByRow.SumAndCount(),
            update: { sums, row in
                sums.sum &+= row.value
                sums.count &+= 1
            },
            merge: { sums, other in
                sums.sum &+= other.sum
                sums.count &+= other.count
            })
        let sums = groups.fold(
            Sums(), update: { $0.add(key: $1.key, count: $1.value.count, sum: $1.value.sum) },
            merge: { sums, other in
                sums.groups &+= other.groups
                sums.rows &+= other.rows
                sums.sum &+= other.sum
                sums.weighted &+= other.weighted
            }
        ).collect()
        let result = try job.run(JobConfiguration(parallelism: 2, memoryBudget: budget))
        return (sums.elements[0], result.spilledBytes)
    }

    /// Without a table: which keys there are, and sums that need no groups.
    private static func byHand(_ rows: Int, _ keys: Int) -> Sums {
        var sums = Sums()
        var isThere = [Bool](repeating: false, count: keys)
        for number in 0..<rows {
            let row = row(row: number, keys)
            sums.rows &+= 1
            sums.sum &+= row.value
            sums.weighted &+= row.key &* row.value
            isThere[Int(row.key)] = true
        }
        sums.groups = Int64(isThere.count { $0 })
        return sums
    }

    @inline(__always)
    private static func row(row: Int, _ keys: Int) -> GroupByRow.Row<Int64> {
        GroupByRow.Row(
            key: CounterRandom.number(40, row, below: keys), value: CounterRandom.number(41, row, below: 1_000_000))
    }
}
