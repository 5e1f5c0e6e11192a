import Gyre
import GyreTesting
import Testing

/// Formats with a record a line: what is read, what is refused, and what comes back.
struct LineFormatTests {
    private static let blockSizes = [1, 7, TextBlockReader.defaultBlockSize]

    struct Point: Codable, Sendable, Equatable {
        struct Inner: Codable, Equatable { var value: Int }
        var id: Int
        var name: String?
        var inner: Inner
    }

    private func collect<Row: Sendable>(
        _ bytes: [UInt8], parallelism: Int = 1, onError: BadRecordPolicy = .fail, in folder: WorkFolder,
        blockSize: Int, _ makeParser: @escaping @Sendable () -> LineParser<Row>
    ) throws -> [Row] {
        let path = try folder.write(bytes, to: "a.txt")
        let job = Job()
        let rows = job.records(
            .lines([path], blockSize: blockSize, makeParser: makeParser), of: Row.self, kind: "read", onError: onError
        ).collect()
        try job.run(JobConfiguration(parallelism: parallelism, batchSize: 2))
        return rows.elements
    }

    @Test(arguments: blockSizes)
    func textLines(blockSize: Int) throws {
        let folder = try WorkFolder()
        let cases: [(String, [String])] = [
            ("", []), ("\n", [""]), ("a", ["a"]), ("a\r\nb\n\n é \r\n", ["a", "b", "", " é "]),
            ("\u{FEFF}a\nb\r", ["a", "b"]), ("a\rb\n", ["a\rb"]),
        ]
        for (text, expected) in cases {
            let lines = try collect(Array(text.utf8), in: folder, blockSize: blockSize) {
                LineParser { String(decoding: $0, as: UTF8.self) }
            }
            #expect(lines == expected)
        }
    }

    @Test(arguments: [1, 2, 3, 7])
    func roundTripsOfLines(parallelism: Int) throws {
        let folder = try WorkFolder()
        let points = (0..<300).map { (row: Int) -> Point in
            let name: String? = row.isMultiple(of: 3) ? nil : "né \"\(row)\"\n"
            return Point(id: row, name: name, inner: .init(value: -row))
        }
        let sparse = (0..<300).map { (row: Int) -> SparseRow in
            let count = row % 7
            let indices: [Int32] = (0..<count).map { Int32($0 * 3 + 1) }
            let values: [Double] = (0..<count).map { Double($0) / 7 }
            let query: Int64? = row.isMultiple(of: 2) ? nil : Int64(row)
            return SparseRow(label: Double(row % 5) - 1.5, query: query, indices: indices, values: values)
        }
        let lines = (0..<300).map { $0 % 10 == 0 ? "" : "line \($0) é" }
        let job = Job()
        job.elements(points).writeJSONLines(to: folder.at("p.jsonl.zst"))
        job.elements(sparse).writeLIBSVM(to: folder.at("s"), as: .oneAPartition())
        job.elements(lines).writeText(to: folder.at("t.txt.gz"))
        try job.run(JobConfiguration(parallelism: parallelism, batchSize: 7))
        #expect(folder.names == ["p.jsonl.zst", "s", "t.txt.gz"])
        let reading = Job()
        let back = (
            reading.jsonLines([folder.at("p.jsonl.zst")], of: Point.self).collect(),
            reading.libsvm([folder.at("s")]).collect(), reading.textLines([folder.at("t.txt.gz")]).collect()
        )
        try reading.run(JobConfiguration(parallelism: 1))
        #expect(back.0.elements == points)
        #expect(back.1.elements == sparse)
        #expect(back.2.elements == lines)
    }

