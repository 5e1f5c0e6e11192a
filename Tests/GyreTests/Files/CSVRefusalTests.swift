import Gyre
import GyreTesting
import Testing

/// Bad records of CSV: named by file and line, the first of the input, whatever the blocks and the workers.
struct CSVRefusalTests {
    struct Row: PlainRecord, Equatable {
        var id: Int
        var name: String
        var price: Double
    }

    struct CodableRow: Codable, Sendable, Equatable {
        var id: Int
        var name: String
        var price: Double
    }

    private static let blockSizes = [1, 13, 100, TextBlockReader.defaultBlockSize]

    private static let defects: [(String, String)] = [
        ("x,b,1", "expected an Int for \"id\", found \"x\""),
        ("1.5,b,1", "expected an Int for \"id\", found \"1.5\""),
        (",b,1", "expected an Int for \"id\", found \"\""),
        ("9223372036854775808,b,1", "expected an Int for \"id\", found \"9223372036854775808\""),
        ("1,b,x", "expected a finite number for \"price\", found \"x\""),
        ("1,b,nan", "expected a finite number for \"price\", found \"nan\""),
        ("1,b,1e999", "expected a finite number for \"price\", found \"1e999\""),
        ("1,b", "expected a value for \"price\", found the end of the record"),
        ("1", "expected a value for \"name\", found the end of the record"),
        ("1,b,1,d", "expected at most 3 fields, found \"d\""),
        ("1,b,1,", "expected at most 3 fields, found \"\""),
        ("1,a\"b,1", "expected quotes around the whole field, found \"a\"b\""),
        ("1,\"a\"b,1", "expected a closing quote at the end of the field, found \"\"a\"b,1\""),
        ("1,a\u{0}b,1", "expected text, found a NUL byte"),
    ]

    private func run<R: Decodable & Sendable & Equatable>(
        _ text: [UInt8], as type: R.Type, in folder: WorkFolder, policy: BadRecordPolicy, blockSize: Int,
        parallelism: Int
    ) throws -> [R] {
        let path = try folder.write(text, to: "a.csv")
        let job = Job()
        let rows = job.records(
            .csv([path], of: R.self, format: .rfc4180, blockSize: blockSize), of: R.self, kind: "readCSV",
            onError: policy
        ).collect()
        try job.run(JobConfiguration(parallelism: parallelism, batchSize: 2))
        return rows.elements
    }

