import Glibc
import GyreFormats
import Testing

/// Readers × defects: what each reader says to each broken input.
struct RefusedInputTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var content: [UInt8]
        var message: String

        init(_ name: String, _ content: String, _ message: String) {
            self.init(name, bytes: Array(content.utf8), message)
        }

        init(_ name: String, bytes: [UInt8], _ message: String) {
            self.name = name
            content = bytes
            self.message = "\(name)\(message)"
        }

        var testDescription: String { message }
    }

    private static let banner = "%%MatrixMarket matrix coordinate real general\n"
    private static let pattern = "%%MatrixMarket matrix coordinate pattern symmetric\n"

    static let cases: [Case] = [
        Case("a.txt", "1 2\n3\n", ":2: expected a target, found the end of the line"),
        Case("a.txt", "1 2\n3 \r\n", ":2: expected a target, found the end of the line"),
        Case("a.txt", "1 2\nx\n", ":2: expected a target, found the end of the line"),
        Case("a.txt", "1,,2\n", ":1: expected a target, found the end of the line"),
        Case("a.txt", ",2\n", ":1: expected a source, found the end of the line"),
        Case("a.txt", "1,2,\n", ":1: expected a weight, found the end of the line"),
        Case("a.txt", "#\n\n1 2 x\n", ":3: expected a weight, found \"x\""),
        Case("a.txt", "a b x\n", ":1: expected a weight, found \"x\""),
        Case("a.txt", "1 2 0x10\n", ":1: expected a weight, found \"0x10\""),
        Case("a.txt", "1 2 1.5.5\n", ":1: expected a weight, found \"1.5.5\""),
        Case("a.txt", "1 2 1e\n", ":1: expected a weight, found \"1e\""),
        Case("a.txt", "1 2 .\n", ":1: expected a weight, found \".\""),
        Case("a.txt", "1 2 nan\n", ":1: expected a finite weight, found \"nan\""),
        Case("a.txt", "1 2 -inf\n", ":1: expected a finite weight, found \"-inf\""),
        Case("a.txt", "1 2 1e999\n", ":1: expected a finite weight, found \"1e999\""),
        Case("a.txt", "1 2 -0.5\n", ":1: expected a weight of at least 0, found \"-0.5\""),
        Case("a.txt", "1 2 3 4\n", ":1: expected at most 3 fields, found \"4\""),
        Case("a.txt", "a b 3 c d e\n", ":1: expected at most 3 fields, found \"c\""),
        Case("a.txt", bytes: Array("1 2\na\u{0} b\n".utf8), ":2: expected text, found a NUL byte"),
        Case("a.txt", bytes: Array("1 2\na ".utf8) + [0xFF, 10], ":2: expected UTF-8, found \"a \u{FFFD}\""),
        Case("a.txt", bytes: [0x31, 0x20, 0xC3], ":1: expected UTF-8, found \"1 \u{FFFD}\""),
        Case(
            "a.txt", "1 2 " + String(repeating: "w", count: 99),
            ":1: expected a weight, found \"" + String(repeating: "w", count: 40) + "…\""),
        Case("a.e", "1 2 3 4\n", ":1: expected at most 3 fields, found \"4\""),
        Case("a.csv", "source,target\n1,2\n3\n", ":3: expected a target, found the end of the line"),
        Case("a.csv", "a,b,1,2\n", ":1: expected at most 3 fields, found \"2\""),
        Case("a.csv", "\"a,b\n", ":1: expected a closing quote at the end of the field, found \"\"a,b\""),
        Case("a.csv", "\"a\"b,c\n", ":1: expected a closing quote at the end of the field, found \"\"a\"b,c\""),
        Case("a.csv", "source,target,wait\n", ":1: expected a weight, found \"wait\""),
        Case("a.mtx", "", ":1: expected \"%%MatrixMarket matrix coordinate …\", found \"\""),
        Case("a.mtx", "1 2\n", ":1: expected \"%%MatrixMarket matrix coordinate …\", found \"1 2\""),
        Case(
            "a.mtx", "%%MatrixMarket matrix array real general\n",
            ":1: expected coordinate, real, integer or pattern, general or symmetric, found \"array real general\""),
        Case("a.mtx", banner, ":1: expected rows, columns and entries, found \"\""),
        Case("a.mtx", banner + "%\n3 3\n", ":3: expected rows, columns and entries, found \"3 3\""),
        Case("a.mtx", pattern + "3 4 1\n1 1\n", ":2: expected rows, columns and entries, found \"3 4 1\""),
        Case("a.mtx", banner + "3 3 1\n0 1 1\n", ":3: expected an index from 1 to 3, found \"0\""),
        Case("a.mtx", banner + "2 3 1\n3 1 1\n", ":3: expected an index from 1 to 2, found \"3\""),
        Case("a.mtx", banner + "3 3 1\nx 1 1\n", ":3: expected an integer, found \"x\""),
        Case("a.mtx", banner + "3 3 1\n1 1\n", ":3: expected a weight, found the end of the line"),
        Case("a.mtx", pattern + "3 3 1\n2 1 1\n", ":3: expected at most 2 fields, found \"1\""),
        Case("a.mtx", banner + "3 3 2\n1 1 1\n", ": expected 2 entries, found 1"),
        Case("a.mtx", banner + "3 3 1\n1 1 1\n1 2 1\n", ": expected 1 entries, found 2"),
        Case("a.gz", bytes: [], ": the archive ends early"),
        Case("a.gz", bytes: Array(Archives.gzip.dropLast(4)), ": the archive ends early"),
        Case("a.gz", bytes: Archives.gzip + Archives.gzip.prefix(12), ": the archive ends early"),
        Case("a.gz", "1 2\n", ": not a valid gzip archive"),
        Case("a.gz", bytes: Archives.gzip + [1, 2, 3], ": not a valid gzip archive"),
        Case("a.zst", bytes: [], ": the archive ends early"),
        Case("a.zst", bytes: Array(Archives.zstandard.dropLast()), ": the archive ends early"),
        Case("a.zst", bytes: Archives.zstandard + Archives.zstandard.prefix(9), ": the archive ends early"),
        Case("a.zst", "1 2\n3 4\n5 6\n", ": not a valid zstd archive"),
    ]

    @Test(arguments: cases)
    func refusedWithItsText(_ refused: Case) throws {
        let folder = TemporaryFolder()
        let path = folder.write(refused.content, to: refused.name)
        for blockSize in [1, 7, TextBlockReader.defaultBlockSize] {
            let error = #expect(throws: FormatError.self) {
                try LoadedEdges.load([path], blockSize: blockSize)
            }
            guard let error else { return }
            #expect(folder.relative(error) == refused.message)
            #expect(error.category == .data)
        }
    }

    @Test func firstBadRecordOfSeveralFiles() throws {
        let folder = TemporaryFolder()
        folder.write("1 2\n\n3 4\n", to: "a.txt")
        folder.write("1 2\n3 4 x\n5\n", to: "b.txt")
        let error = try #require(throws: FormatError.self) { try LoadedEdges.load([folder.path]) }
        #expect(folder.relative(error) == "b.txt:2: expected a weight, found \"x\"")
    }

    @Test func skippedRecordsKeepTheIntegers() throws {
        let folder = TemporaryFolder()
        let path = folder.write("1 2\na b c d\n3\n4 5 -1\n6 7 2\n", to: "a.txt")
        let loaded = try LoadedEdges.load([path], isSkipping: true)
        #expect(loaded.isInteger)
        #expect(loaded.edges == [.init("1", "2"), .init("6", "7", 2)])
        #expect(loaded.rejected.map(\.line) == [2, 3, 4])
    }

    @Test func inputsThatAreNotThere() throws {
        let folder = TemporaryFolder()
        mkdir(folder.at("empty"), 0o755)
        symlink("loop", folder.at("loop"))
        let expected = [
            ("none.txt", "none.txt: no such file or folder"),
            ("*.none", "*.none: no file matches"),
            ("empty", "empty: expected files, found an empty folder"),
            ("loop", "loop: cannot be read: Too many levels of symbolic links"),
        ]
        for (name, message) in expected {
            let error = try #require(throws: FormatError.self) { try InputFiles.resolve([folder.at(name)]) }
            #expect(folder.relative(error) == message)
            #expect(error.category == .noInput)
        }
        let error = try #require(throws: FormatError.self) { try InputFiles.file(folder.at("empty")) }
        #expect(folder.relative(error) == "empty: expected a file, found a folder")
        #expect(throws: FormatError.standardInputTwice) { try InputFiles.resolve(["-", "-"]) }
    }

    @Test(.enabled(if: geteuid() != 0, "root may read everything"))
    func fileWithoutPermission() throws {
        let folder = TemporaryFolder()
        let path = folder.write("1 2\n", to: "a.txt")
        chmod(path, 0)
        let error = try #require(throws: FormatError.self) { try InputFiles.resolve([path]) }
        #expect(folder.relative(error) == "a.txt: cannot be read: Permission denied")
    }
}
