import Gyre

/// A group-by of 2 GB within 256 MiB, against itself with all the memory that it wants.
///
/// Rows are generated, not held, so that the peak is the operators'; the groups are looked at and let go.
struct SpillRow: PeerRow {
    let name = "spill"
    let summary = "2 GB within a memory budget of 256 MiB, against no budget"

    static let budget = 256 << 20

    func run(_ settings: Settings) throws -> [Figure] {
        // 16 bytes a row.
        let rows = settings.isSmoke ? 20_000 : 125_000_000
        var runs: [String: PeerContest.Run] = [:]
        for limit in ["unlimited", "\(Self.budget)"] {
            let run = try PeerContest.Run(
                ChildProcess.run(
                    "/proc/self/exe", ["--side", name, "\(rows)", limit], output: "\(settings.work)/gyre-output.txt"))
            print(
                "   \(limit): wall \(run.wall.short) s, peak \((run.peakBytes / 1_048_576).short) MiB, "
                    + "others on \(run.usage.others.short) cores, \(run.values)")
            runs[limit] = run
        }
        guard let free = runs["unlimited"], let limited = runs["\(Self.budget)"], free.values == limited.values else {
            throw ChildProcess.Failure(description: "results differ")
        }
        return [
            Figure(name: "group-by, budget ÷ none", value: limited.wall / free.wall, unit: "×", goal: 4),
            Figure(name: "group-by, peak memory", value: limited.peakBytes / 1_048_576, unit: "MiB", goal: 400),
        ]
    }

    func side(_ arguments: [String]) throws {
        guard arguments.count == 2, let rows = Int(arguments[0]) else {
            throw ChildProcess.Failure(description: "spill ROWS unlimited|BYTES")
        }
        let keys = Opaque.hide(max(1, rows / 3))
        let sums = try Side.measure(runs: 1) { try Self.sums(rows, keys, budget: Int(arguments[1])) }
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

    private static func sums(_ rows: Int, _ keys: Int, budget: Int?) throws -> Sums {
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
        try job.run(JobConfiguration(parallelism: 2, memoryBudget: budget))
        return sums.elements[0]
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
