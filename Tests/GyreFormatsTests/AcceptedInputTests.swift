import GyreFormats
import Testing

/// What every reader has to take.
struct AcceptedInputTests {
    private typealias Edge = LoadedEdges.Edge

    private func load(_ content: String, as name: String = "a.txt") throws -> LoadedEdges {
        let folder = TemporaryFolder()
        return try LoadedEdges.load([folder.write(content, to: name)])
    }

    @Test(
        arguments: [
            "1 2\n3 4\n", "1 2\n3 4", "1 2\r\n3 4\r\n", "\u{FEFF}1 2\n3 4\n", "1\t2\n3,4\n", "  1   2 \n3 , 4\n",
            "# c\n1 2\n\n% c\n  \n3 4\n", "01 +2\n3 4\n", "1 2 1\n3 4 1.0\n", "\n\r\n1 2\n3 4\n\n",
        ] as [String])
    func twoEdges(_ content: String) throws {
        for name in ["a.txt", "a.csv", "a", "a.b.tsv"] {
            let loaded = try load(content, as: name)
            #expect(loaded.isInteger)
            #expect(loaded.edges == [Edge("1", "2"), Edge("3", "4")])
        }
    }

    @Test(arguments: ["", "\n", "# nothing\n", "\u{FEFF}", "\r\n"])
    func noEdges(_ content: String) throws {
        for name in ["a.txt", "a.csv", "a.e"] { #expect(try load(content, as: name).edges.isEmpty) }
    }

    @Test(arguments: [
        "source,target\n", "Source,Target,Weight\r\n", "\u{FEFF}\"source\",\"target\"\n", "source,target",
    ])
    func headerOfCSV(_ header: String) throws {
        #expect(try load(header, as: "a.csv").edges.isEmpty)
        let loaded = try load(header + "\n7,8\n", as: "a.csv")
        #expect(loaded.edges == [Edge("7", "8")])
    }

    @Test func headerIsAnEdgeElsewhere() throws {
        #expect(try load("source,target\n").edges == [Edge("source", "target")])
    }

    @Test func textIdentifiers() throws {
        let loaded = try load("1 2\nada grace 0.5\n99999999999999999999 ü\n")
        #expect(!loaded.isInteger)
        #expect(loaded.edges == [Edge("1", "2"), Edge("ada", "grace", 0.5), Edge("99999999999999999999", "ü")])
    }

    @Test func quotedFields() throws {
        let loaded = try load("\"a \"\"b\"\"\",\"c,d\", 2\nNew York,Rome\n\"#x\" y\n\"1\",2\n", as: "a.csv")
        #expect(
            loaded.edges == [
                Edge("a \"b\"", "c,d", 2), Edge("New York", "Rome"), Edge("#x", "y"), Edge("1", "2"),
            ])
        #expect(try load("\"1\",\"2\"\n", as: "a.csv").isInteger)
    }

    @Test func blanksInsideFieldsOfCSV() throws {
        #expect(try load("1 2,3\n", as: "a.csv").edges == [Edge("1 2", "3")])
        #expect(try load("1 2,3\n").edges == [Edge("1", "2", 3)])
    }

