import Foundation
import Gyre
import GyreLearning
import GyreTesting
import Testing

/// CSV into tables, against a reader that splits at commas.
@Suite struct FeatureLoadingTests {
    private static let blockSizes = [1, 7, 64, 1000, TextBlockReader.defaultBlockSize]

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func randomFiles(seed: UInt64) throws {
        let sample = FeatureSample(seed: seed)
        let folder = try WorkFolder()
        let path = try folder.write(sample.text, to: "a.csv")
        let expected = NaiveFeatures(csv: sample.text, label: sample.label, weight: sample.weight)
        let input = FeatureInput(paths: [path], label: sample.label, weight: sample.weight)
        for blockSize in Self.blockSizes {
            var first: FeatureTable?
            for parallelism in [1, 2, 3, 7] {
                let table = try FeatureTable.load(
                    input, blockSize: blockSize, configuration: JobConfiguration(parallelism: parallelism))
                let place: Comment = "seed \(seed), blocks of \(blockSize), parallelism \(parallelism)"
                #expect(NaiveFeatures(table) == expected, place)
                // The same blocks, not only the same rows.
                #expect(first.map { $0.blocks == table.blocks && $0.schema == table.schema } ?? true, place)
                first = table
            }
        }
    }

    @Test func labelsAreNumbersOrTexts() throws {
        let folder = try WorkFolder()
        for (labels, kind) in [
            (["1", "2.5", "1e3"], FeatureSchema.LabelKind.number), (["a", "2", "3"], .text), (["1", "2", "c"], .text),
            (["\"1\"", "2", "3"], .number), (["1", "\"x,\"\"y\n\"", "2"], .text),
        ] {
            let path = try folder.write("y,a\n" + labels.map { "\($0),5\n" }.joined(), to: "a.csv")
            for blockSize in [1, 1 << 20] {
                let table = try FeatureTable.load(
                    FeatureInput(paths: [path], label: "y"), blockSize: blockSize,
                    configuration: JobConfiguration(parallelism: 2))
                #expect(table.schema == FeatureSchema(features: ["a"], label: .init(name: "y", kind: kind)))
                let found = NaiveFeatures(table).labels
                if kind == .number { #expect(found == labels.map { .number(Double($0.filter { $0 != "\"" }) ?? 0) }) }
                if labels[1].hasPrefix("\"") { #expect(found == [.text("1"), .text("x,\"y\n"), .text("2")]) }
            }
        }
    }

    @Test func aMillionTextsAsLabels() throws {
        let folder = try WorkFolder()
        var text = "y,a\n"
        for row in 0..<1_000_000 { text += row == 999_999 ? "last,1\n" : "\(row),1\n" }
        let path = try folder.write(text, to: "a.csv")
        let table = try FeatureTable.load(FeatureInput(paths: [path], label: "y"))
        #expect(table.rowCount == 1_000_000)
        #expect(table.blocks.last?.labels.map { $0[$0.count - 1] } == .text("last"))
        #expect(table.blocks.first?.labels?[0] == .text("0"))
    }

    @Test func quotedNumbersBlankLinesAndAByteOrderMark() throws {
        let folder = try WorkFolder()
        let path = try folder.write("\u{FEFF}\"a\",b\r\n\r\n\"1.5\",2\r\n\n 3,4".replacing(" ", with: ""), to: "a.csv")
        let table = try FeatureTable.load(FeatureInput(paths: [path]))
        #expect(table.schema.features == ["a", "b"])
        #expect(NaiveFeatures(table).rows == [[1.5, 2], [3, 4]])
    }

    @Test func withoutHeader() throws {
        let folder = try WorkFolder()
        let paths = [try folder.write("\n1,2,3\n4,5,6\n", to: "a.csv"), try folder.write("7,8,9", to: "b.csv")]
        for blockSize in [1, 1 << 20] {
            let table = try FeatureTable.load(
                FeatureInput(paths: paths, label: "x1", hasHeader: false), blockSize: blockSize,
                configuration: JobConfiguration(parallelism: 2))
            #expect(table.schema.features == ["x0", "x2"])
            #expect(NaiveFeatures(table).rows == [[1, 3], [4, 6], [7, 9]])
            #expect(NaiveFeatures(table).labels == [.number(2), .number(5), .number(8)])
        }
    }

    @Test func foldersPatternsAndArchivesByNameInAnyOrder() throws {
        let folder = try WorkFolder()
        try FileManager.default.createDirectory(atPath: folder.at("more"), withIntermediateDirectories: true)
        try folder.write("a,y,b\n1,10,2\n", to: "x1.csv")
        try folder.write("b,other,a,y\n4,text,3,20\n", to: "x2.csv")
        try folder.write("y,b,a\n30,6,5\n", to: "more/z.csv")
        struct Row: PlainRecord {
            var b: Double
            var y: Double
            var a: Double
        }
        let job = Job()
        job.elements([Row(b: 8, y: 40, a: 7)]).writeCSV(to: folder.at("q.csv.gz"))
        job.elements([Row(b: 10, y: 50, a: 9)]).writeCSV(to: folder.at("q.csv.zst"))
        try job.run()
        let paths = ["x*.csv", "more", "q.csv.gz", "q.csv.zst"].map(folder.at)
        let table = try FeatureTable.load(FeatureInput(paths: paths, label: "y"))
        #expect(table.schema.features == ["a", "b"])
        #expect(NaiveFeatures(table).rows == [[1, 2], [3, 4], [5, 6], [7, 8], [9, 10]])
        #expect(NaiveFeatures(table).labels == [10, 20, 30, 40, 50].map { .number($0) })
    }

    @Test func aHeaderAlone() throws {
        let folder = try WorkFolder()
        for text in ["a,y\n", "a,y"] {
            let path = try folder.write(text, to: "a.csv")
            let table = try FeatureTable.load(FeatureInput(paths: [path], label: "y"))
            #expect(table.rowCount == 0 && table.blocks.isEmpty)
            #expect(table.schema == FeatureSchema(features: ["a"], label: .init(name: "y", kind: .number)))
        }
    }

    @Test(arguments: [1, 2, 3, 7])
    func theTableTakesItsDoublesAndIsRefusedBefore(parallelism: Int) throws {
        let folder = try WorkFolder()
        var text = "a,b,c,y\n"
        for row in 0..<20_000 { text += "\(row),0.125,-7.25,1\n" }
        let path = try folder.write(text, to: "a.csv")
        func load(_ budget: Int) throws -> FeatureTable {
            try FeatureTable.load(
                FeatureInput(paths: [path], label: "y", memoryBudget: budget), blockSize: 10_000,
                configuration: JobConfiguration(parallelism: parallelism))
        }
        let bytes = 20_000 * 4 * 8
        // Besides the rows each worker may take what its block could hold at most, twice as much as it does.
        let table = try load(bytes + parallelism * 2 * 32 * 700)
        #expect(table.rowCount == 20_000)
        // What is left can be taken, and no more.
        try table.account.take(parallelism * 2 * 32 * 700, for: "test")
        #expect(throws: MemoryError.self) { try table.account.take(1, for: "test") }
        #expect(throws: MemoryError.self) { try load(bytes - 1) }
    }
}
