import Foundation
import Testing

/// A command that learns or scores and is refused, and how.
struct LearnDefect: Sendable, CustomTestStringConvertible {
    var arguments: String
    var code: Int32
    /// Standard error without `gyre: ` and the line's end.
    var message: String
    /// Files beside those that are always there.
    var files: [String: String] = [:]

    var testDescription: String { "gyre learn \(arguments)" }
}

extension CommandLineTests {
    /// `learn` × what can be wrong with options, rows and models. `good.csv` is there, and the folder `model`, a model of it.
    struct LearnDefectsTests {
        static let options = [
            LearnDefect(arguments: "", code: 64, message: "expected a command, one of: fit, predict, evaluate"),
            LearnDefect(
                arguments: "fit", code: 64,
                message: "expected an algorithm, one of: kmeans, linear-regression, logistic-regression"),
            LearnDefect(
                arguments: "fit kmeans good.csv -k 2", code: 64,
                message: "missing expected argument '--model <dir>'"),
            LearnDefect(
                arguments: "fit kmeans good.csv --model new", code: 64, message: "missing expected argument '-k <n>'"),
            LearnDefect(
                arguments: "fit kmeans good.csv -k 0 --model new", code: 64,
                message: "the value '0' is invalid for '-k <n>': expected a whole number of at least 1"),
            LearnDefect(
                arguments: "fit logistic-regression good.csv --label y --l2 -1 --model new", code: 64,
                message: "the value '-1' is invalid for '--l2 <x>': expected a number of at least 0.0"),
            LearnDefect(
                arguments: "fit linear-regression good.csv --label y --solver newton --model new", code: 64,
                message: "the value 'newton' is invalid for '--solver <solver>'. "
                    + "Please provide one of 'normal' and 'lbfgs'"),
            LearnDefect(
                arguments: "fit linear-regression good.csv --model new", code: 64,
                message: "the data have no label: expected --label"),
            LearnDefect(
                arguments: "fit kmeans good.csv -k 1 --plot x.png --model new", code: 64,
                message: "--plot: expected a name that ends in .svg"),
            LearnDefect(
                arguments: "fit kmeans good.csv -k 1 --format xml --model new", code: 64,
                message: "the value 'xml' is invalid for '--format <form>': expected one of: auto, csv, libsvm, jsonl"),
            LearnDefect(
                arguments: "fit kmeans good.csv -k 1 --model good.csv", code: 73,
                message: "good.csv: cannot be created: Not a directory"),
            LearnDefect(
                arguments: "fit kmeans good.csv -k 1 --model none/new", code: 73,
                message: "none/new: cannot be created: No such file or directory"),
            LearnDefect(
                arguments: "fit kmeans good.csv -k 1 --model .", code: 73,
                message: ".: cannot be created: Directory not empty"),
            LearnDefect(
                arguments: "fit kmeans none.csv -k 1 --model new", code: 66,
                message: "none.csv: no such file or folder"),
        ]

        static let places = [
            LearnDefect(
                arguments: "fit kmeans good.csv -k 1 --model x.json --report x.json", code: 64,
                message: "x.json: --report and --model write to one place"),
            LearnDefect(
                arguments: "fit kmeans good.csv -k 1 --model x.svg --plot x.svg", code: 64,
                message: "x.svg: --plot and --model write to one place"),
            LearnDefect(
                arguments: "fit kmeans good.csv -k 1 --model model --on-error model/bad.csv", code: 64,
                message: "model/bad.csv: --on-error and --model write to one place"),
            LearnDefect(
                arguments: "fit kmeans good.csv -k 1 --model ck --checkpoint ./ck/", code: 64,
                message: "./ck/: --checkpoint and --model write to one place"),
            LearnDefect(
                arguments: "fit kmeans good.csv -k 2 --init bad.csv --model new", code: 65,
                message: "bad.csv: expected 2 centres, found 1", files: ["bad.csv": "a,b,y\n1,2,0\n"]),
            LearnDefect(
                arguments: "fit kmeans - -k 2 --init - --model new", code: 64,
                message: "-: standard input can be named once only"),
        ]

