import Gyre

/// Rows of two integers in memory, sorted by one of them over all workers, all of them in the result, against DuckDB.
///
/// Both sides hold the rows before the clock starts, and the sorted rows when it stops: ours as batches by worker, the
/// peer's as a table.
struct SortRow: PeerRow {
    let name = "sort"
    let summary = "rows ordered by an Int64 key, against DuckDB"

    struct Row: Sendable, Codable {
        var key: Int64
        /// The place of the row before it was sorted, which shows that each row is there once.
        var place: Int64

        @inline(__always)
        init(_ place: Int) {
            key = CounterRandom.number(10, place, below: 1 << 62)
            self.place = Int64(place)
        }
    }

    func run(_ settings: Settings) throws -> [Figure] {
        let arguments = ["\(settings.batchRows * 5)"]
        let contest = try PeerContest(self, arguments, peer: ("DuckDB", "sort.py", arguments), settings)
        return [contest.figure("sort \(arguments[0]) rows", goal: 1.0)]
    }

    func side(_ arguments: [String]) throws {
        guard arguments.count == 1, let count = Int(arguments[0]) else {
            throw ChildProcess.Failure(description: "sort ROWS")
        }
        let rows = (0..<count).map(Row.init)
        let sorted = try Side.measure {
            let job = Job("sort")
            let sorted = job.elements(rows).sorted(by: { $0.key }).collect()
            try job.run(JobConfiguration(parallelism: 2))
            return sorted
        }
        try report(sorted, count)
    }

    /// The answer, after each row was looked at: in order, as it was made, and there once.
    private func report(_ sorted: Collected<Row>, _ count: Int) throws {
        try Side.require("rows", sorted.count, equals: count)
        var isThere = [Bool](repeating: false, count: count)
        var checksum = Checksum()
        var last = Int64.min
        var rank: Int64 = 0
        try sorted.forEachBatch { rows throws(ChildProcess.Failure) in
            for row in rows {
                let place = Int(row.place)
                guard row.key >= last, (0..<count).contains(place), !isThere[place], row.key == Row(place).key else {
                    throw ChildProcess.Failure(description: "row \(rank) is \(row)")
                }
                isThere[place] = true
                last = row.key
                checksum.add(rank, row.key, row.place)
                rank += 1
            }
        }
        Side.value("rows", rank)
        Side.value("checksum", checksum)
    }
}
