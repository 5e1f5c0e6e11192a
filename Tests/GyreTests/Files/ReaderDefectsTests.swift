import Foundation
import Gyre
import GyreTesting
import Testing

/// Readers × defects: what each source of files says to each broken input. A new reader has to have its rows.
struct ReaderDefectsTests {
    enum Reader: String, CaseIterable, Sendable {
        case csv, text, json, libsvm, npy, records
    }

    enum Defect: CaseIterable, Sendable {
        case missing, emptyFolder, unreadable, truncated, nonNumber, outOfRange, notANumber, missingField, extraField,
            invalidUTF8, nulByte, unclosedQuote, foreign, tornGzip, tornZstandard
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var reader: Reader
        var defect: Defect
        var content: [UInt8]?
        /// Behind the file's name.
        var message: String
        var ending = ""
        var testDescription: String { "\(reader), \(defect): \(message)" }
    }

    struct Item: PlainRecord {
        var id: Int8
        var price: Double
    }

    /// What cannot be said wrongly in a reader's form.
    static let impossible: [Reader: Set<Defect>] = [
        // A field more is a key that nobody asks for.
        .json: [.extraField, .unclosedQuote],
        .csv: [.foreign],
        .libsvm: [.extraField, .unclosedQuote, .foreign],
        // Each line is text, whatever is on it; the last needs no end.
        .text: [
            .truncated, .nonNumber, .outOfRange, .notANumber, .missingField, .extraField, .unclosedQuote, .foreign,
        ],
        // Bits of numbers, all of them allowed.
        .npy: [.nonNumber, .outOfRange, .notANumber, .invalidUTF8, .nulByte, .unclosedQuote],
        .records: [.nonNumber, .outOfRange, .notANumber, .invalidUTF8, .nulByte, .unclosedQuote],
    ]

    private static func text(_ reader: Reader, _ defect: Defect, _ text: String, _ message: String) -> Row {
        Row(reader: reader, defect: defect, content: Array(text.utf8), message: message)
    }

    private static let head = "id,price\n1,2\n"
    private static let object = "{\"id\":1,\"price\":2}\n"

    private static let lines: [Row] = [
        text(.csv, .truncated, head + "3", ":3: expected a value for \"price\", found the end of the record"),
        text(.csv, .nonNumber, head + "x,4\n", ":3: expected an Int8 for \"id\", found \"x\""),
        text(.csv, .outOfRange, head + "128,4\n", ":3: expected an Int8 for \"id\", found \"128\""),
        text(.csv, .notANumber, head + "3,nan\n", ":3: expected a finite number for \"price\", found \"nan\""),
        text(.csv, .missingField, head + "3\n5,6\n", ":3: expected a value for \"price\", found the end of the record"),
        text(.csv, .extraField, head + "3,4,5\n", ":3: expected at most 2 fields, found \"5\""),
        text(.csv, .nulByte, head + "3\u{0},4\n", ":3: expected text, found a NUL byte"),
        text(.csv, .unclosedQuote, head + "\"3,4\n", ":3: expected a closing quote, found none behind \"\"3,4\""),
        Row(
            reader: .csv, defect: .invalidUTF8, content: Array(head.utf8) + [0xFF, 0x2C, 0x34, 10],
            message: ":3: expected UTF-8, found \"\u{FFFD}\""),
        text(.json, .truncated, object + "{\"id\"", ":2: expected a Item in JSON, found \"{\"id\"\""),
        text(.json, .nonNumber, object + "{\"id\":\"x\"}", ":2: expected a Int8 for \"id\", found \"{\"id\":\"x\"}\""),
        text(
            .json, .outOfRange, object + "{\"id\":128,\"price\":1}",
            ":2: expected a Item in JSON, found \"{\"id\":128,\"price\":1}\""),
        text(.json, .notANumber, object + "{\"id\":nan}", ":2: expected a Item in JSON, found \"{\"id\":nan}\""),
        text(
            .json, .missingField, object + "{\"id\":1}",
            ":2: expected a value for \"price\", found the end of the record"),
        text(.json, .nulByte, object + "\u{0}", ":2: expected text, found a NUL byte"),
        text(.json, .foreign, object + "id,price", ":2: expected a Item in JSON, found \"id,price\""),
        Row(
            reader: .json, defect: .invalidUTF8, content: Array(object.utf8) + [0xFF],
            message: ":2: expected UTF-8, found \"\u{FFFD}\""),
        text(.libsvm, .truncated, "1 1:2\n1 2:", ":2: expected a finite value, found \"2:\""),
        text(.libsvm, .nonNumber, "1 1:2\n1 2:x\n", ":2: expected a finite value, found \"2:x\""),
        text(.libsvm, .outOfRange, "1 1:2\n1 0:1\n", ":2: expected an index from 1 to 2147483647, found \"0:1\""),
        text(.libsvm, .notANumber, "1 1:2\n1 2:nan\n", ":2: expected a finite value, found \"2:nan\""),
        text(.libsvm, .missingField, "1 1:2\n1:2\n", ":2: expected a finite label, found \"1:2\""),
        text(.libsvm, .nulByte, "1 1:2\n1\u{0} 1:2\n", ":2: expected text, found a NUL byte"),
        Row(
            reader: .libsvm, defect: .invalidUTF8, content: Array("1 1:2\n".utf8) + [0xFF],
            message: ":2: expected UTF-8, found \"\u{FFFD}\""),
        text(.text, .nulByte, "a\nb\u{0}", ":2: expected text, found a NUL byte"),
        Row(
            reader: .text, defect: .invalidUTF8, content: [0x61, 10, 0xFF],
            message: ":2: expected UTF-8, found \"\u{FFFD}\""),
    ]

