import Testing

extension CommandLineTests {
    /// `blobs`, `classification` and `regression`.
    struct GenerateTableTests {
        @Test("A table in each form")
        func forms() throws {
            let folder = try WorkFolder()
            let expected = [
                "t.csv": """
                x0,x1,label
                -6.6327245224649465,-1.485073008531141,2
                -2.0667052845922393,-6.728248889190025,1

                """,
                "t.tsv": """
                x0\tx1\tlabel
                -6.6327245224649465\t-1.485073008531141\t2
                -2.0667052845922393\t-6.728248889190025\t1

                """,
                "t.txt": """
                -6.632724522464946e+00 -1.485073008531141e+00 2
                -2.066705284592239e+00 -6.728248889190025e+00 1

                """,
                "t.libsvm": """
                2 1:-6.6327245224649465 2:-1.485073008531141
                1 1:-2.0667052845922393 2:-6.728248889190025

                """,
                "t.jsonl": """
                {"x0":-6.6327245224649465,"x1":-1.485073008531141,"label":2}
                {"x0":-2.0667052845922393,"x1":-6.728248889190025,"label":1}

                """,
            ]
            for (name, text) in expected {
                let outcome = try folder.run("generate", "blobs", "--rows", "2", "--columns", "2", "-o", name)
                #expect(outcome.code == 0)
                #expect(outcome.errors == "" && outcome.output == "")
                #expect(try folder.read(name) == text)
            }
            #expect(folder.names == expected.keys.sorted())
        }

        /// Golden: a change of these bytes breaks everybody's seeds.
        @Test(
            "The bytes of a seed, on standard output",
            arguments: [
                ["blobs", "--centers", "2"]:
                    "-1.064031415173505,-3.333769770533574,1\n-2.0667052845922393,-6.728248889190025,1\n",
                ["classification"]:
                    "-0.1330674545853518,1.0823350718893776,1\n-1.135741324004086,-2.3121440467670733,0\n",
                ["regression"]:
                    "-0.1330674545853518,1.0823350718893776,0.019159324833227243\n"
                    + "-1.135741324004086,-2.3121440467670733,-2.480301027107646\n",
            ])
        func golden(kind: [String], rows: String) throws {
            let arguments = ["generate"] + kind + ["--rows", "2", "--columns", "2", "--seed", "0"]
            let folder = try WorkFolder()
            let outcome = try GyreProcess.run(arguments, in: folder.path)
            #expect(outcome.output == "x0,x1,label\n" + rows)
            #expect(outcome.code == 0)
        }

        @Test(
            "The same bytes at any parallelism, others for another seed",
            arguments: ["blobs", "classification", "regression"])
        func parallelism(kind: String) throws {
            let folder = try WorkFolder()
            func generate(_ name: String, _ parallelism: Int, seed: Int) throws -> String {
                // More than two windows of chunks at one worker.
                let outcome = try folder.run(
                    "generate", kind, "--rows", "12000", "--columns", "199", "--seed", "\(seed)", "--parallelism",
                    "\(parallelism)", "-o", name)
                #expect(outcome.code == 0)
                return try folder.read(name)
            }
            let expected = try generate("1.csv", 1, seed: 42)
            #expect(expected.utf8.count { $0 == 10 } == 12_001)
            for workers in [2, 7] { #expect(try generate("\(workers).csv", workers, seed: 42) == expected) }
            #expect(try generate("other.csv", 2, seed: 43) != expected)
        }

        @Test("The options do what they say")
        func options() throws {
            let folder = try WorkFolder()
            func rows(_ arguments: String) throws -> [[Double]] {
                let words = arguments.split(separator: " ").map(String.init)
                let outcome = try GyreProcess.run(["generate"] + words, in: folder.path)
                #expect(outcome.code == 0)
                return outcome.output.split(separator: "\n").dropFirst().map {
                    $0.split(separator: ",").compactMap { Double($0) }
                }
            }
            // Without deviation every row is its centre.
            let centers = try rows("blobs --rows 500 --columns 3 --centers 4 --deviation 0")
            #expect(Set(centers).count == 4)
            #expect(Set(centers.map { $0[3] }) == [0, 1, 2, 3])
            #expect(centers.joined().allSatisfy { $0.magnitude <= 10 })
            let quiet = try rows("regression --rows 50 --columns 2 --noise 0")
            let noisy = try rows("regression --rows 50 --columns 2 --noise 1")
            #expect(quiet.map { $0.prefix(2) } == noisy.map { $0.prefix(2) })
            #expect(quiet.map { $0[2] } != noisy.map { $0[2] })
        }

        @Test("The report counts rows, and a wide table keeps to little memory")
        func report() throws {
            let folder = try WorkFolder()
            let outcome = try folder.run(
                "generate", "regression", "--rows", "30", "--columns", "10000", "--seed", "3", "-o", "t.csv",
                "--report",
                "report.json")
            #expect(outcome.code == 0)
            let report = try folder.report()
            #expect(report["command"] as? String == "generate regression")
            #expect(report["counts"] as? [String: Int] == ["rows": 30])
            #expect(report["seed"] as? Int == 3)
            #expect(report["peakMemoryBytes"] as? Int ?? .max < 200 << 20)
            let lines = try folder.read("t.csv").split(separator: "\n")
            #expect(lines.count == 31)
            #expect(lines.allSatisfy { $0.utf8.count { $0 == UInt8(ascii: ",") } == 10_000 })
        }
    }
}