        static let rows = [
            LearnDefect(
                arguments: "fit kmeans bad.csv -k 1 --model new", code: 65,
                message: "bad.csv:3: expected a finite number for \"b\", found \"x\"",
                files: ["bad.csv": "a,b\n1,2\n3,x\n"]),
            LearnDefect(
                arguments: "fit kmeans bad.csv -k 1 --model new", code: 65,
                message: "bad.csv:2: expected a finite number for \"a\", found \"nan\"",
                files: ["bad.csv": "a,b\nnan,2\n3,4\n"]),
            LearnDefect(
                arguments: "fit kmeans bad.csv -k 1 --model new", code: 65,
                message: "bad.csv:2: expected a finite number for \"a\", found \"inf\"",
                files: ["bad.csv": "a,b\ninf,2\n3,4\n"]),
            LearnDefect(
                arguments: "fit linear-regression good.csv --label z --model new", code: 65,
                message: "good.csv: expected a column \"z\", found \"a\", \"b\", \"y\""),
            LearnDefect(
                arguments: "fit logistic-regression bad.csv --label y --model new", code: 65,
                message: "bad.csv:2: expected a label for \"y\", found \"\"",
                files: ["bad.csv": "a,y\n1,\n2,1\n"]),
            LearnDefect(
                arguments: "fit logistic-regression bad.csv --label y --model new", code: 65,
                message: "label \"y\" has 1 distinct value, expected exactly 2",
                files: ["bad.csv": "a,y\n1,1\n2,1\n"]),
            LearnDefect(
                arguments: "fit logistic-regression bad.csv --label y --model new", code: 65,
                message: "label \"y\" has 3 distinct values, expected exactly 2",
                files: ["bad.csv": "a,y\n1,1\n2,2\n3,3\n"]),
            LearnDefect(
                arguments: "fit linear-regression bad.csv --label y --model new", code: 65,
                message: "label \"y\" has texts, expected numbers", files: ["bad.csv": "a,y\n1,low\n2,high\n"]),
            LearnDefect(
                arguments: "fit kmeans good.csv -k 9 --model new", code: 65,
                message: "8 rows, expected at least 9: there are 9 clusters"),
            LearnDefect(
                arguments: "fit kmeans bad.csv -k 1 --model new", code: 65,
                message: "bad.csv: expected rows to learn from, found none", files: ["bad.csv": "a,b\n"]),
            LearnDefect(
                arguments: "fit kmeans good.csv -k 2 --init bad.csv --model new", code: 65,
                message: "bad.csv: expected a column \"b\", found none", files: ["bad.csv": "a,y\n1,2\n3,4\n"]),
        ]

        /// Names of columns are a file's own, and no line's end is theirs to give.
        static let names = [
            LearnDefect(
                arguments: "fit kmeans bad.csv -k 1 --model new", code: 65,
                message: "bad.csv:4: expected a finite number for \"b\u{FFFD}c\", found \"x\"",
                files: ["bad.csv": "a,\"b\nc\"\n1,2\n3,x\n"]),
            LearnDefect(
                arguments: "fit kmeans bad.csv --label q -k 1 --model new", code: 65,
                message: "bad.csv: expected a column \"q\", found \"a\u{FFFD}[31m\", \"b\"",
                files: ["bad.csv": "a\u{1B}[31m,b\n1,2\n"]),
        ]

        static let scoring = [
            LearnDefect(
                arguments: "predict good.csv --model model --weight a", code: 64,
                message: "weight is a, expected a column that is no feature of the model"),
            LearnDefect(
                arguments: "evaluate good.csv --model model --label b", code: 64,
                message: "label is b, expected a column that is no feature of the model"),
            LearnDefect(
                arguments: "evaluate good.csv --model model --weight none", code: 65,
                message: "good.csv: expected a column \"none\", found none"),
            LearnDefect(
                arguments: "evaluate good.csv --model model --weight y", code: 64,
                message: "weight is y, expected another column than the label"),
            LearnDefect(
                arguments: "fit kmeans bad.libsvm -k 1 --model new", code: 65, message: "0 columns, expected 1",
                files: ["bad.libsvm": "1\n0\n1\n"]),
            LearnDefect(
                arguments: "predict good.csv --model none", code: 66, message: "none/model.json: no model there"),
            LearnDefect(
                arguments: "predict bad.csv --model model", code: 65,
                message: "bad.csv: expected a column \"b\", found none", files: ["bad.csv": "a,c\n1,2\n"]),
            LearnDefect(
                arguments: "evaluate bad.csv --model model", code: 65,
                message: "bad.csv: expected a column \"y\", found none", files: ["bad.csv": "a,b\n1,2\n"]),
            LearnDefect(
                arguments: "evaluate bad.csv --model model", code: 65,
                message: "label \"y\", row 2: expected one that was learned, found \"7\"",
                files: ["bad.csv": "a,b,y\n1,2,0\n1,2,7\n"]),
            LearnDefect(
                arguments: "predict good.csv --model model -o p.xml", code: 64,
                message: "p.xml: expected a name that ends in .csv, .tsv, .jsonl or .txt"),
            LearnDefect(
                arguments: "predict good.csv --model model -o good.csv", code: 64,
                message: "good.csv: is an output and an input"),
        ]

