import Foundation
import Testing

extension CommandLineTests {
    struct GraphTests {
        private static let example = ["example.e", "--vertices", "example.v"].map { word in
            word.hasPrefix("-") ? word : RepositoryFile.path("Datasets/\(word)")
        }

        @Test(
            "LDBC's form of the bundled example's results",
            arguments: [
                ("bfs", ["--source", "1"]), ("sssp", ["--source", "1"]), ("connected-components", []),
                ("pagerank", ["--iterations", "20"]),
            ])
        func example(algorithm: String, options: [String]) throws {
            let folder = try WorkFolder()
            let expected = try RepositoryFile.text("Datasets/example-expected/\(algorithm).txt").split(separator: "\n")
            for parallelism in ["1", "2", "3", "7"] {
                let outcome = try GyreProcess.run(
                    ["graph", algorithm] + Self.example + options
                        + ["-o", "result.txt", "--parallelism", parallelism], in: folder.path)
                #expect(outcome.code == 0)
                #expect(outcome.errors == "")
                let lines = try folder.read("result.txt").split(separator: "\n")
                try #require(lines.count == expected.count)
                for (line, wanted) in zip(lines, expected) {
                    #expect(line == wanted || Self.isClose(line, wanted), "\(line), expected \(wanted)")
                }
            }
        }

        /// The same vertex, and numbers that differ in their last digits.
        private static func isClose(_ line: Substring, _ wanted: Substring) -> Bool {
            let (found, expected) = (line.split(separator: " "), wanted.split(separator: " "))
            guard found.count == 2, expected.count == 2, found[0] == expected[0], let value = Double(found[1]),
                let aim = Double(expected[1])
            else { return false }
            return abs(value - aim) <= 1e-13 * abs(aim)
        }

        @Test("Vertices that are texts, in the order of their bytes; those not reached have an empty cell")
        func texts() throws {
            let folder = try WorkFolder()
            let edges = "b a 2.5\na c\nc a\nz b\n\"d\" é\n"
            let table = try folder.run("graph", "sssp", "-", "--source", "b", input: edges)
            #expect(table.errors == "")
            #expect(table.output == "vertex,distance\n\"\"\"d\"\"\",\na,2.5\nb,0.0\nc,3.5\nz,\né,\n")
            let lines = try folder.run(
                "graph", "bfs", "-", "--source", "z", "--undirected", "-o", "/dev/stdout", input: edges)
            #expect(lines.output.hasSuffix("\na,2\nb,1\nc,3\nz,0\né,\n"))
            let labels = try folder.run("graph", "connected-components", "-", "-o", "labels.jsonl", input: "x y\nw v\n")
            #expect(labels.code == 0)
            #expect(
                try folder.read("labels.jsonl") == """
                    {"vertex":"v","component":"v"}
                    {"vertex":"w","component":"v"}
                    {"vertex":"x","component":"x"}
                    {"vertex":"y","component":"x"}

                    """)
        }

        @Test(
            "No edges and no vertices: the header alone",
            arguments: ["pagerank", "connected-components", "bfs", "sssp"])
        func empty(algorithm: String) throws {
            let folder = try WorkFolder()
            let source = ["bfs", "sssp"].contains(algorithm) ? ["--source", "1"] : []
            let outcome = try GyreProcess.run(
                ["graph", algorithm, "-"] + source, in: folder.path, input: "# nothing\n")
            #expect(outcome.code == 0)
            #expect(outcome.errors == "")
            #expect(outcome.output.hasPrefix("vertex,"))
            #expect(outcome.output.count { $0 == "\n" } == 1)
        }

        @Test("The same bytes at any parallelism", arguments: ["pagerank", "connected-components", "bfs", "sssp"])
        func parallelism(algorithm: String) throws {
            let folder = try WorkFolder()
            _ = try folder.run("generate", "rmat", "--scale", "12", "--weights", "--seed", "5", "-o", "edges.txt")
            let vertex = try #require(try folder.read("edges.txt").split(separator: " ").first.map(String.init))
            let source = ["bfs", "sssp"].contains(algorithm) ? ["--source", vertex] : []
            func compute(_ parallelism: Int) throws -> String {
                let outcome = try GyreProcess.run(
                    ["graph", algorithm, "edges.txt", "--parallelism", "\(parallelism)"] + source, in: folder.path)
                #expect(outcome.code == 0)
                return outcome.output
            }
            let expected = try compute(1)
            #expect(expected.utf8.count > 10_000)
            for workers in [2, 3, 7] { #expect(try compute(workers) == expected) }
        }

        @Test("The report of a run has its rounds, counts and phases")
        func report() throws {
            let folder = try WorkFolder()
            let outcome = try folder.run(
                "graph", "pagerank", RepositoryFile.path("Datasets/python-imports.csv"), "--tolerance", "1e-9", "-o",
                "ranks.csv", "--report", "report.json")
            #expect(outcome.code == 0)
            let report = try folder.report()
            #expect(report["converged"] as? Bool == true)
            #expect(report["counts"] as? [String: Int] == ["vertices": 813, "edges": 3694, "rejected": 0])
            let phases = try #require(report["phases"] as? [String: Double])
            #expect(phases.keys.sorted() == ["compute", "load", "write"])
            let rounds = try #require(report["rounds"] as? [[String: Any]])
            #expect(rounds.compactMap { $0["number"] as? Int } == Array(1...rounds.count))
            let changes = rounds.compactMap { ($0["aggregators"] as? [String: Double])?["change"] }
            #expect(changes.count == rounds.count)
            #expect(changes.dropLast().allSatisfy { $0 > 1e-9 })
            #expect(changes.last ?? 1 <= 1e-9)
        }

        @Test("Limits of rounds are kept, and are no error")
        func rounds() throws {
            let folder = try WorkFolder()
            let outcome = try folder.run(
                "graph", "bfs", "-", "--source", "1", "--iterations", "2", "--report", "report.json",
                input: "1 2\n2 3\n3 4\n4 5\n")
            #expect(outcome.code == 0)
            #expect(outcome.output == "vertex,distance\n1,0\n2,1\n3,2\n4,\n5,\n")
            #expect(try folder.report()["converged"] as? Bool == false)
        }
    }
}
