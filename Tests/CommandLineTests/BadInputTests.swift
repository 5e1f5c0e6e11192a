import Glibc
import GyreFormats
import Testing

extension CommandLineTests {
    /// Readers × defects: what the command says to each broken input, and its exit code.
    struct BadInputTests {
        enum Defect: CaseIterable, Sendable {
            case missing, folder, unreadable, truncatedLine, nonNumber, outOfRange, notANumber, missingField,
                extraField,
                invalidUTF8, nulByte, tornGzip, tornZstandard
        }

        typealias Row = InputCase<Defect>

        /// What cannot be said wrongly in a reader's form.
        static let impossible: [InputReader: Set<Defect>] = [
            // An identifier is any text of one field, and it is the only field.
            .vertices: [.truncatedLine, .nonNumber, .outOfRange, .notANumber, .missingField]
        ]

        private static let matrix = "%%MatrixMarket matrix coordinate real general\n3 3 2\n1 2 1\n"
        /// Ten bytes of head and the beginning of the content.
        private static let gzip: [UInt8] = [31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 51, 84]
        private static let zstandard: [UInt8] = [40, 181, 47, 253, 4, 88, 65, 0, 0, 49, 32, 50]

        /// The forms whose lines are `source target weight`, with their separators.
        private static func lines(_ reader: InputReader, _ separator: String) -> [Row] {
            let name = reader.fileName
            func row(_ defect: Defect, _ line: String, _ message: String) -> Row {
                let text = "1 2\n\(line)".replacing(" ", with: separator)
                return Row(reader, defect, text, code: 65, "\(name):2: \(message)")
            }
            return [
                row(.truncatedLine, "3", "expected a target, found the end of the line"),
                row(.nonNumber, "3 4 x\n", "expected a weight, found \"x\""),
                row(.outOfRange, "3 4 1e999\n", "expected a finite weight, found \"1e999\""),
                row(.notANumber, "3 4 nan\n", "expected a finite weight, found \"nan\""),
                row(.missingField, "3\n5 6\n", "expected a target, found the end of the line"),
                row(.extraField, "3 4 5 6\n", "expected at most 3 fields, found \"6\""),
                row(.nulByte, "3\u{0} 4\n", "expected text, found a NUL byte"),
                Row(
                    reader, .invalidUTF8,
                    bytes: Array("1\(separator)2\n".utf8) + [0xFF] + Array("\(separator)3\n".utf8),
                    code: 65, "\(name):2: expected UTF-8, found \"\u{FFFD}\(separator)3\""),
            ]
        }

        private static var matrices: [Row] {
            let reader = InputReader.edges(.matrixMarket)
            func row(_ defect: Defect, _ line: String, _ message: String) -> Row {
                Row(reader, defect, matrix + line, code: 65, "bad.mtx\(message)")
            }
            return [
                row(.truncatedLine, "3", ":4: expected a target, found the end of the line"),
                row(.truncatedLine, "", ": expected 2 entries, found 1"),
                row(.nonNumber, "1 1 x\n", ":4: expected a weight, found \"x\""),
                row(.outOfRange, "4 1 1\n", ":4: expected an index from 1 to 3, found \"4\""),
                row(.notANumber, "1 1 nan\n", ":4: expected a finite weight, found \"nan\""),
                row(.missingField, "1 1\n", ":4: expected a weight, found the end of the line"),
                row(.extraField, "1 1 1 1\n", ":4: expected at most 3 fields, found \"1\""),
                row(.nulByte, "1 1\u{0} 1\n", ":4: expected text, found a NUL byte"),
                Row(
                    reader, .invalidUTF8, bytes: Array((matrix + "1 1 ").utf8) + [0xFF, 10], code: 65,
                    "bad.mtx:4: expected UTF-8, found \"1 1 \u{FFFD}\""),
            ]
        }

        private static let vertices = [
            Row(.vertices, .extraField, "1\n2 3\n", code: 65, "bad.v:2: expected one identifier, found also \"3\""),
            Row(.vertices, .nulByte, "1\n2\u{0}\n", code: 65, "bad.v:2: expected text, found a NUL byte"),
            Row(
                .vertices, .invalidUTF8, bytes: [49, 10, 0xFF, 10], code: 65,
                "bad.v:2: expected UTF-8, found \"\u{FFFD}\""),
        ]

        /// What is wrong with a file whatever is in it.
        private static func files(_ reader: InputReader) -> [Row] {
            let name = reader.fileName
            let folder =
                reader == .vertices ? "expected a file, found a folder" : "expected files, found an empty folder"
            return [
                Row(reader, .missing, bytes: nil, code: 66, "\(name): no such file or folder"),
                Row(reader, .folder, bytes: nil, name: "folder", code: 66, "folder: \(folder)"),
                Row(
                    reader, .unreadable, bytes: nil, name: "loop", code: 66,
                    "loop: cannot be read: Too many levels of symbolic links"),
                Row(reader, .tornGzip, bytes: gzip, ending: ".gz", code: 65, "\(name).gz: the archive ends early"),
                Row(
                    reader, .tornZstandard, bytes: zstandard, ending: ".zst", code: 65,
                    "\(name).zst: the archive ends early"),
            ]
        }