    @Test func extremeIntegers() throws {
        let loaded = try load("9223372036854775807 -9223372036854775808\n1234567890123456 12345678901234567\n")
        #expect(loaded.isInteger)
        #expect(
            loaded.edges == [
                Edge("9223372036854775807", "-9223372036854775808"), Edge("1234567890123456", "12345678901234567"),
            ])
    }

    @Test func matrices() throws {
        let general = "%%MatrixMarket matrix coordinate Real General\n% c\n\n3 4 2\n1 4 0.5\n% c\n3 3 2e0\n"
        #expect(try load(general, as: "a.mtx").edges == [Edge("1", "4", 0.5), Edge("3", "3", 2)])
        let symmetric = "%%MatrixMarket matrix coordinate pattern symmetric\n9 9 2\n2 1\n3 3\n"
        #expect(try load(symmetric, as: "a.mtx").edges == [Edge("2", "1"), Edge("1", "2"), Edge("3", "3")])
    }

    @Test func symmetricMatrixInTheOrderOfItsLines() throws {
        let matrix = "%%MatrixMarket matrix coordinate real symmetric\n9 9 4\n2 1 5\n3 3 1\n 9 1 2\n4 2 7\n"
        #expect(
            try load(matrix, as: "a.mtx").edges == [
                Edge("2", "1", 5), Edge("1", "2", 5), Edge("3", "3", 1), Edge("9", "1", 2), Edge("1", "9", 2),
                Edge("4", "2", 7), Edge("2", "4", 7),
            ])
    }

    @Test func sizeOfAMatrix() throws {
        let folder = TemporaryFolder()
        let path = folder.write("%%MatrixMarket matrix coordinate integer general\n3 7 0\n", to: "a.mtx")
        let block = try #require(try EdgeListReader(files: [InputFile(path: path)]).next())
        guard case .matrixMarket(let header) = block.dialect else {
            Issue.record("no matrix")
            return
        }
        #expect(header.vertices == 7)
        #expect(header.rows == 3)
    }

    @Test func archivesOfSeveralParts() throws {
        let folder = TemporaryFolder()
        let gzip = folder.write(Archives.gzip + Archives.gzip + [0, 0, 0], to: "a.txt.gz")
        let zstandard = folder.write(Archives.zstandard + Archives.zstandard, to: "a.txt.zst")
        for path in [gzip, zstandard] {
            for blockSize in [1, 3, 1 << 20] {
                let loaded = try LoadedEdges.load([path], blockSize: blockSize)
                #expect(loaded.edges == [Edge("1", "2"), Edge("3", "4"), Edge("1", "2"), Edge("3", "4")])
            }
        }
    }

    @Test func lineOfTenMegabytes() throws {
        let folder = TemporaryFolder()
        let long = String(repeating: "x", count: 10_000_000)
        let path = folder.write("a b\n\(long) c\nd e", to: "a.txt")
        let loaded = try LoadedEdges.load([path])
        #expect(loaded.edges.map(\.source.utf8.count) == [1, 10_000_000, 1])
        #expect(loaded.lines == 3)
    }

    @Test func foldersAndPatternsGoByName() throws {
        let folder = TemporaryFolder()
        for name in ["b.txt", "a.txt", "10.txt", ".hidden", "c.csv"] { folder.write("", to: name) }
        let names = { (inputs: [String]) in
            let files = try InputFiles.resolve(inputs.map { folder.at($0) })
            return files.map { String($0.path.dropFirst(folder.path.count + 1)) }
        }
        #expect(try names([""]) == ["10.txt", "a.txt", "b.txt", "c.csv"])
        #expect(try names(["[ab].txt", "c.csv"]) == ["a.txt", "b.txt", "c.csv"])
        folder.write("", to: "[ab].txt")
        #expect(try names(["[ab].txt"]) == ["[ab].txt"])
    }

    @Test func vertices() throws {
        let folder = TemporaryFolder()
        let path = folder.write("5\r\n# c\n\n 7 \n-1", to: "a.v")
        let block = try #require(try TextBlockReader(files: [InputFile(path: path)]).next())
        var vertices: [Int64] = []
        #expect(VertexListParser().parse(block, into: &vertices) { _ in .stop } == .done(lines: 5))
        #expect(vertices == [5, 7, -1])
        let mixed = folder.write("5\nx\ny z\n", to: "b.v")
        let other = try #require(try TextBlockReader(files: [InputFile(path: mixed)]).next())
        #expect(VertexListParser().parse(other, into: &vertices) { _ in .stop } == .notInteger(line: 2))
        var ranges: [TextRange] = []
        var defects: [RecordDefect] = []
        let outcome = VertexListParser().parse(other, into: &ranges) {
            defects.append($0.defect)
            return .skip
        }
        #expect(outcome == .done(lines: 3))
        #expect(ranges.map { String(decoding: other.bytes($0), as: UTF8.self) } == ["5", "x"])
        #expect(defects == [.moreThanOneIdentifier(found: "z")])
    }
}
