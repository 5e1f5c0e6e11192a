import Foundation
import Gyre
import GyreTesting
import Testing

/// CSV into structs, against a reader that goes a character at a time.
struct CSVSourceTests {
    private static let blockSizes = [1, 2, 7, 64, 1000, TextBlockReader.defaultBlockSize]
    private static let parallelisms = [1, 2, 3, 7]

    /// A random file of random rows, in a random dialect.
    private struct Sample {
        var sales: [FileSale] = []
        var text = ""
        var format = CSVFormat()

        init(seed: UInt64) {
            var generator = SeededGenerator(seed: seed)
            let delimiter = [",", ";", "\t"][generator.below(3)]
            let hasHeader = generator.below(4) != 0
            let nullText = ["", "NULL"][generator.below(2)]
            let lineEnd = ["\n", "\r\n"][generator.below(2)]
            var columns = (FileSale.columns + ["extra", "another one"]).shuffled(using: &generator)
            if !hasHeader { columns.shuffle(using: &generator) }
            format = CSVFormat(
                delimiter: Character(delimiter), hasHeader: hasHeader, columns: hasHeader ? nil : columns,
                nullText: nullText)
            func field(_ value: String?) -> String {
                guard let value else { return nullText }
                let mustQuote =
                    value.isEmpty || value == nullText
                    || value.unicodeScalars.contains { "\"\r\n".unicodeScalars.contains($0) || String($0) == delimiter }
                guard mustQuote || generator.below(3) == 0 else { return value }
                return "\"" + value.replacingOccurrences(of: "\"", with: "\"\"") + "\""
            }
            if generator.below(3) == 0 { text += "\u{FEFF}" }
            if hasHeader { text += columns.map(field).joined(separator: delimiter) + lineEnd }
            sales = (0..<generator.below(60)).map { FileSale.random(id: $0, &generator) }
            for sale in sales {
                let texts = sale.texts.merging(["extra": "x\ny", "another one": "7"]) { $1 }
                text += columns.map { field(texts[$0] ?? nil) }.joined(separator: delimiter) + lineEnd
                if generator.below(8) == 0 { text += lineEnd }
            }
            if generator.below(2) == 0, text.hasSuffix(lineEnd), !sales.isEmpty { text.removeLast(1) }
        }
    }

    private func read<Row: SaleRow>(
        _ paths: [String], as type: Row.Type, _ format: CSVFormat, blockSize: Int, parallelism: Int, batchSize: Int
    ) throws -> [Row] {
        let job = Job()
        let rows = job.records(
            .csv(paths, of: Row.self, format: format, blockSize: blockSize), of: Row.self, kind: "readCSV"
        ).collect()
        try job.run(JobConfiguration(parallelism: parallelism, batchSize: batchSize))
        return rows.elements
    }

