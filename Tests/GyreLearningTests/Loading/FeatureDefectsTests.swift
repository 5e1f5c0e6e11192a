import Foundation
import Gyre
import GyreLearning
import GyreTesting
import Synchronization
import Testing

/// Formats × defects: what the loading of features says to each broken input. A new format has to have its rows.
@Suite struct FeatureDefectsTests {
    enum Reader: String, CaseIterable, Sendable {
        case csv, svm, jsonl
    }

    enum Defect: CaseIterable, Sendable {
        case missing, emptyFolder, unreadable, truncated, text, empty, notANumber, infinite, tooLarge, missingField,
            extraField, missingLabel, labelNotFinite, badWeight, unknownLabel, unknownWeight, repeatedColumn, noHeader,
            noFeatures, missingColumn, invalidUTF8, nulByte, unclosedQuote, quotedLineFeed, strayQuote, badIndex,
            nested,
            foreign, tornGzip, tornZstandard
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

    /// What cannot be said wrongly in a format.
    static let impossible: [Reader: Set<Defect>] = [
        .csv: [.badIndex, .nested, .foreign],
        // Columns have numbers, and what is not there is zero.
        .svm: [
            .empty, .missingField, .extraField, .badWeight, .unknownLabel, .unknownWeight, .noHeader, .noFeatures,
            .missingColumn, .unclosedQuote, .quotedLineFeed, .strayQuote, .nested, .foreign,
        ],
        // A field more is a key that nobody asks for; quotes are JSON's own.
        .jsonl: [.empty, .extraField, .noHeader, .unclosedQuote, .quotedLineFeed, .strayQuote, .badIndex],
    ]

    private static func csv(_ defect: Defect, _ text: String, _ message: String) -> Row {
        Row(reader: .csv, defect: defect, content: Array(text.utf8), message: message)
    }
    private static func svm(_ defect: Defect, _ text: String, _ message: String) -> Row {
        Row(reader: .svm, defect: defect, content: Array(text.utf8), message: message)
    }
    private static func json(_ defect: Defect, _ text: String, _ message: String) -> Row {
        Row(reader: .jsonl, defect: defect, content: Array((object + text).utf8), message: message)
    }

    private static let head = "a,b,w,y\n1,2,1,7\n"
    private static let object = "{\"a\":1,\"b\":2,\"w\":1,\"y\":7}\n"
    private static let huge = String(repeating: "9", count: 400)

    private static let separated: [Row] = [
        csv(.truncated, head + "3,4,1", ":3: expected a value for \"y\", found the end of the record"),
        csv(.text, head + "3,x y,1,7\n", ":3: expected a finite number for \"b\", found \"x y\""),
        csv(.empty, head + "3,,1,7\n", ":3: expected a finite number for \"b\", found \"\""),
        csv(.notANumber, head + "NaN,4,1,7\n", ":3: expected a finite number for \"a\", found \"NaN\""),
        csv(.infinite, head + "3,-inf,1,7\n", ":3: expected a finite number for \"b\", found \"-inf\""),
        csv(.tooLarge, head + "3,1e999,1,7\n", ":3: expected a finite number for \"b\", found \"1e999\""),
        csv(.missingField, head + "3\n5,6,1,7\n", ":3: expected a value for \"b\", found the end of the record"),
        csv(.extraField, head + "3,4,1,7,5\n", ":3: expected at most 4 fields, found \"5\""),
        csv(.extraField, head + "3,4,1,7,\n", ":3: expected at most 4 fields, found \"\""),
        csv(.missingLabel, head + "3,4,1,\n", ":3: expected a label for \"y\", found \"\""),
        csv(.labelNotFinite, head + "3,4,1,nan\n", ":3: expected a finite number for \"y\", found \"nan\""),
        csv(.badWeight, head + "3,4,-1,7\n", ":3: expected a finite weight of at least 0 for \"w\", found \"-1\""),
        csv(.unknownLabel, "a,b,w\n", ": expected a column \"y\", found \"a\", \"b\", \"w\""),
        csv(.unknownWeight, "a,b,y\n", ": expected a column \"w\", found \"a\", \"b\", \"y\""),
        csv(.repeatedColumn, "a,b,w,y,a\n", ": expected one column \"a\", found several"),
        csv(.noHeader, "", ": expected a header, found an empty file"),
        csv(.noHeader, "\n1,2\n", ": expected a header, found an empty line"),
        csv(.noFeatures, "w,y\n1,2\n", ": expected a column of features, found none"),
        csv(.nulByte, head + "3\u{0},4,1,7\n", ":3: expected text, found a NUL byte"),
        csv(.unclosedQuote, head + "\"3,4,1,7\n", ":3: expected a closing quote, found none behind \"\"3,4,1,7\""),
        csv(.quotedLineFeed, head + "\"3\n\",4,1,7\n", ":3: expected a finite number for \"a\", found \"3\u{FFFD}\""),
        csv(.strayQuote, head + "3\",4,1,7\n", ":3: expected quotes around the whole field, found \"3\"\""),
        csv(
            .strayQuote, head + "\"3\"4,4,1,7\n",
            ":3: expected a closing quote at the end of the field, found \"\"3\"4,4,1,7\""),
        Row(
            reader: .csv, defect: .invalidUTF8, content: Array((head + "3,").utf8) + [0xFF] + Array(",1,7\n".utf8),
            message: ":3: expected UTF-8, found \"\u{FFFD}\""),
    ]

