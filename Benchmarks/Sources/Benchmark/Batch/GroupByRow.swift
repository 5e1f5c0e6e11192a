import Gyre

/// Sum and count by key of rows in memory, all groups in the result, against DuckDB.
///
/// Both sides hold the rows before the clock starts: ours in an array that `elements` copies into batches, the peer's
/// in a table. Its plan knows that a hundred keys are dense; ours hashes.
struct GroupByRow: PeerRow {
    enum Keys { case numbers, text }
    private enum KeyKind: String { case int, short, long }

    let keys: Keys
    var name: String { keys == .numbers ? "group-by" : "group-by-text" }
    var summary: String { "sum and count by \(keys == .numbers ? "Int64" : "String") key, against DuckDB" }

    struct Row<K: Key & Codable>: Sendable, Codable {
        var key: K
        var value: Int64
    }

    struct SumAndCount: Sendable, Codable {
        var sum: Int64 = 0
        var count: Int64 = 0
    }

    func run(_ settings: Settings) throws -> [Figure] {
        let many = settings.isSmoke ? 1000 : 100_000
        let cases: [(kind: KeyKind, keys: Int, goal: Double)] =
            switch keys {
            case .numbers: [(.int, 100, 1.0), (.int, many, 1.0), (.int, settings.batchRows / 2, 1.0)]
            case .text: [(.short, many, 1.2), (.long, many, 1.2)]
            }
        return try cases.map { kind, keys, goal in
            let arguments = ["\(settings.batchRows)", "\(keys)", kind.rawValue]
            return try PeerContest(self, arguments, peer: ("DuckDB", "group_by.py", arguments), settings)
                .figure("group by \(keys) \(kind.rawValue) keys", goal: goal)
        }
    }

    func side(_ arguments: [String]) throws {
        guard arguments.count == 3, let rows = Int(arguments[0]), let keys = Int(arguments[1]),
            let kind = KeyKind(rawValue: arguments[2])
        else { throw ChildProcess.Failure(description: "group-by ROWS KEYS KIND") }
        switch kind {
        case .int:
            try report(Self.sums(of: Self.rows(rows, keys) { $0 }), rows, keys) { $0 }
        case .short:
            try report(Self.sums(of: Self.rows(rows, keys) { Self.text("key", $0) }), rows, keys, Self.number)
        case .long:
            try report(Self.sums(of: Self.rows(rows, keys) { Self.text("Customer#", $0) }), rows, keys, Self.number)
        }
    }

    @inline(__always)
    private static func sums<K>(of rows: [Row<K>]) throws -> [KeyedValue<K, SumAndCount>] {
        try Side.measure {
            let job = Job("group by")
            let groups = job.elements(rows).keyBy { $0.key }.aggregate(
                SumAndCount(),
                update: { sums, row in
                    sums.sum &+= row.value
                    sums.count &+= 1
                },
                merge: { sums, other in
                    sums.sum &+= other.sum
                    sums.count &+= other.count
                }
            ).collect()
            try job.run(JobConfiguration(parallelism: 2))
            return groups
        }.elements
    }

    private static func rows<K>(_ count: Int, _ keys: Int, _ key: (Int64) -> K) -> [Row<K>] {
        (0..<count).map {
            Row(key: key(keyNumber($0, keys)), value: CounterRandom.number(2, $0, below: 1_000_000))
        }
    }

    private static func keyNumber(_ row: Int, _ keys: Int) -> Int64 { CounterRandom.number(1, row, below: keys) }

    /// The prefix and nine digits: with 3 letters such a key lies within the row on both sides, with 9 it does not.
    private static func text(_ prefix: String, _ number: Int64) -> String {
        let digits = String(number)
        return prefix + String(repeating: "0", count: 9 - digits.utf8.count) + digits
    }

    private static func number(_ key: String) -> Int64 { Int64(key.suffix(9)) ?? -1 }

    /// The answer, after it was compared with sums in dense arrays.
    private func report<K>(
        _ groups: [KeyedValue<K, SumAndCount>], _ rows: Int, _ keys: Int, _ number: (K) -> Int64
    ) throws {
        var expected = [SumAndCount](repeating: SumAndCount(), count: keys)
        for row in 0..<rows {
            let key = Int(Self.keyNumber(row, keys))
            expected[key].sum &+= CounterRandom.number(2, row, below: 1_000_000)
            expected[key].count &+= 1
        }
        var (checksum, plain) = (Checksum(), Checksum())
        for group in groups { checksum.add(number(group.key), group.value.sum, group.value.count) }
        for (key, sums) in expected.enumerated() where sums.count > 0 { plain.add(Int64(key), sums.sum, sums.count) }
        try Side.require("groups", groups.count, equals: expected.count { $0.count > 0 })
        try Side.require("checksum", checksum, equals: plain)
        Side.value("groups", groups.count)
        Side.value("checksum", checksum)
    }
}
