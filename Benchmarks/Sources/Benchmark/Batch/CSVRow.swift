import Gyre

/// A CSV file of seven columns into structs, against Polars reading it into a frame.
///
/// Ours is a stream: each struct is looked at and let go, as a job does that goes on from there; the peer keeps the whole
/// frame. Every field is made on both sides.
struct CSVRow: PeerRow {
    let name = "csv"
    let summary = "a CSV file of 7 columns into structs, against Polars"

    func run(_ settings: Settings) throws -> [Figure] {
        let file = TableFile(rows: settings.batchRows, in: settings.work)
        try file.make()
        let contest = try PeerContest(
            self, ["\(file.rows)", settings.work], peer: ("Polars", "read_csv.py", [file.path]), settings)
        return [
            contest.figure("read CSV", goal: 2.0),
            Figure(
                name: "read CSV, wall × 2 cores", value: contest.wall * 2e9 / Double(file.rows), unit: "ns a row",
                goal: 220),
        ]
    }

    func side(_ arguments: [String]) throws {
        guard arguments.count == 2, let rows = Int(arguments[0]) else {
            throw ChildProcess.Failure(description: "csv ROWS FOLDER")
        }
        let file = TableFile(rows: rows, in: arguments[1])
        try Side.require("rows", Side.measure { try Self.read(file) }, equals: Int64(rows))
        // Each field is checked in a run of its own, which does not count.
        let sums = try Self.sums(file.path)
        try Side.require("sums", sums, equals: file.sums())
        sums.report()
    }

    /// How many rows there are.
    private static func read(_ file: TableFile) throws -> Int64 {
        let job = Job("read CSV")
        // Looking at the last field keeps the structs from being made in vain.
        let count = job.csv([file.path], of: TableFile.Line.self).fold(
            Int64(0), update: { $0 &+= $1.note.utf8.isEmpty ? 0 : 1 }, merge: { $0 &+= $1 }
        ).collect()
        try job.run(JobConfiguration(parallelism: 2))
        return count.elements[0]
    }

    static func sums(_ path: String) throws -> TableFile.Sums {
        let job = Job("sums of CSV")
        let sums = job.csv([path], of: TableFile.Line.self).fold(
            TableFile.Sums(), update: { $0.add($1) }, merge: { $0.add($1) }
        ).collect()
        try job.run(JobConfiguration(parallelism: 2))
        return sums.elements[0]
    }
}
