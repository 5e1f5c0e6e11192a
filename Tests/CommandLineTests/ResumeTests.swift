import Foundation
import Testing

/// Numbers from a seed (SplitMix64).
private struct Seeded {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}

extension CommandLineTests {
    /// Commands that are killed, and go on.
    struct ResumeTests {
        private static let commands = [
            ["pagerank", "--iterations", "150"], ["bfs", "--source", "0", "--undirected"],
            ["sssp", "--source", "0", "--undirected"], ["pagerank", "--iterations", "150", "--precision", "single"],
            ["pagerank", "--tolerance", "1e-12", "--damping", "0.9"],
        ]

        private let folder: WorkFolder

        init() throws {
            folder = try WorkFolder()
            // Searches from a corner take as many rounds as the grid has diagonals.
            let made = try folder.run(
                "generate", "grid", "--rows", "60", "--columns", "75", "-o", "edges.txt")
            #expect(made.code == 0)
        }

        private func arguments(_ command: [String], output: String, _ more: [String]) -> [String] {
            ["graph", command[0], "edges.txt"] + command.dropFirst() + ["-o", output, "--parallelism", "2"] + more
        }

        /// The number of the newest checkpoint in a folder.
        private func newest(_ name: String) -> Int {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/" + name)) ?? []
            return names.compactMap { name in
                name.hasPrefix("checkpoint-") && name.hasSuffix(".json") ? Int(name.dropFirst(11).dropLast(5)) : nil
            }.max() ?? 0
        }

