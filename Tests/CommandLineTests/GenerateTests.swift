import Testing

extension CommandLineTests {
    struct GenerateTests {
        @Test("A grid in each form")
        func forms() throws {
            let folder = try WorkFolder()
            let expected = [
                "grid.csv": "source,target\n0,1\n0,2\n1,3\n2,3\n",
                "grid.tsv": "source\ttarget\n0\t1\n0\t2\n1\t3\n2\t3\n",
                "grid.txt": "0 1\n0 2\n1 3\n2 3\n", "grid.e": "0 1\n0 2\n1 3\n2 3\n",
                "grid.jsonl": """
                {"source":0,"target":1}
                {"source":0,"target":2}
                {"source":1,"target":3}
                {"source":2,"target":3}

                """,
            ]
            for (name, text) in expected {
                let outcome = try folder.run("generate", "grid", "--rows", "2", "--columns", "2", "-o", name)
                #expect(outcome.code == 0)
                #expect(outcome.errors == "")
                #expect(outcome.output == "")
                #expect(try folder.read(name) == text)
            }
            #expect(folder.names == expected.keys.sorted())
        }

        @Test("Standard output is CSV, and weights are a third field")
        func standardOutput() throws {
            let folder = try WorkFolder()
            let outcome = try folder.run("generate", "rmat", "--scale", "3", "--edge-factor", "2", "--weights")
            #expect(outcome.code == 0)
            let lines = outcome.output.split(separator: "\n")
            #expect(lines.count == 17)
            #expect(lines.first == "source,target,weight")
            for line in lines.dropFirst() {
                let fields = line.split(separator: ",").compactMap { Int($0) }
                try #require(fields.count == 3)
                #expect(0..<8 ~= fields[0] && 0..<8 ~= fields[1] && 1...255 ~= fields[2])
            }
        }

        @Test("The same bytes at any parallelism, others for another seed")
        func parallelism() throws {
            let folder = try WorkFolder()
            func generate(_ name: String, _ parallelism: Int, seed: Int) throws -> String {
                let outcome = try folder.run(
                    "generate", "rmat", "--scale", "13", "--weights", "--seed", "\(seed)", "--parallelism",
                    "\(parallelism)", "-o", name)
                #expect(outcome.code == 0)
                return try folder.read(name)
            }
            let expected = try generate("1.txt", 1, seed: 42)
            #expect(expected.utf8.count { $0 == 10 } == 131_072)
            for workers in [2, 3, 7] { #expect(try generate("\(workers).txt", workers, seed: 42) == expected) }
            #expect(try generate("other.txt", 2, seed: 43) != expected)
        }

        @Test("All vertices, one a line, whatever the ending")
        func vertices() throws {
            let folder = try WorkFolder()
            let outcome = try folder.run(
                "generate", "rmat", "--scale", "4", "-o", "edges.txt", "--vertices-output", "vertices.v", "--report",
                "report.json")
            #expect(outcome.code == 0)
            #expect(try folder.read("vertices.v") == (0..<16).map { "\($0)\n" }.joined())
            let report = try folder.report()
            #expect(report["command"] as? String == "generate rmat")
            #expect(report["counts"] as? [String: Int] == ["vertices": 16, "edges": 256])
            #expect(report["seed"] as? Int == 0)
            #expect(report["error"] == nil)
            #expect(report["peakMemoryBytes"] as? Int ?? 0 > 1 << 20)
            #expect(report["spilledBytes"] as? Int == 0)
            #expect((report["phases"] as? [String: Double])?["write"] != nil)
        }

        @Test("Told on standard error when asked to")
        func verbose() throws {
            let folder = try WorkFolder()
            let verbose = try folder.run("generate", "grid", "--rows", "1", "--columns", "3", "-o", "a.csv", "-v")
            #expect(verbose.errors.hasPrefix("gyre: 3 vertices\ngyre: 2 edges\ngyre: write "))
            let bar = try folder.run(
                "generate", "grid", "--rows", "1", "--columns", "3", "-o", "a.csv", "--progress", "always")
            #expect(bar.errors.hasPrefix("[====================] 2/2 rows  "))
            #expect(bar.errors.hasSuffix(" s\n"))
        }
    }
}
