import Foundation
import Testing

extension CommandLineTests {
    struct OutputTests {
        private let grid = ["generate", "grid", "--rows", "200", "--columns", "200"]

        @Test("A disk that is full", arguments: ["/dev/full", "-"])
        func deviceFull(output: String) throws {
            let folder = try WorkFolder()
            let outcome = try GyreProcess.run(
                grid + ["-o", output, "--report", "report.json"], in: folder.path,
                shell: output == "-" ? "exec >/dev/full" : nil)
            #expect(outcome.code == 74)
            #expect(outcome.errors == "gyre: \(output): writing failed: No space left on device\n")
            let error = try #require(try folder.report()["error"] as? [String: Any])
            #expect(error["code"] as? Int == 74)
            #expect(error["file"] as? String == output)
        }

        @Test("A file that may not grow leaves the old one, and nothing beside it")
        func limit() throws {
            let folder = try WorkFolder()
            try folder.write("old\n", to: "grid.txt")
            let outcome = try GyreProcess.run(
                grid + ["-o", "grid.txt"], in: folder.path, shell: "ulimit -f 100")
            #expect(outcome.code == 74)
            #expect(outcome.errors == "gyre: grid.txt: writing failed: File too large\n")
            #expect(folder.names == ["grid.txt"])
            #expect(try folder.read("grid.txt") == "old\n")
        }

        @Test("A failure is in the report, which keeps its schema")
        func report() throws {
            let folder = try WorkFolder()
            let outcome = try folder.run(
                "generate", "grid", "--rows", "2", "--columns", "2", "-o", "none/a.csv", "--report", "report.json")
            #expect(outcome.code == 73)
            let report = try folder.report()
            let error = try #require(report["error"] as? [String: Any])
            #expect(error["code"] as? Int == 73)
            #expect(error["file"] as? String == "none/a.csv")
            #expect(error["message"] as? String == "none/a.csv: cannot be created: No such file or directory")
            #expect(report["counts"] == nil)
            #expect(folder.names == ["report.json"])
        }

        @Test("A symbolic link is followed")
        func link() throws {
            let folder = try WorkFolder()
            try folder.write("old\n", to: "real.csv")
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/link.csv", withDestinationPath: "real.csv")
            let outcome = try folder.run("generate", "grid", "--rows", "1", "--columns", "2", "-o", "link.csv")
            #expect(outcome.code == 0)
            #expect(try folder.read("real.csv") == "source,target\n0,1\n")
            #expect(folder.names == ["link.csv", "real.csv"])
        }
    }
}