        @Test("Killed at 20 seeded rounds, also while it writes a checkpoint: the same bytes in the end")
        func killed() throws {
            var expected: [[String]: String] = [:]
            var (killedInRounds, killedInWriting) = (0, 0)
            // A child that is done before it can be killed counts for nothing, and the next seed has its turn.
            for seed in 1...60 where killedInRounds < 20 {
                var seeded = Seeded(state: UInt64(seed))
                let command = Self.commands[seed % Self.commands.count]
                if expected[command] == nil {
                    let plain = try GyreProcess.run(arguments(command, output: "plain.csv", []), in: folder.path)
                    #expect(plain.code == 0)
                    expected[command] = try folder.read("plain.csv")
                }
                let every = 1 + seeded.below(3)
                let checkpoint = ["--checkpoint", "ck\(seed)", "--checkpoint-every", "\(every)"]
                let note = "seed \(seed): \(command.joined(separator: " ")), a checkpoint every \(every)"
                let child = try GyreProcess(
                    arguments(command, output: "out.csv", checkpoint), in: folder.path)
                let target = 1 + seeded.below(12)
                while newest("ck\(seed)") < target, child.isRunning { sched_yield() }
                var torn: (name: String, bytes: [UInt8])?
                if seed % 2 == 0 {
                    torn = try tear("ck\(seed)", child, number: target + 15 + seeded.below(5), seeded.below(4_000))
                }
                child.signal(SIGKILL)
                let outcome = child.wait()
                if outcome.code == -SIGKILL { killedInRounds += 1 }
                if let torn {
                    if outcome.code == -SIGKILL { killedInWriting += 1 }
                    // In place of the pipe, the file as far as it came.
                    let path = "ck\(seed)/" + torn.name
                    try FileManager.default.removeItem(atPath: folder.path + "/" + path)
                    try folder.write(bytes: torn.bytes, to: path)
                }
                let resumed = try GyreProcess.run(
                    arguments(command, output: "out.csv", checkpoint + ["--resume", "--report", "report.json"]),
                    in: folder.path)
                #expect(resumed.code == 0, "\(note): \(resumed.errors)")
                #expect(resumed.errors == "", "\(note)")
                #expect(try folder.read("out.csv") == expected[command], "\(note)")
                let report = try folder.report()
                let from = try #require(report["resumedFromRound"] as? Int, "\(note)")
                #expect(from >= 1, "\(note)")
                let rounds = try #require(report["rounds"] as? [[String: Any]])
                if let first = rounds.first?["number"] as? Int { #expect(first == from + 1, "\(note)") }
            }
            print("\(killedInRounds) were killed before their end, \(killedInWriting) of them while writing")
            #expect(killedInRounds == 20)
            #expect(killedInWriting >= 5)
        }

        /// Puts a pipe in the place of a file of state that the child has yet to write, so that it stands still in the
        /// middle of writing it; what it wrote until then. Nil where the child ended before.
        private func tear(
            _ checkpoints: String, _ child: GyreProcess, number: Int, _ count: Int
        ) throws -> (name: String, bytes: [UInt8])? {
            let digits = String(number)
            let name = "state-" + String(repeating: "0", count: 8 - digits.count) + digits + "-0-0-1.bin"
            let path = folder.path + "/\(checkpoints)/" + name
            guard mkfifo(path, 0o600) == 0 else { return nil }
            let pipe = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
            defer { close(pipe) }
            // Less than the file has, so that the child cannot be done with it.
            // 1031 is F_SETPIPE_SZ, which the module map lacks.
            _ = fcntl(pipe, 1031, 4096)
            var bytes = [UInt8](repeating: 0, count: count + 1)
            var filled = 0
            while filled < bytes.count {
                let got = bytes.withUnsafeMutableBytes { raw in
                    read(pipe, raw.baseAddress?.advanced(by: filled), raw.count - filled)
                }
                if got > 0 { filled += got }
                if got <= 0, !child.isRunning { break }
            }
            guard filled == bytes.count else {
                unlink(path)
                return nil
            }
            return (name, bytes)
        }

        @Test("A torn newest checkpoint is told, and the one before it used")
        func torn() throws {
            let command = ["pagerank", "--iterations", "20"]
            #expect(try GyreProcess.run(arguments(command, output: "plain.csv", []), in: folder.path).code == 0)
            let checkpoint = ["--checkpoint", "ck", "--checkpoint-every", "4"]
            #expect(try GyreProcess.run(arguments(command, output: "a.csv", checkpoint), in: folder.path).code == 0)
            let file = "ck/state-00000005-0-0-0.bin"
            let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + file)))
            try folder.write(bytes: Array(whole.dropLast(3)), to: file)
            let resume = arguments(command, output: "b.csv", checkpoint + ["--resume", "--report", "report.json"])
            let outcome = try GyreProcess.run(resume, in: folder.path)
            #expect(outcome.code == 0)
            #expect(
                outcome.errors
                    == "gyre: \(file): has \(whole.count - 3) bytes, expected \(whole.count); an older checkpoint is used\n"
            )
            #expect(try folder.report()["resumedFromRound"] as? Int == 16)
            #expect(try folder.read("b.csv") == folder.read("plain.csv"))
        }

        @Test("Folders that a command cannot use are refused with one line")
        func refused() throws {
            let pagerank = ["pagerank", "--iterations", "6"]
            let checkpoint = ["--checkpoint", "ck", "--checkpoint-every", "2"]
            #expect(
                try GyreProcess.run(arguments(pagerank, output: "a.csv", checkpoint), in: folder.path).code == 0)
            func refuse(_ command: [String], _ code: Int32, _ message: String, _ more: [String] = ["--resume"]) throws {
                let outcome = try GyreProcess.run(
                    arguments(command, output: "b.csv", checkpoint + more), in: folder.path)
                #expect(outcome.code == code)
                #expect(outcome.errors == "gyre: \(message)\n")
                #expect(!folder.names.contains("b.csv"))
            }
            let other = "ck: holds a checkpoint of another job:"
            try refuse(
                ["bfs", "--source", "0"], 65, "\(other) the command was graph pagerank, is graph bfs")
            try refuse(
                ["bfs", "--source", "0"], 65, "\(other) the command was graph pagerank, is graph bfs", [])
            try refuse(pagerank + ["--damping", "0.5"], 65, "\(other) --damping was 0.85, is 0.5")
            try refuse(
                ["pagerank", "--iterations", "5"], 64, "ck: \"pagerank\" has done 6 rounds already, the limit is 5")
            // Another input: an edge more.
            let edges = try folder.read("edges.txt")
            try folder.write(edges.replacingOccurrences(of: "\n5 ", with: "\n7 "), to: "edges.txt")
            let changed = try GyreProcess.run(
                arguments(pagerank, output: "b.csv", checkpoint + ["--resume"]), in: folder.path)
            #expect(changed.code == 65)
            #expect(changed.errors.hasPrefix("gyre: \(other) the graph's fingerprint was "))
            try folder.write(edges, to: "edges.txt")
            try folder.write("{}", to: "ck/checkpoint-00000009.json")
            try folder.write("x", to: "ck/notes.txt")
            try refuse(pagerank, 65, "ck/notes.txt: is no file of a checkpoint; use a folder of its own")
        }

        @Test("A run that has not ended is not thrown away, one that has may be")
        func anew() throws {
            let command = ["pagerank", "--iterations", "100000"]
            let checkpoint = ["--checkpoint", "ck", "--checkpoint-every", "1"]
            let child = try GyreProcess(arguments(command, output: "a.csv", checkpoint), in: folder.path)
            while newest("ck") < 3, child.isRunning { sched_yield() }
            // The folder is held.
            let second = try GyreProcess.run(arguments(command, output: "b.csv", checkpoint), in: folder.path)
            #expect(second.code == 73)
            #expect(
                second.errors == "gyre: ck: another run (process \(child.identifier)) is using this folder\n")
            child.signal(SIGKILL)
            #expect(child.wait().code == -SIGKILL)
            let anew = try GyreProcess.run(arguments(command, output: "b.csv", checkpoint), in: folder.path)
            #expect(anew.code == 64)
            #expect(anew.errors.hasPrefix("gyre: ck: holds round "))
            #expect(anew.errors.hasSuffix(" of a run that has not ended; add --resume, or use another folder\n"))
            let short = ["pagerank", "--iterations", "5"]
            for _ in 0..<2 {
                let outcome = try GyreProcess.run(
                    arguments(short, output: "c.csv", ["--checkpoint", "other", "--report", "report.json"]),
                    in: folder.path)
                #expect(outcome.code == 0)
                #expect((try folder.report()["rounds"] as? [Any])?.count == 5)
            }
        }

        @Test("A folder that cannot be made is told before anything is read")
        func noFolder() throws {
            for (path, code, message) in [
                ("no/such", 73, "no/such: cannot be created: No such file or directory"),
                ("edges.txt", 73, "edges.txt: cannot be created: Not a directory"),
            ] as [(String, Int32, String)] {
                let outcome = try folder.run("graph", "pagerank", "-", "--checkpoint", path, input: "not read")
                #expect(outcome.code == code)
                #expect(outcome.errors == "gyre: \(message)\n")
            }
            // Made for a command that fails: gone again.
            let outcome = try folder.run("graph", "pagerank", "-", "--checkpoint", "new", input: "bad\n")
            #expect(outcome.code == 65)
            #expect(!folder.names.contains("new"))
        }
    }
}