        static let rows =
            lines(.edges(.edgeList), " ") + lines(.edges(.csv), ",") + lines(.edges(.ldbc), " ") + matrices + vertices
            + InputReader.all.flatMap(files)

        @Test("Refused with one line that names the place", arguments: rows)
        func refused(_ row: Row) throws {
            let folder = try WorkFolder()
            let outcome = try row.run("pagerank", in: folder, shell: "mkdir folder; ln -s loop loop")
            #expect(outcome.code == row.code)
            #expect(outcome.errors == "gyre: \(row.text)\n")
            #expect(outcome.output == "")
            #expect(folder.names == (["folder", "loop"] + (row.content == nil ? [] : [row.name])).sorted())
        }

        @Test("Every reader has a row for every defect", arguments: InputReader.all)
        func complete(reader: InputReader) {
            let found = Set(Self.rows.filter { $0.reader == reader }.map(\.kind))
            let expected = Set(Defect.allCases).subtracting(Self.impossible[reader, default: []])
            #expect(found == expected)
        }

        @Test("A file without permission", .enabled(if: geteuid() != 0, "root may read everything"))
        func permission() throws {
            let folder = try WorkFolder()
            try folder.write("1 2\n", to: "edges.txt")
            let outcome = try folder.run("graph", "pagerank", "edges.txt", shell: "chmod 0 edges.txt")
            #expect(outcome.code == 66)
            #expect(outcome.errors == "gyre: edges.txt: cannot be read: Permission denied\n")
        }
    }

    /// Readers × what each has to take.
    struct AcceptedInputTests {
        enum Quirk: CaseIterable, Sendable {
            case carriageReturns, byteOrderMark, noFinalNewline, lineOfTenMegabytes, empty
        }

        typealias Row = InputCase<Quirk>

        private static func rows(
            _ reader: InputReader, _ text: String, comment: String = "#", empty: String = "", _ result: String,
            emptyResult: String = ""
        ) -> [Row] {
            let header = "vertex,component\n"
            // Behind the first line, which may be a banner.
            let first = String(text.prefix { $0 != "\n" })
            let long = first + "\n\(comment)\(String(repeating: "x", count: 10_000_000))" + text.dropFirst(first.count)
            return [
                Row(reader, .carriageReturns, text.replacing("\n", with: "\r\n"), code: 0, header + result),
                Row(reader, .byteOrderMark, "\u{FEFF}" + text, code: 0, header + result),
                Row(reader, .noFinalNewline, String(text.dropLast()), code: 0, header + result),
                Row(reader, .lineOfTenMegabytes, long, code: 0, header + result),
                Row(reader, .empty, empty, code: 0, header + emptyResult),
            ]
        }

        private static let pairs = "1,1\n2,1\n3,3\n4,3\n"
        private static let banner = "%%MatrixMarket matrix coordinate real general\n"

        static let rows =
            rows(.edges(.edgeList), "1 2\n3 4\n", pairs) + rows(.edges(.csv), "1,2\n3,4\n", pairs)
            + rows(.edges(.ldbc), "1 2\n3 4\n", pairs)
            + rows(
                .edges(.matrixMarket), banner + "4 4 2\n1 2 1\n3 4 1\n", comment: "%", empty: banner + "0 0 0\n", pairs)
            + rows(.vertices, "3\n4\n", "1,1\n2,1\n3,3\n4,4\n", emptyResult: "1,1\n2,1\n")

        @Test("Taken as it is meant", arguments: rows)
        func taken(_ row: Row) throws {
            let outcome = try row.run("connected-components", in: WorkFolder())
            #expect(outcome.code == row.code)
            #expect(outcome.errors == "")
            #expect(outcome.output == row.text)
        }

        @Test("Every reader has a row for all that it must take", arguments: InputReader.all)
        func complete(reader: InputReader) {
            #expect(Set(Self.rows.filter { $0.reader == reader }.map(\.kind)) == Set(Quirk.allCases))
        }

        @Test("An identifier of 10 MB")
        func longIdentifier() throws {
            let folder = try WorkFolder()
            let long = String(repeating: "x", count: 10_000_000)
            try folder.write("\(long) b\n", to: "edges.txt")
            let outcome = try folder.run("graph", "bfs", "edges.txt", "--source", "b", "-o", "levels.csv")
            #expect(outcome.code == 0)
            #expect(try folder.read("levels.csv") == "vertex,distance\nb,0\n\(long),\n")
        }
    }
}