        @Test("Refused with one line, and nothing is left", arguments: options + places + rows + names + scoring)
        func refused(_ defect: LearnDefect) throws {
            let folder = try WorkFolder()
            try Self.prepare(folder)
            for (name, text) in defect.files { try folder.write(text, to: name) }
            let names = folder.names
            let outcome = try GyreProcess.run(
                ["learn"] + defect.arguments.split(separator: " ").map(String.init), in: folder.path)
            #expect(outcome.code == defect.code)
            #expect(outcome.errors == "gyre: \(defect.message)\n")
            #expect(outcome.output == "")
            #expect(folder.names == names)
        }

        @Test("A model's folder that is cut short, changed, newer or of another algorithm is named")
        func brokenModels() throws {
            let folder = try WorkFolder()
            try Self.prepare(folder)
            let document = try folder.read("model/model.json")
            let weights = [UInt8](
                try Data(contentsOf: URL(fileURLWithPath: folder.path + "/model/weights.safetensors")))
            func refuses(_ message: String) throws {
                let outcome = try folder.run("learn", "predict", "good.csv", "--model", "model")
                #expect(outcome.code == 65)
                #expect(outcome.errors == "gyre: \(message)\n")
                #expect(outcome.output == "")
            }
            try folder.write(bytes: Array(weights.dropLast(8)), to: "model/weights.safetensors")
            try refuses("model/weights.safetensors: the model is damaged, expected \(weights.count) bytes")
            try folder.write(String(document.dropLast(40)), to: "model/model.json")
            try refuses("model/model.json: the model is damaged, expected JSON with \"format\": \"gyre-model\"")
            try folder.write(document.replacing("\"a\"", with: "\"c\""), to: "model/model.json")
            try refuses("model/model.json: the model is damaged, expected the checksum of what it says")
            try folder.write(
                document.replacing("\"formatVersion\" : 1", with: "\"formatVersion\" : 9"), to: "model/model.json")
            try refuses("model/model.json: a model of form 9, the latest known here is 1")
        }

        @Test("Labels that are texts in a later file only, and rows of one class")
        func laterTexts() throws {
            let folder = try WorkFolder()
            try folder.write("x,y\n1,0\n2,0\n", to: "a.csv")
            try folder.write("x,y\n8,yes\n9,yes\n", to: "b.csv")
            let fitted = try folder.run(
                "learn", "fit", "logistic-regression", "a.csv", "b.csv", "--label", "y", "--model", "m")
            #expect(fitted.code == 0 && fitted.errors == "")
            let scored = try folder.run("learn", "predict", "b.csv", "--model", "m")
            #expect(scored.output.split(separator: "\n").dropFirst().allSatisfy { $0.hasPrefix("yes,") })
            // Of one class there is no curve, and the rest is told.
            let evaluated = try folder.run(
                "learn", "evaluate", "b.csv", "--model", "m", "--plot", "roc.svg")
            #expect(evaluated.code == 0 && evaluated.output.contains("accuracy,1.0"))
            #expect(try folder.read("roc.svg").hasPrefix("<svg"))
        }

        @Test("A model behind a symbolic link is replaced where it lies")
        func linkedModel() throws {
            let folder = try WorkFolder()
            try Self.prepare(folder)
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/link", withDestinationPath: "model")
            let fitted = try folder.run(
                "learn", "fit", "kmeans", "good.csv", "--label", "y", "-k", "2", "--model", "link")
            #expect(fitted.code == 0 && fitted.errors == "")
            #expect(folder.names == ["good.csv", "link", "model"])
            #expect(try folder.read("model/model.json").contains("\"kmeans\""))
        }

        @Test("A budget that rows do not fit is refused before they are kept")
        func overBudget() throws {
            let folder = try WorkFolder()
            try Self.prepare(folder)
            let outcome = try folder.run(
                "learn", "fit", "kmeans", "good.csv", "-k", "1", "--memory", "10", "--model", "new")
            #expect(outcome.code == 69)
            #expect(outcome.errors.hasPrefix("gyre: node \"readFeatures\" needs "))
            #expect(outcome.errors.hasSuffix(" bytes that cannot be spilled, the memory budget is 10\n"))
            #expect(folder.names == ["good.csv", "model"])
        }

        /// Two classes along the first feature, and a model of them.
        static func prepare(_ folder: WorkFolder) throws {
            try folder.write("a,b,y\n1,1,0\n2,1,0\n3,2,0\n4,1,1\n5,2,0\n6,2,1\n7,1,1\n8,2,1\n", to: "good.csv")
            let fitted = try folder.run(
                "learn", "fit", "logistic-regression", "good.csv", "--label", "y", "--model", "model")
            #expect(fitted.code == 0 && fitted.errors == "" && fitted.output == "")
        }
    }
}
