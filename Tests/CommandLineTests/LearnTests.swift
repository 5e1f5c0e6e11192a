import Foundation
import Testing

extension CommandLineTests {
    /// From files to models to predictions.
    struct LearnTests {
        private let folder: WorkFolder

        init() throws {
            folder = try WorkFolder()
            for (kind, name) in [("blobs", "blobs"), ("classification", "classes"), ("regression", "numbers")] {
                let made = try folder.run(
                    "generate", kind, "--rows", "12000", "--columns", "4", "--seed", "5", "-o", "\(name).csv")
                #expect(made.code == 0)
            }
        }

        private func succeed(_ arguments: String...) throws -> String {
            let outcome = try GyreProcess.run(arguments, in: folder.path)
            #expect(outcome.code == 0, "\(arguments): \(outcome.errors)")
            #expect(outcome.errors == "", "\(arguments)")
            return outcome.output
        }

        private func metrics(_ text: String) -> [String: Double] {
            Dictionary(
                text.split(separator: "\n").dropFirst().map { line in
                    let fields = line.split(separator: ",")
                    return (String(fields[0]), Double(fields[1]) ?? .nan)
                }, uniquingKeysWith: { first, _ in first })
        }

        @Test("Clusters of blobs: numbered by their first coordinate, with the inertia that was reported")
        func clusters() throws {
            _ = try succeed(
                "learn", "fit", "kmeans", "blobs.csv", "--label", "label", "-k", "3", "--model", "m", "--report",
                "report.json", "--plot", "plot.svg")
            let report = try folder.report()
            #expect(report["command"] as? String == "learn fit kmeans")
            #expect(report["converged"] as? Bool == true)
            let counts = try #require(report["counts"] as? [String: Any])
            #expect(counts["rows"] as? Int == 12_000)
            let reported = try #require((report["metrics"] as? [String: Double])?["inertia"])
            let measured = metrics(try succeed("learn", "evaluate", "blobs.csv", "--model", "m"))
            #expect(abs(try #require(measured["inertia"]) / reported - 1) < 1e-9)
            #expect(try folder.read("plot.svg").hasPrefix("<svg"))
            // Each blob is one cluster, and the first cluster has the least first coordinate.
            let rows = try folder.read("blobs.csv").split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
            let clusters = try succeed("learn", "predict", "blobs.csv", "--model", "m").split(separator: "\n")
            #expect(clusters[0] == "prediction")
            var sums: [Substring: (sum: Double, count: Double)] = [:]
            var pairs: Set<String> = []
            for (row, cluster) in zip(rows, clusters.dropFirst()) {
                let known = sums[cluster, default: (0, 0)]
                sums[cluster] = (known.sum + (Double(row[0]) ?? .nan), known.count + 1)
                pairs.insert("\(row[4]) \(cluster)")
            }
            #expect(pairs.count == 3)
            let means = sums.sorted { $0.key < $1.key }.map { $0.value.sum / $0.value.count }
            #expect(means == means.sorted() && sums.keys.sorted() == ["0", "1", "2"])
        }

        @Test("A linear model finds the numbers' line, by either solver")
        func linear() throws {
            for solver in ["normal", "lbfgs"] {
                _ = try succeed(
                    "learn", "fit", "linear-regression", "numbers.csv", "--label", "label", "--solver", solver,
                    "--model",
                    solver, "--plot", "plot.svg")
                let measured = metrics(try succeed("learn", "evaluate", "numbers.csv", "--model", solver))
                // The noise has the deviation 1.
                #expect(abs(try #require(measured["rmse"]) - 1) < 0.03)
                #expect(try #require(measured["r2"]) > 0.5)
            }
            let predictions = try succeed("learn", "predict", "numbers.csv", "--model", "normal")
            #expect(predictions.hasPrefix("prediction\n") && predictions.split(separator: "\n").count == 12_001)
        }

        @Test("Probabilities of two classes, with columns in another order and more of them")
        func logistic() throws {
            _ = try succeed(
                "learn", "fit", "logistic-regression", "classes.csv", "--label", "label", "--model", "m")
            let measured = metrics(try succeed("learn", "evaluate", "classes.csv", "--model", "m", "--plot", "roc.svg"))
            #expect(try #require(measured["auc"]) > 0.7)
            #expect(try folder.read("roc.svg").contains("AUC"))
            let scored = try succeed("learn", "predict", "classes.csv", "--model", "m")
            #expect(scored.hasPrefix("prediction,probability\n"))
            let turned = try folder.read("classes.csv").split(separator: "\n").map { line in
                let fields = line.split(separator: ",")
                return "\(fields[3]),ignored,\(fields[2]),\(fields[1]),\(fields[0])"
            }
            try folder.write(
                turned.joined(separator: "\n").replacing("x3,ignored", with: "x3,note") + "\n", to: "turned.csv")
            #expect(try succeed("learn", "predict", "turned.csv", "--model", "m") == scored)
        }

