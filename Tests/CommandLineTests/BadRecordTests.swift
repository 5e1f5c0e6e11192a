import Foundation
import Testing

extension CommandLineTests {
    struct BadRecordTests {
        private let edges = "1 2\n3\n2 1 x\n# 4 5\n3 4 5 6\n4 1\n"

        @Test("The first one in file order ends the command", arguments: ["1", "2", "7"])
        func fail(parallelism: String) throws {
            let folder = try WorkFolder()
            try folder.write("1 2\n", to: "a.txt")
            try folder.write(edges, to: "b.txt")
            let outcome = try folder.run(
                "graph", "pagerank", "a.txt", "b.txt", "-o", "ranks.csv", "--report", "report.json", "--parallelism",
                parallelism)
            #expect(outcome.code == 65)
            #expect(outcome.errors == "gyre: b.txt:2: expected a target, found the end of the line\n")
            #expect(folder.names == ["a.txt", "b.txt", "report.json"])
            let error = try #require(try folder.report()["error"] as? [String: Any])
            #expect(error["code"] as? Int == 65)
            #expect(error["file"] as? String == "b.txt")
            #expect(error["line"] as? Int == 2)
        }

        @Test("Skipped and counted")
        func skip() throws {
            let folder = try WorkFolder()
            let outcome = try folder.run(
                "graph", "connected-components", "-", "--on-error", "skip", "--report", "report.json", input: edges)
            #expect(outcome.code == 0)
            #expect(outcome.output == "vertex,component\n1,1\n2,1\n4,1\n")
            #expect((try folder.report()["counts"] as? [String: Int])?["rejected"] == 3)
        }

        @Test("Set aside with file, line and reason", arguments: ["1", "2", "7"])
        func setAside(parallelism: String) throws {
            let folder = try WorkFolder()
            try folder.write(edges, to: "b.txt")
            let outcome = try folder.run(
                "graph", "connected-components", "b.txt", "--on-error", "bad.csv", "--parallelism", parallelism)
            #expect(outcome.code == 0)
            #expect(outcome.output == "vertex,component\n1,1\n2,1\n4,1\n")
            #expect(
                try folder.read("bad.csv") == #"""
                    file,line,reason
                    b.txt,2,"expected a target, found the end of the line"
                    b.txt,3,"expected a weight, found ""x"""
                    b.txt,5,"expected at most 3 fields, found ""6"""

                    """#)
        }

        @Test("A weight that only one algorithm refuses")
        func negative() throws {
            let folder = try WorkFolder()
            let paths = try folder.run("graph", "sssp", "-", "--source", "1", input: "1 2 -1\n")
            #expect(paths.code == 65)
            #expect(paths.errors == "gyre: -:1: expected a weight of at least 0, found \"-1\"\n")
            #expect(try folder.run("graph", "bfs", "-", "--source", "1", input: "1 2 -1\n").code == 0)
        }

        @Test("An archive that ends early")
        func torn() throws {
            let folder = try WorkFolder()
            let outcome = try folder.run(
                "graph", "pagerank", "edges.txt.gz", shell: "printf '1 2\\n' | gzip | head -c 15 > edges.txt.gz")
            #expect(outcome.code == 65)
            #expect(outcome.errors == "gyre: edges.txt.gz: the archive ends early\n")
        }
    }
}
