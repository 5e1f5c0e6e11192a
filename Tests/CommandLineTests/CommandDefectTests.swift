import Foundation
import Testing

/// A command with what it needs to run, and a value of an option that is out of its range.
struct CommandCase: Sendable, CustomTestStringConvertible {
    var words: String
    /// Runs the command; an edge comes from `in.txt`.
    var arguments: String
    var outOfRange: String
    var outOfRangeMessage: String

    var group: String { words.split(separator: " ").first.map(String.init) ?? "" }
    var readsEdges: Bool { group == "graph" }
    var testDescription: String { words }

    static let all = [
        CommandCase(
            words: "graph pagerank", arguments: "in.txt", outOfRange: "--damping 2",
            outOfRangeMessage: "the value '2' is invalid for '--damping <d>': expected a number from 0.0 to 1.0"),
        CommandCase(
            words: "graph connected-components", arguments: "in.txt", outOfRange: "--iterations 0",
            outOfRangeMessage: rounds),
        CommandCase(
            words: "graph bfs", arguments: "in.txt --source 1", outOfRange: "--iterations 0", outOfRangeMessage: rounds),
        CommandCase(
            words: "graph sssp", arguments: "in.txt --source 1", outOfRange: "--iterations 0",
            outOfRangeMessage: rounds),
        CommandCase(
            words: "generate rmat", arguments: "--scale 4", outOfRange: "--edge-factor 0",
            outOfRangeMessage:
                "the value '0' is invalid for '--edge-factor <f>': expected a whole number from 1 to 65536"),
        CommandCase(
            words: "generate grid", arguments: "--rows 3 --columns 3", outOfRange: "--parallelism 0",
            outOfRangeMessage:
                "the value '0' is invalid for '--parallelism <n>': expected a whole number from 1 to 4096"),
        CommandCase(
            words: "generate blobs", arguments: table, outOfRange: "--centers 0",
            outOfRangeMessage: "the value '0' is invalid for '--centers <k>': expected a whole number from 1 to 10000"),
        CommandCase(
            words: "generate classification", arguments: table, outOfRange: "--seed x",
            outOfRangeMessage:
                "the value 'x' is invalid for '--seed <n>': expected a whole number from 0 to 9223372036854775807"),
        CommandCase(
            words: "generate regression", arguments: table, outOfRange: "--noise nan",
            outOfRangeMessage: "the value 'nan' is invalid for '--noise <s>': expected a number of at least 0.0"),
    ]

    private static let table = "--rows 3 --columns 3"

    private static let rounds =
        "the value '0' is invalid for '--iterations <n>': expected a whole number of at least 1"
}

extension CommandLineTests {
    /// Commands × what goes wrong around them; what is particular to one option stands in `UsageTests`.
    struct CommandDefectTests {
        private func run(
            _ command: CommandCase, _ more: String = "", in folder: WorkFolder, shell: String? = nil
        ) throws -> GyreProcess.Outcome {
            try folder.write("1 2\n", to: "in.txt")
            let text = "\(command.words) \(command.arguments) \(more)"
            return try GyreProcess.run(text.split(separator: " ").map(String.init), in: folder.path, shell: shell)
        }

        private func refuses(
            _ command: CommandCase, _ more: String, code: Int32, _ message: String, shell: String? = nil
        ) throws {
            let folder = try WorkFolder()
            let outcome = try run(command, more, in: folder, shell: shell)
            #expect(outcome.code == code)
            #expect(outcome.errors == "gyre: \(message)\n")
            #expect(outcome.output == "")
            #expect(folder.names == ["in.txt"])
        }

        @Test("A wrong option", arguments: CommandCase.all)
        func wrongOption(_ command: CommandCase) throws {
            try refuses(command, "--unheard-of", code: 64, "unknown option '--unheard-of'")
        }

        @Test("A value out of range", arguments: CommandCase.all)
        func outOfRange(_ command: CommandCase) throws {
            try refuses(command, command.outOfRange, code: 64, command.outOfRangeMessage)
        }

        @Test(
            "A source that is not in the graph", arguments: CommandCase.all.filter { $0.arguments.contains("--source") }
        )
        func source(_ command: CommandCase) throws {
            try refuses(command, "--source 9", code: 65, "--source: vertex \"9\" is not in the graph")
        }

        @Test("A folder for the output that is not there", arguments: CommandCase.all)
        func folderMissing(_ command: CommandCase) throws {
            try refuses(
                command, "-o none/a.csv", code: 73, "none/a.csv: cannot be created: No such file or directory")
        }

        @Test("A disk that is full", arguments: CommandCase.all)
        func fullDisk(_ command: CommandCase) throws {
            try refuses(
                command, "-o /dev/full", code: 74, "/dev/full: writing failed: No space left on device")
            try refuses(
                command, "-o a.csv", code: 74, "a.csv: writing failed: File too large", shell: "ulimit -f 0")
        }

        @Test("An interruption leaves nothing but the report", arguments: CommandCase.all)
        func interruption(_ command: CommandCase) throws {
            let folder = try WorkFolder()
            // A command that reads is stopped while it waits for its input, one that generates while its reader takes
            // nothing.
            let endless = ["generate rmat": "--scale 20", "generate grid": "--rows 2000 --columns 2000"]
            let arguments =
                endless[command.words]
                ?? command.arguments.replacing("in.txt", with: "-").replacing("--rows 3", with: "--rows 9999999")
            let process = try GyreProcess(
                "\(command.words) \(arguments) --report report.json".split(separator: " ").map(String.init),
                in: folder.path)
            if command.readsEdges {
                let edges = String(repeating: "1 2\n", count: 100_000)
                try process.input.fileHandleForWriting.write(contentsOf: Data(edges.utf8))
            } else {
                let head = try process.output.fileHandleForReading.read(upToCount: 7) ?? Data()
                #expect(["source,", "x0,x1,x"].contains(String(decoding: head, as: UTF8.self)))
            }
            process.signal(SIGINT)
            let outcome = process.wait()
            #expect(outcome.code == 130)
            #expect(outcome.errors == "")
            #expect(folder.names == ["report.json"])
            #expect((try folder.report()["error"] as? [String: Any])?["code"] as? Int == 130)
            try process.input.fileHandleForWriting.close()
        }

        @Test("Every command that help names has its rows", arguments: ["graph", "generate"])
        func complete(group: String) throws {
            let help = try GyreProcess.run([group, "--help"], in: NSTemporaryDirectory()).output
            let listed = help.split(separator: "\n").drop { $0 != "SUBCOMMANDS:" }.dropFirst()
                .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
                .compactMap { $0.split(separator: " ").first.map { "\(group) \($0)" } }
            #expect(!listed.isEmpty)
            #expect(
                Set(listed.filter { $0 != "\(group) See" })
                    == Set(CommandCase.all.filter { $0.group == group }.map(\.words)))
        }
    }
}