    private static let sparse: [Row] = [
        svm(.truncated, "1 1:2\n1 2:", ":2: expected a finite value, found \"2:\""),
        svm(.text, "1 1:2\n1 2:x\n", ":2: expected a finite value, found \"2:x\""),
        svm(.notANumber, "1 1:2\n1 2:nan\n", ":2: expected a finite value, found \"2:nan\""),
        svm(.infinite, "1 1:2\n1 2:inf\n", ":2: expected a finite value, found \"2:inf\""),
        svm(.tooLarge, "1 1:2\n1 2:1e999\n", ":2: expected a finite value, found \"2:1e999\""),
        svm(.missingLabel, "1 1:2\n1:2\n", ":2: expected a label first, found \"1:2\""),
        svm(.labelNotFinite, "1 1:2\nnan 1:2\n", ":2: expected a finite number for \"label\", found \"nan\""),
        svm(.repeatedColumn, "1 1:2\n1 2:1 2:1\n", ":2: expected an index above 2, found \"2:1\""),
        svm(.badIndex, "1 1:2\n1 0:1\n", ":2: expected an index from 1 to 2147483647, found \"0:1\""),
        svm(.badIndex, "1 1:2\n1 2147483648:1\n", ":2: expected an index from 1 to 2147483647, found \"2147483648:1\""),
        svm(.badIndex, "1 1:2\n1 7\n", ":2: expected index:value, found \"7\""),
        svm(.nulByte, "1 1:2\n1\u{0} 1:2\n", ":2: expected text, found a NUL byte"),
        Row(
            reader: .svm, defect: .invalidUTF8, content: Array("1 1:2\n".utf8) + [0xFF],
            message: ":2: expected UTF-8, found \"\u{FFFD}\""),
    ]