    private func check<R: Decodable & Sendable & Equatable>(
        _ bad: String, _ message: String, as type: R.Type
    ) throws {
        let folder = try WorkFolder()
        let good = (0..<20).map { "\($0),\"n\n\($0)\",0.5\n" }
        // The defect stands on line 1 + 2·7 + 1, and again further down.
        let text =
            "id,name,price\n" + good[..<7].joined() + bad + "\n" + good[7..<15].joined() + bad + "\n"
            + good[15...].joined()
        for blockSize in Self.blockSizes {
            for parallelism in [1, 2, 3, 7] {
                let error = try #require(throws: OperatorError.self) {
                    _ = try run(
                        Array(text.utf8), as: type, in: folder, policy: .fail, blockSize: blockSize,
                        parallelism: parallelism)
                }
                #expect(folder.relative(error.underlying) == "a.csv:16: \(message)")
                let reports = Reports()
                let rows = try run(
                    Array(text.utf8), as: type, in: folder, policy: .report { reports.add($0) },
                    blockSize: blockSize, parallelism: parallelism)
                #expect(rows.count == 20)
                #expect(reports.sorted.map(folder.relative) == [16, 33].map { "a.csv:\($0): \(message)" })
            }
        }
    }

    @Test(arguments: defects)
    func refusedWithItsLine(bad: String, message: String) throws {
        try check(bad, message, as: Row.self)
    }

    @Test(arguments: defects)
    func refusedThroughCodableToo(bad: String, message: String) throws {
        // The splitter sees the quotes before it counts the fields.
        try check(bad, message, as: CodableRow.self)
    }

    @Test func invalidUTF8() throws {
        let folder = try WorkFolder()
        for type in 0..<2 {
            let text = Array("id,name,price\n1,a,1\n2,".utf8) + [0xFF] + Array(",3\n".utf8)
            let error = try #require(throws: OperatorError.self) {
                if type == 0 {
                    _ = try run(text, as: Row.self, in: folder, policy: .fail, blockSize: 5, parallelism: 2)
                } else {
                    _ = try run(text, as: CodableRow.self, in: folder, policy: .fail, blockSize: 5, parallelism: 2)
                }
            }
            #expect(folder.relative(error.underlying) == "a.csv:3: expected UTF-8, found \"\u{FFFD}\"")
        }
    }

    @Test(arguments: blockSizes)
    func aQuoteThatIsNeverClosed(blockSize: Int) throws {
        let folder = try WorkFolder()
        let text = "id,name,price\n1,a,1\n2,\"b,3\n3,c,4\n"
        for parallelism in [1, 3] {
            let error = try #require(throws: OperatorError.self) {
                _ = try run(
                    Array(text.utf8), as: Row.self, in: folder, policy: .fail, blockSize: blockSize,
                    parallelism: parallelism)
            }
            #expect(
                folder.relative(error.underlying) == "a.csv:3: expected a closing quote, found none behind \"\"b,3\"")
        }
    }

    @Test func aRecordThatIsTooLong() throws {
        let folder = try WorkFolder()
        let rest = String(repeating: "4,d,5\n", count: 1000)
        let path = try folder.write("id,name,price\n1,a,1\n2,\"b,3\n" + rest, to: "a.csv")
        func error(_ policy: BadRecordPolicy) throws -> String {
            let job = Job()
            let format = CSVFormat(longestRecord: 1000)
            _ = job.records(
                .csv([path], of: Row.self, format: format, blockSize: 64), of: Row.self, kind: "readCSV",
                onError: policy
            ).collect()
            return folder.relative(try #require(throws: OperatorError.self) { try job.run() }.underlying)
        }
        #expect(try error(.fail) == "a.csv:3: expected a closing quote, found none behind \"\"b,3\"")
        // What follows cannot be told from the field's text.
        #expect(try error(.skip) == "a.csv: expected lines of at most 0 MiB")
    }

    @Test func refusedRecordsAsAStream() throws {
        let folder = try WorkFolder()
        let path = try folder.write("id,name,price\n1,a,1\nx,b,1\n2,c,1\n3,d\n", to: "a.csv")
        let job = Job()
        let (rows, refused) = job.csvAndRefused([path], of: Row.self)
        let (kept, bad) = (rows.map { $0.id }.collect(), refused.map { "\($0.line)" }.collect())
        let result = try job.run(JobConfiguration(parallelism: 2))
        #expect(kept.elements.sorted() == [1, 2])
        #expect(bad.elements.sorted() == ["3", "5"])
        #expect(result.accumulators == ["readCSV.refused": 2])
    }

    @Test(arguments: [
        ("id,name\n1,a\n", "a.csv: expected a column \"price\", found none"),
        ("id,name,price,id\n1,a,1,2\n", "a.csv: expected one column \"id\", found several"),
        ("id,\"name\n1,a\n", "a.csv:1: expected a closing quote, found none behind \"\"name\""),
    ])
    func headers(text: String, message: String) throws {
        let folder = try WorkFolder()
        let error = try #require(throws: OperatorError.self) {
            _ = try run(
                Array(text.utf8), as: Row.self, in: folder, policy: .skip, blockSize: 4, parallelism: 2)
        }
        #expect(folder.relative(error.underlying) == message)
        if text.hasPrefix("id,name\n") {
            let error = try #require(throws: OperatorError.self) {
                _ = try run(
                    Array(text.utf8), as: CodableRow.self, in: folder, policy: .skip, blockSize: 4, parallelism: 2)
            }
            #expect(folder.relative(error.underlying) == message)
        }
    }

    @Test func fieldsByPositionThroughCodable() throws {
        let folder = try WorkFolder()
        for (text, message) in [
            ("1,a,2\n3,b\n", "a.csv:2: expected a value for \"price\", found the end of the record"),
            ("1,a,2,x\n", "a.csv:1: expected at most 3 fields, found \"x\""),
        ] {
            let path = try folder.write(text, to: "a.csv")
            let job = Job()
            _ = job.csv([path], of: CodableRow.self, format: CSVFormat(hasHeader: false)).collect()
            let error = try #require(throws: OperatorError.self) { try job.run(JobConfiguration(parallelism: 2)) }
            #expect(folder.relative(error.underlying) == message)
        }
    }

    @Test func filesThatAreNotThere() throws {
        let folder = try WorkFolder()
        let job = Job()
        _ = job.csv([folder.at("none.csv")], of: Row.self).collect()
        let error = try #require(throws: OperatorError.self) { try job.run(JobConfiguration(parallelism: 2)) }
        #expect(folder.relative(error.underlying) == "none.csv: no such file or folder")
    }
}