    @Test func sparseRowsInEachForm() throws {
        let folder = try WorkFolder()
        let text = "# head\n+1 1:0.5 7:-2e3 # tail\r\n\n -1\n2.5 qid:9 2:1\t3:4\n"
        let rows = try collect(Array(text.utf8), in: folder, blockSize: 16) { SparseRow.parser() }
        #expect(
            rows == [
                SparseRow(label: 1, indices: [1, 7], values: [0.5, -2000]),
                SparseRow(label: -1, indices: [], values: []),
                SparseRow(label: 2.5, query: 9, indices: [2, 3], values: [1, 4]),
            ])
    }

    private static let sparseDefects: [(String, String)] = [
        ("x 1:2", "expected a finite label, found \"x\""),
        ("nan 1:2", "expected a finite label, found \"nan\""),
        ("1:2", "expected a finite label, found \"1:2\""),
        ("1 2", "expected index:value, found \"2\""),
        ("1 2:", "expected a finite value, found \"2:\""),
        ("1 2:x", "expected a finite value, found \"2:x\""),
        ("1 2:inf", "expected a finite value, found \"2:inf\""),
        ("1 2:1e999", "expected a finite value, found \"2:1e999\""),
        ("1 0:1", "expected an index from 1 to 2147483647, found \"0:1\""),
        ("1 2147483648:1", "expected an index from 1 to 2147483647, found \"2147483648:1\""),
        ("1 x:1", "expected an index from 1 to 2147483647, found \"x:1\""),
        ("1 3:1 3:1", "expected an index above 3, found \"3:1\""),
        ("1 3:1 2:1", "expected an index above 3, found \"2:1\""),
        ("1 qid:x 2:1", "expected an integer behind qid, found \"qid:x\""),
        ("1 2:1\u{0}", "expected text, found a NUL byte"),
    ]

    private static let jsonDefects: [(String, String)] = [
        ("{\"id\":1,\"inner\":{\"value\":2}", "expected a Point in JSON, found \"{\"id\":1,\"inner\":{\"value\":2}\""),
        (
            "{\"id\":\"x\",\"inner\":{\"value\":2}}",
            "expected a Int for \"id\", found \"{\"id\":\"x\",\"inner\":{\"value\":2}}\""
        ),
        ("{\"inner\":{\"value\":2}}", "expected a value for \"id\", found the end of the record"),
        ("{\"id\":1,\"inner\":{}}", "expected a value for \"inner.value\", found the end of the record"),
        ("{\"id\":1,\"inner\":{\"value\":2}}\u{0}", "expected text, found a NUL byte"),
    ]

    private func check<Row: Sendable>(
        _ bad: [UInt8], _ message: String, good: String, _ makeParser: @escaping @Sendable () -> LineParser<Row>
    ) throws {
        let folder = try WorkFolder()
        let lines = Array(String(repeating: good + "\n", count: 5).utf8)
        for blockSize in Self.blockSizes {
            for parallelism in [1, 3] {
                let error = try #require(throws: OperatorError.self) {
                    _ = try collect(
                        lines + bad + [10] + lines + bad + [10], parallelism: parallelism, in: folder,
                        blockSize: blockSize, makeParser)
                }
                #expect(folder.relative(error.underlying) == "a.txt:6: \(message)")
                let reports = Reports()
                let rows = try collect(
                    lines + bad + [10] + lines + bad, parallelism: parallelism,
                    onError: .report { reports.add($0) }, in: folder, blockSize: blockSize, makeParser)
                #expect(rows.count == 10)
                #expect(reports.sorted.map(\.line) == [6, 12])
            }
        }
    }

    @Test(arguments: sparseDefects)
    func refusedSparseRows(bad: String, message: String) throws {
        try check(Array(bad.utf8), message, good: "1 2:3") { SparseRow.parser() }
    }

    @Test(arguments: jsonDefects)
    func refusedJSON(bad: String, message: String) throws {
        try check(Array(bad.utf8), message, good: "{\"id\":1,\"inner\":{\"value\":2}}") {
            JSONLines.parser(of: Point.self)
        }
    }

    @Test func linesThatAreNoText() throws {
        try check([0x61, 0xFF], "expected UTF-8, found \"a\u{FFFD}\"", good: "a") {
            LineParser { String(decoding: $0, as: UTF8.self) }
        }
    }

    @Test func aStringOfTwoLinesIsNotWritten() throws {
        let folder = try WorkFolder()
        let job = Job()
        job.elements(["a", "b\nc"]).writeText(to: folder.at("out.txt"))
        let error = try #require(throws: OperatorError.self) { try job.run(JobConfiguration(parallelism: 2)) }
        #expect("\(error.underlying)".hasPrefix("expected a line without a line feed, found"))
        #expect(folder.names.isEmpty)
    }
}
