import Foundation
import Testing

extension CommandLineTests {
    struct InterruptionTests {
        /// More than a pipe holds, so that the child waits for its reader.
        private let generate = ["generate", "rmat", "--scale", "20", "--vertices-output", "v.txt"]

        @Test(
            "A signal ends a command that waits for its reader",
            arguments: [(Int32(SIGINT), 130), (Int32(SIGTERM), 143)])
        func signal(number: Int32, code: Int) throws {
            let folder = try WorkFolder()
            let process = try GyreProcess(generate + ["--report", "report.json"], in: folder.path)
            #expect(try process.output.fileHandleForReading.read(upToCount: 7) == Data("source,".utf8))
            #expect(folder.names.count == 2)
            process.signal(number)
            let outcome = process.wait()
            #expect(outcome.code == Int32(code))
            #expect(outcome.errors == "")
            #expect(folder.names == ["report.json"])
            let error = try #require(try folder.report()["error"] as? [String: Any])
            #expect(error["code"] as? Int == code)
        }

        @Test("A reader that has gone ends a command silently")
        func closedPipe() throws {
            let folder = try WorkFolder()
            let process = try GyreProcess(generate, in: folder.path)
            #expect(try process.output.fileHandleForReading.read(upToCount: 7) == Data("source,".utf8))
            try process.output.fileHandleForReading.close()
            let outcome = process.wait()
            #expect(outcome.code == 141)
            #expect(outcome.errors == "")
            #expect(folder.names == [])
        }

        @Test(
            "A signal ends a command that waits for its input",
            arguments: [(Int32(SIGINT), 130), (Int32(SIGTERM), 143)])
        func reading(number: Int32, code: Int) throws {
            let folder = try WorkFolder()
            let process = try folder.start("graph", "pagerank", "-", "-o", "ranks.csv", "--report", "report.json")
            // More than a pipe holds: when all is written, the child has begun to read.
            let edges = String(repeating: "1 2\n", count: 100_000)
            try process.input.fileHandleForWriting.write(contentsOf: Data(edges.utf8))
            process.signal(number)
            let outcome = process.wait()
            #expect(outcome.code == Int32(code))
            #expect(outcome.errors == "")
            #expect(folder.names == ["report.json"])
            try process.input.fileHandleForWriting.close()
        }

        /// How a folder of checkpoints is when the signal comes.
        enum Folder: CaseIterable, Sendable {
            /// The command has made it.
            case made
            /// It was there, with a file of somebody else's.
            case found
        }

        @Test(
            "A signal before the first checkpoint leaves nothing of its folder",
            arguments: [(Int32(SIGINT), 130), (Int32(SIGTERM), 143)], Folder.allCases)
        func checkpoint(signal: (number: Int32, code: Int), place: Folder) throws {
            let folder = try WorkFolder()
            if place == .found {
                try FileManager.default.createDirectory(
                    atPath: folder.path + "/ck", withIntermediateDirectories: false)
                try folder.write("x", to: "ck/.note")
            }
            let process = try folder.start("graph", "pagerank", "-", "--checkpoint", "ck", "-o", "ranks.csv")
            let edges = String(repeating: "1 2\n", count: 100_000)
            try process.input.fileHandleForWriting.write(contentsOf: Data(edges.utf8))
            // The folder is held before the input is read.
            #expect(FileManager.default.fileExists(atPath: folder.path + "/ck/lock"))
            process.signal(signal.number)
            let outcome = process.wait()
            #expect(outcome.code == Int32(signal.code))
            #expect(outcome.errors == "")
            #expect(folder.names == (place == .made ? [] : ["ck"]))
            let left = try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/ck")
            #expect(left == (place == .made ? nil : [".note"]))
            try process.input.fileHandleForWriting.close()
        }
    }
}
