import Foundation
import Gyre

/// A compressed CSV file far larger than the memory that reading it may take.
struct GzipRow: PeerRow {
    let name = "gzip"
    let summary = "a .csv.gz of 2 GB read in little memory"

    func run(_ settings: Settings) throws -> [Figure] {
        let file = TableFile(rows: settings.isSmoke ? 20_000 : 19_000_000, in: settings.work)
        let packed = file.path + ".gz"
        if !FileManager.default.fileExists(atPath: packed) {
            try file.make()
            print("   packing \(file.path)")
            _ = try ChildProcess.run("gzip", ["-1", file.path], output: "\(settings.work)/gzip-output.txt")
        }
        let runs = try OthersMeter.undisturbed(settings.runs) {
            let run = try PeerContest.Run(
                ChildProcess.run(
                    "/proc/self/exe", ["--side", name, "\(file.rows)", settings.work],
                    output: "\(settings.work)/gyre-output.txt"))
            return (run, run.usage.others)
        }
        print("   wall \(runs.map(\.wall).spread) s")
        return [
            Figure(
                name: "peak memory", value: (runs.map(\.peakBytes).max() ?? .nan) / 1e6, unit: "MB", goal: 100)
        ]
    }

    func side(_ arguments: [String]) throws {
        guard arguments.count == 2, let rows = Int(arguments[0]) else {
            throw ChildProcess.Failure(description: "gzip ROWS FOLDER")
        }
        let file = TableFile(rows: rows, in: arguments[1])
        let sums = try Side.measure(runs: 1) { try CSVRow.sums(file.path + ".gz") }
        try Side.require("sums", sums, equals: file.sums())
        sums.report()
    }
}
