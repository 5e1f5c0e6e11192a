import Gyre

/// Joins within a memory budget that holds neither side: by hash, and by sorting and merging; of distinct keys, and of
/// one huge key.
struct JoinSpillRow: PeerRow {
    let name = "join-spill"
    let summary = "joins of which neither side fits: hash and sort-merge, and one huge key"

    struct Row: NumberedRow {
        var key: Int64
        var number: Int64

        @inline(__always)
        init(key: Int64, number: Int64) { (self.key, self.number) = (key, number) }
    }

    /// 64 bytes, so that the rows of one key are several times the least budget.
    struct WideRow: NumberedRow {
        var key: Int64
        var number: Int64
        private var padding: Padding

        struct Padding: Sendable, Codable { var (a, b, c, d, e, f) = (0, 0, 0, 0, 0, 0) }

        @inline(__always)
        init(key: Int64, number: Int64) { (self.key, self.number, padding) = (key, number, Padding()) }
    }

    struct Sums: Sendable, Codable, Equatable {
        var rows: Int64 = 0
        var sum: Int64 = 0

        mutating func add(_ other: Sums) {
            rows &+= other.rows
            sum &+= other.sum
        }
    }

    func run(_ settings: Settings) throws -> [Figure] {
        let rows = settings.isSmoke ? 20_000 : 10_000_000
        let budget = settings.isSmoke ? 1 << 20 : 64 << 20
        let hash = try child(rows, distinct: true, .automatic, "\(budget)", settings)
        let merge = try child(rows, distinct: true, .sortMerge, "\(budget)", settings)
        let heavy = settings.isSmoke ? 200 : 10_000
        let free = try child(heavy, distinct: false, .sortMerge, "unlimited", settings)
        let tiny = try child(heavy, distinct: false, .sortMerge, "\(256 << 10)", settings)
        let hashed = try child(heavy, distinct: false, .automatic, "\(256 << 10)", settings)
        guard hash.values == merge.values, free.values == tiny.values, free.values == hashed.values else {
            throw ChildProcess.Failure(description: "results differ")
        }
        return [
            Figure(name: "distinct keys, sort-merge ÷ hash", value: merge.wall / hash.wall, unit: "×"),
            Figure(name: "one key, sort-merge, 256 KiB ÷ no budget", value: tiny.wall / free.wall, unit: "×"),
            Figure(name: "one key, 256 KiB, sort-merge ÷ hash", value: tiny.wall / hashed.wall, unit: "×"),
        ]
    }

    private func child(
        _ rows: Int, distinct: Bool, _ hint: JoinHint, _ limit: String, _ settings: Settings
    ) throws -> PeerContest.Run {
        let run = try PeerContest.Run(
            ChildProcess.run(
                "/proc/self/exe", ["--side", name, "\(rows)", distinct ? "distinct" : "one", hint.rawValue, limit],
                output: "\(settings.work)/gyre-output.txt"))
        print(
            "   \(rows) rows, \(distinct ? "distinct keys" : "one key"), \(hint.rawValue), \(limit): wall "
                + "\(run.wall.short) s, peak \((run.peakBytes / 1_048_576).short) MiB, spilled "
                + "\((run.spilledBytes / 1e6).short) MB, others on \(run.usage.others.short) cores")
        return run
    }

    func side(_ arguments: [String]) throws {
        guard arguments.count == 4, let rows = Int(arguments[0]), let hint = JoinHint(rawValue: arguments[2]) else {
            throw ChildProcess.Failure(description: "join-spill ROWS distinct|one HINT unlimited|BYTES")
        }
        let isDistinct = arguments[1] == "distinct"
        let (sums, spilled) = try Side.measure(runs: 1) {
            isDistinct
                ? try Self.join(rows, keys: Int64(rows), of: Row.self, hint, budget: Int(arguments[3]))
                : try Self.join(rows, keys: 1, of: WideRow.self, hint, budget: Int(arguments[3]))
        }
        print("spilled", spilled)
        try Side.require("sums", sums, equals: Self.byHand(rows, isDistinct: isDistinct))
        Side.value("rows", sums.rows)
        Side.value("sum", sums.sum)
    }

    @inline(__always)
    private static func join<Side: NumberedRow>(
        _ rows: Int, keys: Int64, of type: Side.Type, _ hint: JoinHint, budget: Int?
    ) throws -> (Sums, spilledBytes: Int) {
        let job = Job("join within a budget")
        // The factors are units modulo the number of keys: each key once on a side, in no order.
        let keys = Opaque.hide(keys)
        let left = job.generate(count: rows) { Side(key: Int64($0) &* 7_368_787 % keys, number: Int64($0)) }
        let right = job.generate(count: rows) { Side(key: Int64($0) &* 3_145_739 % keys, number: Int64($0)) }
        let sums = left.keyBy { $0.key }.join(right.keyBy { $0.key }, hint: hint) { $0.number &* 3 &+ $1.number }
            .fold(
                Sums(),
                update: { sums, value in
                    sums.rows &+= 1
                    sums.sum &+= value
                }, merge: { $0.add($1) }
            ).collect()
        let result = try job.run(JobConfiguration(parallelism: 2, memoryBudget: budget))
        return (sums.elements[0], result.spilledBytes)
    }

    private static func byHand(_ rows: Int, isDistinct: Bool) -> Sums {
        let all = (0..<rows).reduce(Int64(0)) { $0 &+ Int64($1) }
        // Of distinct keys each left row meets one right row, and each right row one left row.
        let times: Int64 = isDistinct ? 1 : Int64(rows)
        return Sums(rows: Int64(rows) * times, sum: (all &* 4) &* times)
    }
}

/// A row of the join.
protocol NumberedRow: Sendable, Codable {
    var key: Int64 { get }
    var number: Int64 { get }
    init(key: Int64, number: Int64)
}