    private static let objects: [Row] = [
        json(.truncated, "{\"a\":1", ":2: expected an object of numbers in JSON, found \"{\"a\":1\""),
        json(.text, "{\"a\":\"1\",\"b\":2,\"w\":1,\"y\":7}", ":2: expected a finite number for \"a\", found \"\"1\"\""),
        json(.text, "{\"a\":null,\"b\":2,\"w\":1,\"y\":7}", ":2: expected a finite number for \"a\", found \"null\""),
        json(.notANumber, "{\"a\":NaN}", ":2: expected a finite number for \"a\", found \"NaN\""),
        json(.infinite, "{\"a\":-Infinity}", ":2: expected a finite number for \"a\", found \"-Infinity\""),
        json(.tooLarge, "{\"a\":1e999}", ":2: expected a finite number for \"a\", found \"1e999\""),
        json(.missingField, "{\"a\":1,\"w\":1,\"y\":7}", ":2: expected a value for \"b\", found the end of the record"),
        json(.missingLabel, "{\"a\":1,\"b\":2,\"w\":1,\"y\":null}", ":2: expected a label for \"y\", found \"null\""),
        json(.labelNotFinite, "{\"y\":1e999}", ":2: expected a finite number for \"y\", found \"1e999\""),
        json(.badWeight, "{\"w\":-2}", ":2: expected a finite weight of at least 0 for \"w\", found \"-2\""),
        json(.repeatedColumn, "{\"a\":1,\"a\":2}", ":2: expected each key once, found \"a\""),
        json(.nulByte, "\u{0}", ":2: expected text, found a NUL byte"),
        json(.nested, "{\"a\":[1,2],\"b\":2}", ":2: expected a finite number for \"a\", found \"[1,2]\""),
        json(.nested, "{\"y\":{\"a\":1}}", ":2: expected a label for \"y\", found \"{\"a\":1}\""),
        json(.foreign, "a,b", ":2: expected an object of numbers in JSON, found \"a,b\""),
        json(.foreign, "[1,2]", ":2: expected an object of numbers in JSON, found \"[1,2]\""),
        Row(
            reader: .jsonl, defect: .invalidUTF8, content: Array(object.utf8) + [0xFF],
            message: ":2: expected UTF-8, found \"\u{FFFD}\""),
        Row(
            reader: .jsonl, defect: .unknownLabel, content: Array("{\"a\":1,\"w\":1}".utf8),
            message: ": expected a column \"y\", found \"a\", \"w\""),
        Row(
            reader: .jsonl, defect: .unknownWeight, content: Array("{\"a\":1,\"y\":1}".utf8),
            message: ": expected a column \"w\", found \"a\", \"y\""),
        Row(
            reader: .jsonl, defect: .noFeatures, content: Array("{\"w\":1,\"y\":1}".utf8),
            message: ": expected a column of features, found none"),
        Row(
            reader: .jsonl, defect: .foreign, content: Array("a,b\n".utf8),
            message: ":1: expected an object of numbers in JSON, found \"a,b\""),
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

    static let rows = separated + sparse + objects + Reader.allCases.flatMap(files)

    private func load(_ paths: [String], _ reader: Reader, _ policy: BadRecordPolicy = .fail) throws -> FeatureTable {
        try FeatureTable.load(
            FeatureInput(
                paths: paths, label: "y", weight: reader == .svm ? nil : "w", onBadRecord: policy),
            configuration: JobConfiguration(parallelism: 2))
    }

    @Test("Refused with one line that names the place", arguments: rows)
    func refused(_ row: Row) throws {
        let folder = try WorkFolder()
        let name = "bad.\(row.reader.rawValue)\(row.ending)"
        if let content = row.content {
            try folder.write(content, to: name)
        } else if row.defect == .emptyFolder {
            try FileManager.default.createDirectory(atPath: folder.at(name), withIntermediateDirectories: true)
        } else if row.defect == .unreadable {
            try FileManager.default.createSymbolicLink(atPath: folder.at(name), withDestinationPath: name)
        }
        let error = try #require(throws: (any Error).self) { try load([folder.at(name)], row.reader) }
        let text = folder.relative(error)
        #expect(text == name + row.message)
        #expect(!text.contains("\n"))
    }

    @Test("A column that the first file has", arguments: [Reader.csv, .jsonl])
    func missingColumn(reader: Reader) throws {
        let folder = try WorkFolder()
        let first = reader == .csv ? Self.head : Self.object
        let second = reader == .csv ? "a,w,y\n1,2,3\n" : "{\"a\":1,\"w\":2,\"y\":3}\n"
        let paths = [
            try folder.write(first, to: "1.\(reader.rawValue)"), try folder.write(second, to: "2.\(reader.rawValue)"),
        ]
        let error = try #require(throws: FormatError.self) { try load(paths, reader) }
        #expect(folder.relative(error) == "2.\(reader.rawValue): expected a column \"b\", found none")
    }

    @Test("Every format has a row for every defect", arguments: Reader.allCases)
    func complete(reader: Reader) {
        var found = Set(Self.rows.filter { $0.reader == reader }.map(\.defect))
        if reader != .svm { found.insert(.missingColumn) }
        #expect(found == Set(Defect.allCases).subtracting(Self.impossible[reader, default: []]))
    }

    @Test func labelAndWeightAreTwoColumns() throws {
        let folder = try WorkFolder()
        let path = try folder.write(Self.head, to: "a.csv")
        #expect(throws: LearningError.parameter(name: "weight", value: "y", expected: "another column than the label"))
        {
            try FeatureTable.load(FeatureInput(paths: [path], label: "y", weight: "y"))
        }
        let sparse = try folder.write("1 1:2\n", to: "a.svm")
        #expect(throws: LearningError.self) { try FeatureTable.load(FeatureInput(paths: [sparse], weight: "w")) }
    }

    /// Each third record is bad, and the label turns out to be text in the middle of the file.
    private func broken(_ reader: Reader) -> (text: String, good: Int, lines: [Int]) {
        var text = reader == .csv ? "y,a\n" : ""
        var lines: [Int] = []
        for row in 0..<90 {
            if row % 3 == 1 { lines.append(row + (reader == .csv ? 2 : 1)) }
            let value = row % 3 == 1 ? "x" : "\(row)"
            let label = row == 60 && reader != .svm ? "\"text\"" : "1"
            switch reader {
            case .csv: text += "\(label),\(value)\n"
            case .svm: text += "\(label) 3:\(value)\n"
            case .jsonl: text += "{\"y\":\(label),\"a\":\(value)}\n"
            }
        }
        return (text, 90 - lines.count, lines)
    }

    @Test("The first bad record in the order of the input", arguments: Reader.allCases, [1, 2, 3, 7])
    func first(reader: Reader, parallelism: Int) throws {
        let folder = try WorkFolder()
        let sample = broken(reader)
        let path = try folder.write(sample.text, to: "a.\(reader.rawValue)")
        for blockSize in [1, 30, 100, 1 << 20] {
            let error = try #require(throws: BadRecord.self) {
                try FeatureTable.load(
                    FeatureInput(paths: [path], label: "y"), blockSize: blockSize,
                    configuration: JobConfiguration(parallelism: parallelism))
            }
            #expect(error.line == sample.lines[0])
        }
    }