    private func agree<Row: SaleRow>(seed: UInt64, as type: Row.Type) throws {
        let sample = Sample(seed: seed)
        let folder = try WorkFolder()
        let path = try folder.write(sample.text, to: "a.csv")
        var generator = SeededGenerator(seed: seed ^ 0xFFFF)
        let expected = sample.sales.map(Row.init)
        for blockSize in Self.blockSizes {
            for parallelism in Self.parallelisms {
                let batchSize = [1, 3, 2048][generator.below(3)]
                let rows = try read(
                    [path], as: type, sample.format, blockSize: blockSize, parallelism: parallelism,
                    batchSize: batchSize)
                let place: Comment =
                    "seed \(seed), blocks of \(blockSize), parallelism \(parallelism), batches of \(batchSize)"
                if parallelism == 1 { #expect(rows == expected, place) }
                #expect(rows.sorted { $0.id < $1.id } == expected, place)
            }
        }
        // The test's own reader agrees on where the records are.
        let records = CSVOracle.records(sample.text, delimiter: sample.format.delimiter)
        #expect(records.count == sample.sales.count + (sample.format.hasHeader ? 1 : 0), "seed \(seed)")
    }

    @Test(arguments: 1...25 as ClosedRange<UInt64>)
    func plainRecordsOfRandomFiles(seed: UInt64) throws { try agree(seed: seed, as: FileSale.self) }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func codableRecordsOfRandomFiles(seed: UInt64) throws { try agree(seed: seed, as: CodableFileSale.self) }

    @Test func rowsOfAWorkerAreTheSameInEachRun() throws {
        var generator = SeededGenerator(seed: 3)
        let folder = try WorkFolder()
        let lines = (0..<500).map { "\($0),\(generator.below(1000))" }
        try folder.write("a,b\n" + lines.joined(separator: "\n"), to: "a.csv")
        struct Pair: PlainRecord, Equatable {
            var b: Int
            var a: Int
        }
        var first: [Pair]?
        for _ in 0..<10 {
            let job = Job()
            let rows = job.records(
                .csv([folder.at("a.csv")], of: Pair.self, format: .rfc4180, blockSize: 100), of: Pair.self,
                kind: "readCSV"
            ).collect()
            try job.run(JobConfiguration(parallelism: 3, batchSize: 4))
            #expect(rows.elements.count == 500)
            #expect(first == nil || rows.elements == first)
            first = rows.elements
        }
    }

    struct Narrow: PlainRecord, Equatable {
        var id: Int
        var text: String?
    }

    @Test(
        arguments: [
            ("", []), ("id,text\n", []), ("id,text", []), ("\u{FEFF}id,text\r\n", []),
            ("id\n1\n\n2", [Narrow(id: 1), Narrow(id: 2)]),
            (
                "text,id\n,1\n\"\",2\n\"a\"\"b\",3\n\"\n\",4\r\n",
                [
                    Narrow(id: 1), Narrow(id: 2, text: ""), Narrow(id: 3, text: "a\"b"), Narrow(id: 4, text: "\n"),
                ]
            ),
            ("id,text\n+5,a b \n-0,\" c\"", [Narrow(id: 5, text: "a b "), Narrow(id: 0, text: " c")]),
            (
                "id,other,text\n9223372036854775807,\"\n\n\",x\n-9223372036854775808,,\r\n",
                [
                    Narrow(id: .max, text: "x"), Narrow(id: .min),
                ]
            ),
        ] as [(String, [Narrow])])
    func smallFiles(text: String, expected: [Narrow]) throws {
        let folder = try WorkFolder()
        let path = try folder.write(text, to: "a.csv")
        let job = Job()
        let rows = job.csv([path], of: Narrow.self).collect()
        if text == "id\n1\n\n2" {
            // Where there is one column, a line with nothing on it is a record.
            let error = try #require(throws: OperatorError.self) { try job.run() }
            #expect(folder.relative(error.underlying) == "a.csv:3: expected an Int for \"id\", found \"\"")
        } else {
            try job.run(JobConfiguration(parallelism: 1))
            #expect(rows.elements == expected)
        }
    }

    @Test func foldersPatternsAndArchivesAreOneInput() throws {
        let folder = try WorkFolder()
        try FileManager.default.createDirectory(atPath: folder.at("more"), withIntermediateDirectories: true)
        try folder.write("id,text\n1,a\n", to: "x1.csv")
        try folder.write("text,id\nb,2\n", to: "x2.csv")
        try folder.write("id,text\n3,c\n", to: "more/y.csv")
        let job = Job()
        job.elements([Narrow(id: 4, text: "d")]).writeCSV(to: folder.at("z.csv.gz"))
        job.elements([Narrow(id: 5, text: "e")]).writeCSV(to: folder.at("z.csv.zst"))
        try job.run(JobConfiguration(parallelism: 2))
        #expect(try folder.bytes("z.csv.gz").prefix(2) == [0x1F, 0x8B])
        #expect(try folder.bytes("z.csv.zst").prefix(4) == [0x28, 0xB5, 0x2F, 0xFD])
        let reading = Job()
        let rows = reading.csv(
            [folder.at("x*.csv"), folder.at("more"), folder.at("z.csv.gz"), folder.at("z.csv.zst")], of: Narrow.self
        ).collect()
        try reading.run(JobConfiguration(parallelism: 1))
        #expect(rows.elements.map(\.id) == [1, 2, 3, 4, 5])
        #expect(rows.elements.map(\.text) == ["a", "b", "c", "d", "e"])
    }

    @Test func aLineOfTenMegabytes() throws {
        let folder = try WorkFolder()
        let long = String(repeating: "0123456789", count: 1_000_000)
        let path = try folder.write("id,text\n1,\(long)\n2,\"\(long)\n\"\n", to: "a.csv")
        let job = Job()
        let rows = job.csv([path], of: Narrow.self).collect()
        try job.run(JobConfiguration(parallelism: 2))
        let texts = Dictionary(uniqueKeysWithValues: rows.elements.map { ($0.id, $0.text) })
        #expect(texts == [1: long, 2: long + "\n"])
    }
}
