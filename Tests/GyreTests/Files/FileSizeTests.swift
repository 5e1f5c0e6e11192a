import Foundation
import Gyre
import Testing

/// What is known of files' sizes when a job is written decides how joins are carried out.
struct FileSizeTests {
    private struct Row: PlainRecord, Equatable {
        var key: Int
        var name: String
    }

    @Test
    func aSmallFileIsBroadcast() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "gyre-sizes-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func write(_ rows: Int, _ name: String) throws -> String {
            let lines = (0..<rows).map { "\($0 % 10),name \($0)\n" }.joined()
            let file = folder.appending(path: name)
            try Data("key,name\n\(lines)".utf8).write(to: file)
            return file.path()
        }
        let (small, large) = (try write(10, "small.csv"), try write(2_000, "large.csv"))
        func joined(_ left: String, _ right: String) throws -> (text: String, rows: Int) {
            let job = Job()
            let pairs = job.csv([left], of: Row.self).filter { _ in true }.keyBy(\.key)
                .join(job.csv([right], of: Row.self).keyBy(\.key)) { $0.name + $1.name }.collect()
            let text = job.explain()
            try job.run(JobConfiguration(parallelism: 2))
            return (text, pairs.count)
        }
        let right = try joined(large, small)
        #expect(right.text.contains("strategy=broadcast right") && right.rows == 2_000)
        let left = try joined(small, large)
        #expect(left.text.contains("strategy=broadcast left") && left.rows == 2_000)
        #expect(try joined(large, large).text.contains("strategy=automatic"))
        // A file that is not there yet, or has no size, leaves the choice to the run.
        let job = Job()
        _ = job.csv([small], of: Row.self).keyBy(\.key).join(job.csv(["-"], of: Row.self).keyBy(\.key)) {
            $0.name + $1.name
        }
        #expect(job.explain().contains("strategy=automatic"))
    }
}