        @Test("Models and predictions have the same bytes at any parallelism")
        func parallelism() throws {
            let commands = [
                ["kmeans", "blobs.csv", "--label", "label", "-k", "5", "--seed", "3"],
                ["linear-regression", "numbers.csv", "--label", "label"],
                ["logistic-regression", "classes.csv", "--label", "label"],
            ]
            for command in commands {
                var models: Set<String> = []
                var predictions: Set<String> = []
                for workers in ["1", "2", "3", "7"] {
                    let fitted = try GyreProcess.run(
                        ["learn", "fit"] + command + ["--model", "m", "--parallelism", workers], in: folder.path)
                    #expect(fitted.code == 0)
                    models.insert(try folder.read("m/model.json"))
                    predictions.insert(
                        try succeed("learn", "predict", command[1], "--model", "m", "--parallelism", workers))
                }
                #expect(models.count == 1 && predictions.count == 1, "\(command)")
            }
        }

        @Test("LIBSVM and JSON lines are the same rows as CSV")
        func forms() throws {
            var weights: Set<String> = []
            for ending in ["csv", "libsvm", "jsonl"] {
                _ = try succeed(
                    "generate", "regression", "--rows", "500", "--columns", "3", "-o", "rows.\(ending)")
                let fitted = try GyreProcess.run(
                    ["learn", "fit", "linear-regression", "rows.\(ending)", "--model", ending]
                        + (ending == "libsvm" ? [] : ["--label", "label"]), in: folder.path)
                #expect(fitted.code == 0, "\(ending): \(fitted.errors)")
                let measured = metrics(try succeed("learn", "evaluate", "rows.\(ending)", "--model", ending))
                weights.insert(String(format: "%.9f", try #require(measured["rmse"])))
            }
            #expect(weights.count == 1)
        }

        @Test("Bad records are skipped and counted, or set aside with file, line and reason")
        func rejections() throws {
            try folder.write("a,y\n1,2\nx,3\n2,4\n3,\n3,6\n", to: "dirty.csv")
            _ = try succeed(
                "learn", "fit", "linear-regression", "dirty.csv", "--label", "y", "--model", "m", "--on-error",
                "rejects.csv", "--report", "report.json")
            let counts = try #require(try folder.report()["counts"] as? [String: Any])
            #expect(counts["rows"] as? Int == 3 && counts["rejected"] as? Int == 2)
            let lines = try folder.read("rejects.csv").split(separator: "\n")
            #expect(lines.count == 3 && lines[1].hasPrefix("dirty.csv,3,") && lines[2].hasPrefix("dirty.csv,5,"))
            let scored = try succeed(
                "learn", "predict", "dirty.csv", "--model", "m", "--on-error", "skip", "--report", "report.json")
            #expect(scored.split(separator: "\n").count == 5)
            let scoredCounts = try #require(try folder.report()["counts"] as? [String: Any])
            #expect(scoredCounts["rows"] as? Int == 4 && scoredCounts["rejected"] as? Int == 1)
        }

        @Test("A training that was stopped goes on from its checkpoint to the same model")
        func resumed() throws {
            let fit = [
                "learn", "fit", "kmeans", "blobs.csv", "--label", "label", "-k", "40", "--tolerance", "0",
                "--parallelism",
                "2",
            ]
            let checkpoint = ["--checkpoint", "ck", "--checkpoint-every", "2"]
            let plain = try GyreProcess.run(fit + ["--model", "plain"], in: folder.path)
            #expect(plain.code == 0)
            let stopped = try GyreProcess.run(
                fit + checkpoint + ["--model", "m", "--iterations", "5"], in: folder.path)
            #expect(stopped.code == 0)
            let resumed = try GyreProcess.run(
                fit + checkpoint + ["--model", "m", "--resume", "--report", "report.json"], in: folder.path)
            #expect(resumed.code == 0, "\(resumed.errors)")
            #expect(try folder.report()["resumedFromRound"] as? Int == 5)
            #expect(try folder.read("m/model.json") == folder.read("plain/model.json"))
            let other = try GyreProcess.run(
                [
                    "learn", "fit", "kmeans", "classes.csv", "--label", "label", "-k", "40", "--tolerance", "0",
                    "--parallelism", "2", "--model", "x", "--resume",
                ] + checkpoint, in: folder.path)
            #expect(other.code == 65)
            #expect(other.errors.contains("holds a checkpoint of another job"))
        }
    }
}