    @Test("Bad records are left out and counted", arguments: Reader.allCases, [1, 2, 3, 7])
    func setAside(reader: Reader, parallelism: Int) throws {
        let folder = try WorkFolder()
        let sample = broken(reader)
        let path = try folder.write(sample.text, to: "a.\(reader.rawValue)")
        for blockSize in [1, 30, 100, 1 << 20] {
            func load(_ policy: BadRecordPolicy) throws -> FeatureTable {
                try FeatureTable.load(
                    FeatureInput(paths: [path], label: "y", onBadRecord: policy), blockSize: blockSize,
                    configuration: JobConfiguration(parallelism: parallelism))
            }
            let skipped = try load(.skip)
            #expect(skipped.rejected == sample.lines.count && skipped.rowCount == sample.good)
            let log = RecordLog()
            let reported = try load(.report { log.add($0) })
            #expect(reported.rejected == sample.lines.count && reported.blocks == skipped.blocks)
            // In the order of the input, and once, though labels that become texts have it read twice.
            #expect(log.records.map(\.line) == sample.lines)
            #expect(log.records.allSatisfy { $0.file == path })
        }
    }
}

/// Records as they are reported.
private final class RecordLog: Sendable {
    private let place = Mutex<[BadRecord]>([])

    var records: [BadRecord] { place.withLock { $0 } }

    func add(_ record: BadRecord) { place.withLock { $0.append(record) } }
}
