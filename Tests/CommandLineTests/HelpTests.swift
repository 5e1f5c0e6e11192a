import Foundation
import Testing

extension CommandLineTests {
    /// Help as golden text. GYRE_UPDATE_GOLDEN=1 writes the files anew.
    struct HelpTests {
        @Test(
            "Help says what is in its golden file",
            arguments: [
                "", "graph", "graph pagerank", "graph connected-components", "graph bfs", "graph sssp", "learn",
                "learn fit", "learn fit kmeans", "learn fit linear-regression", "learn fit logistic-regression",
                "learn predict", "learn evaluate", "generate",
                "generate rmat", "generate grid", "generate blobs", "generate classification", "generate regression",
            ])
        func help(command: String) throws {
            let words = command.split(separator: " ").map(String.init)
            let outcome = try GyreProcess.run(words + ["--help"], in: NSTemporaryDirectory())
            let file = "Tests/CommandLineTests/Golden/\((["gyre"] + words).joined(separator: "-")).txt"
            if ProcessInfo.processInfo.environment["GYRE_UPDATE_GOLDEN"] != nil {
                try Data(outcome.output.utf8).write(to: URL(fileURLWithPath: RepositoryFile.path(file)))
            }
            #expect(outcome.output == (try RepositoryFile.text(file)))
            #expect(outcome.code == 0)
            #expect(outcome.errors == "")
        }

        @Test("The version is one line on standard output", arguments: [["--version"], ["graph", "bfs", "--version"]])
        func version(arguments: [String]) throws {
            let outcome = try GyreProcess.run(arguments, in: NSTemporaryDirectory())
            #expect(outcome.output.hasPrefix("gyre ") && outcome.output.hasSuffix("\n"))
            #expect(outcome.output.count { $0 == "\n" } == 1)
            #expect(outcome.code == 0)
            #expect(outcome.errors == "")
        }

        @Test("Help into a closed pipe and onto a full disk")
        func unwritable() throws {
            let folder = try WorkFolder()
            let full = try folder.run("--help", shell: "exec >/dev/full")
            #expect(full.code == 74)
            #expect(full.errors == "gyre: -: writing failed: No space left on device\n")
        }
    }
}
