import Gyre
import GyreLearning
import GyreTesting
import Testing

/// LIBSVM's form and lines of JSON into tables.
@Suite struct FeatureFormatTests {
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func randomSparseRows(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var expected = NaiveFeatures()
        var entries: [[Int: Double]] = []
        var text = ""
        for _ in 0..<random.below(60) {
            if random.below(8) == 0 { text += ["\n", "# comment\n", "  \r\n"][random.below(3)] }
            let label = FeatureSample.number(&random)
            var row: [Int: Double] = [:]
            text += label + (random.below(5) == 0 ? " qid:\(random.below(9))" : "")
            for index in 1...12 where random.below(3) == 0 {
                let number = FeatureSample.number(&random)
                row[index] = Double(number)
                text += "\([" ", "\t", "  "][random.below(3)])\(index):\(number)"
            }
            text += ["\n", " \n", "\r\n", "#c 9:9\n"][random.below(4)]
            entries.append(row)
            expected.labels.append(.number(try #require(Double(label))))
        }
        let width = entries.flatMap(\.keys).max() ?? 0
        expected.names = (1...max(1, width)).prefix(width).map { "x\($0)" }
        expected.rows = entries.map { row in (0..<width).map { row[$0 + 1] ?? 0 } }
        let folder = try WorkFolder()
        let path = try folder.write(text, to: "a.svm")
        for blockSize in [1, 64, 1 << 20] {
            for parallelism in [1, 2, 3, 7] {
                let table = try FeatureTable.load(
                    FeatureInput(paths: [path]), blockSize: blockSize,
                    configuration: JobConfiguration(parallelism: parallelism))
                let place: Comment = "seed \(seed), blocks of \(blockSize), parallelism \(parallelism)"
                #expect(NaiveFeatures(table) == expected, place)
                #expect(table.schema.label == .init(name: "label", kind: .number))
                #expect(table.blocks.allSatisfy { $0.features.isSparse && $0.columnCount == width }, place)
            }
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func randomObjects(seed: UInt64) throws {
        let sample = FeatureSample(seed: seed)
        let expected = NaiveFeatures(csv: sample.text, label: sample.label, weight: sample.weight)
        var random = SeededGenerator(seed: seed &+ 99)
        let lines = sample.text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        var text = ""
        for (index, line) in lines.dropFirst().enumerated() {
            var members = zip(lines[0], line).map { key, value in
                let isText = key == "y" && Double(value) == nil
                let name =
                    random.below(3) == 0 ? "\\u00\(String(key.utf8.first ?? 0, radix: 16))\(key.dropFirst())" : key
                let blank = [" ", "", "\t"][random.below(3)]
                return "\"\(name)\"\(blank):\(blank)\(isText ? "\"\(value)\"" : String(value))"
            }
            // The first line says the order.
            if index > 0 { members.shuffle(using: &random) }
            if random.below(6) == 0 { text += "\n" }
            text += "{\(members.joined(separator: [",", " , "][random.below(2)]))}\n"
        }
        let folder = try WorkFolder()
        let path = try folder.write(text, to: "a.jsonl")
        for blockSize in [1, 64, 1 << 20] {
            for parallelism in [1, 2, 3, 7] {
                let table = try FeatureTable.load(
                    FeatureInput(paths: [path], label: sample.label, weight: sample.weight), blockSize: blockSize,
                    configuration: JobConfiguration(parallelism: parallelism))
                let place: Comment = "seed \(seed), blocks of \(blockSize), parallelism \(parallelism)"
                if expected.rows.isEmpty {
                    #expect(table.rowCount == 0, place)
                } else {
                    #expect(NaiveFeatures(table) == expected, place)
                }
            }
        }
    }

    @Test func stringsOfJSONAsLabels() throws {
        let folder = try WorkFolder()
        let path = try folder.write(
            #"{"y":"a\"b\\\/\n\u00e9\ud83d\ude00","a":1}"# + "\n" + #"{"y":true,"a":2}"# + "\n" + #"{"a":3, "y":7 }"#,
            to: "a.jsonl")
        let table = try FeatureTable.load(FeatureInput(paths: [path], label: "y"))
        #expect(NaiveFeatures(table).labels == ["a\"b\\/\né😀", "true", "7"].map { .text($0) })
    }

    @Test func theEndingTellsTheFormat() throws {
        let folder = try WorkFolder()
        for ending in ["libsvm", "svm", "svmlight"] {
            let path = try folder.write("1 1:2\n", to: "a.\(ending)")
            #expect(try FeatureTable.load(FeatureInput(paths: [path])).blocks[0].features.isSparse)
        }
        for ending in ["jsonl", "ndjson"] {
            let path = try folder.write("{\"a\":1}", to: "a.\(ending)")
            #expect(try FeatureTable.load(FeatureInput(paths: [path])).schema.features == ["a"])
        }
        let path = try folder.write("1 3:2\n", to: "a.txt")
        let forced = try FeatureTable.load(FeatureInput(paths: [path], format: .libsvm, label: "target"))
        #expect(
            forced.schema
                == FeatureSchema(
                    features: ["x1", "x2", "x3"], label: .init(name: "target", kind: .number)))
        #expect(
            throws: FormatError.badHeader(
                path: folder.at("a.svm"), expected: "CSV as in \(path)", found: "LIBSVM")
        ) {
            try FeatureTable.load(FeatureInput(paths: [path, folder.at("a.svm")]))
        }
    }

    @Test func aRefusedRecordAddsNoFeatures() throws {
        let folder = try WorkFolder()
        let path = try folder.write("1 1:2\n1 1:2 1000000000:3 bad\n0 2:1\n", to: "a.libsvm")
        let table = try FeatureTable.load(FeatureInput(paths: [path], onBadRecord: .skip))
        #expect(table.schema.features == ["x1", "x2"])
        #expect(table.rowCount == 2 && table.rejected == 1)
    }

    @Test func aBrokenFirstLineOfJSONIsARecordLikeOthers() throws {
        let folder = try WorkFolder()
        let path = try folder.write("{\"a\":\n{\"a\":1,\"b\":2}\n{\"a\":3,\"b\":4}\n", to: "a.jsonl")
        let table = try FeatureTable.load(FeatureInput(paths: [path], onBadRecord: .skip))
        #expect(table.schema.features == ["a", "b"] && table.rowCount == 2 && table.rejected == 1)
        let error = #expect(throws: BadRecord.self) { try FeatureTable.load(FeatureInput(paths: [path])) }
        #expect(error?.line == 1)
    }
}