    private static func array(_ shape: String, _ count: Int, type: String = "<f8") -> [UInt8] {
        BinaryFormatTests.npy(
            "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }", Array(repeating: 0, count: count))
    }

    private static let arrays: [Row] = [
        Row(
            reader: .npy, defect: .truncated, content: array("(2,)", 15),
            message: ": expected 1 more bytes at byte \(array("(2,)", 15).count)"),
        Row(
            reader: .npy, defect: .missingField, content: array("(2, 2)", 24),
            message: ": expected 8 more bytes at byte \(array("(2, 2)", 24).count)"),
        Row(
            reader: .npy, defect: .extraField, content: array("(2,)", 24),
            message: ": expected the end of the array at byte \(array("(2,)", 16).count)"),
        Row(
            reader: .npy, defect: .foreign, content: array("(2,)", 8, type: "<f4"),
            message: ": expected elements of type <f8, found <f4"),
    ]

    /// What is wrong with a file whatever is in it.
    private static func files(_ reader: Reader) -> [Row] {
        [
            Row(reader: reader, defect: .missing, content: nil, message: ": no such file or folder"),
            Row(reader: reader, defect: .emptyFolder, content: nil, message: ": expected files, found an empty folder"),
            Row(
                reader: reader, defect: .unreadable, content: nil,
                message: ": cannot be read: Too many levels of symbolic links"),
            Row(
                reader: reader, defect: .tornGzip, content: [31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 51, 84],
                message: ": the archive ends early", ending: ".gz"),
            Row(
                reader: reader, defect: .tornZstandard, content: [40, 181, 47, 253, 4, 88, 65, 0, 0, 49, 32, 50],
                message: ": the archive ends early", ending: ".zst"),
        ]
    }

    /// Records of ours are spoilt as they are found.
    private static let ofRecords: [Defect: String] = [
        .truncated: ": expected ", .missingField: ": expected a field \"price\" of type Double, found none",
        .extraField: ": expected no more fields, found \"note\" of type String",
        .foreign: ": expected records of Gyre, found other bytes",
    ]

    static let rows = lines + arrays + Reader.allCases.flatMap(files)

    private func read(_ reader: Reader, _ path: String) throws {
        let job = Job()
        switch reader {
        case .csv: _ = job.csv([path], of: Item.self).collect()
        case .text: _ = job.textLines([path]).collect()
        case .json: _ = job.jsonLines([path], of: Item.self).collect()
        case .libsvm: _ = job.libsvm([path]).collect()
        case .npy: _ = job.npy([path], of: Double.self).collect()
        case .records: _ = job.records([path], of: Item.self).collect()
        }
        try job.run(JobConfiguration(parallelism: 2))
    }

    @Test("Refused with one line that names the place", arguments: rows)
    func refused(_ row: Row) throws {
        let folder = try WorkFolder()
        let name = "bad" + row.ending
        if let content = row.content {
            try folder.write(content, to: name)
        } else if row.defect == .emptyFolder {
            try FileManager.default.createDirectory(atPath: folder.at(name), withIntermediateDirectories: true)
        } else if row.defect == .unreadable {
            try FileManager.default.createSymbolicLink(atPath: folder.at(name), withDestinationPath: name)
        }
        let error = try #require(throws: OperatorError.self) { try read(row.reader, folder.at(name)) }
        let text = folder.relative(error.underlying)
        #expect(text == name + row.message)
        #expect(!text.contains("\n"))
    }

    @Test("Records of ours that are spoilt")
    func spoiltRecords() throws {
        struct Fewer: PlainRecord { var id: Int8 }
        struct More: PlainRecord {
            var id: Int8
            var price: Double
            var note: String
        }
        let folder = try WorkFolder()
        let job = Job()
        job.elements([Item(id: 1, price: 2)]).writeRecords(to: folder.at("good"))
        job.elements([Fewer(id: 1)]).writeRecords(to: folder.at("fewer"))
        job.elements([More(id: 1, price: 2, note: "")]).writeRecords(to: folder.at("more"))
        try job.run(JobConfiguration(parallelism: 1))
        let spoilt: [Defect: [UInt8]] = [
            .truncated: Array(try folder.bytes("good").dropLast()), .missingField: try folder.bytes("fewer"),
            .extraField: try folder.bytes("more"), .foreign: Array("id,price\n1,2\n".utf8),
        ]
        #expect(Set(spoilt.keys) == Set(Self.ofRecords.keys))
        for (defect, message) in Self.ofRecords {
            try folder.write(try #require(spoilt[defect]), to: "bad")
            let error = try #require(throws: OperatorError.self) { try read(.records, folder.at("bad")) }
            #expect(folder.relative(error.underlying).hasPrefix("bad" + message))
        }
    }

    @Test("Every reader has a row for every defect", arguments: Reader.allCases)
    func complete(reader: Reader) {
        var found = Set(Self.rows.filter { $0.reader == reader }.map(\.defect))
        if reader == .records { found.formUnion(Self.ofRecords.keys) }
        #expect(found == Set(Defect.allCases).subtracting(Self.impossible[reader, default: []]))
    }
}
