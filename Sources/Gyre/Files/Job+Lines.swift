public import GyreFormats
import GyrePlan

// What is said of `csv` holds here too: several files are one input, archives are unpacked as they are read, all workers
// parse, and the rows of a worker are the same in each run.
extension Job {
    /// Reads each line of text files as a string, without its end (a line feed, or a carriage return and a line feed).
    ///
    /// - Throws (at run time): `FormatError` where a file cannot be read; `BadRecord` for a line that is not UTF-8 or
    ///   holds a NUL byte, unless `onError` says otherwise.
    /// - Complexity: O(bytes); a string a line.
    public func textLines(
        _ paths: [String], onError: BadRecordPolicy = .fail, name: String? = nil
    ) -> DataStream<String> {
        lines(paths, of: String.self, kind: "readText", name: name, onError: onError) {
            LineParser { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// Reads each line of files as a value in JSON; blank lines are skipped.
    ///
    /// - Throws (at run time): `FormatError` where a file cannot be read; `BadRecord`, with file and line and the path
    ///   of the key, for a line that is no value of this type, unless `onError` says otherwise.
    /// - Complexity: some microseconds a line, through Foundation's decoder.
    public func jsonLines<Row: Decodable & Sendable>(
        _ paths: [String], of type: Row.Type, onError: BadRecordPolicy = .fail, name: String? = nil
    ) -> DataStream<Row> {
        lines(paths, of: type, kind: "readJSON", name: name, onError: onError) { JSONLines.parser(of: Row.self) }
    }

    /// Reads files of sparse rows in LIBSVM's form: `label [qid:n] index:value …`, indices from 1 and ascending.
    ///
    /// - Throws (at run time): `FormatError` where a file cannot be read; `BadRecord` for a line of another form or
    ///   with a number that is not finite, unless `onError` says otherwise.
    public func libsvm(
        _ paths: [String], onError: BadRecordPolicy = .fail, name: String? = nil
    ) -> DataStream<SparseRow> {
        lines(paths, of: SparseRow.self, kind: "readLIBSVM", name: name, onError: onError) { SparseRow.parser() }
    }

    private func lines<Row: Sendable>(
        _ paths: [String], of type: Row.Type, kind: String, name: String?, onError: BadRecordPolicy,
        makeParser: @escaping @Sendable () -> LineParser<Row>
    ) -> DataStream<Row> {
        records(
            .lines(paths, makeParser: makeParser), of: type, kind: kind, name: name,
            parameters: [.init("files", paths.joined(separator: " "))], onError: onError)
    }
}

extension RecordInput {
    /// Files with a record a line.
    public static func lines<Row>(
        _ paths: [String], blockSize: Int = TextBlockReader.defaultBlockSize,
        makeParser: @escaping @Sendable () -> LineParser<Row>
    ) -> RecordInput {
        RecordInput {
            LineBlockReader(files: try InputFiles.resolve(paths), blockSize: blockSize)
        } makeParser: {
            makeParser()
        }.from(paths)
    }
}

extension DataStream where Element == String {
    /// Writes each string as a line.
    ///
    /// - Throws (at run time): `FormatError` where the output cannot be created or written, `RecordDefect` for a
    ///   string with a line feed in it. Either way nothing is left behind.
    public func writeText(to path: String, as arrangement: FileArrangement = .oneFile, name: String? = nil) {
        write(
            RecordOutput(ending: ".txt") { TextLineFormatter() }, to: path, as: arrangement, kind: "writeText",
            name: name)
    }
}

extension DataStream where Element: Encodable {
    /// Writes each row as a line of JSON, its keys in alphabetical order.
    ///
    /// - Throws (at run time): `FormatError` where the output cannot be created or written, and what the encoder
    ///   throws, as for numbers that are not finite. Either way nothing is left behind.
    public func writeJSONLines(to path: String, as arrangement: FileArrangement = .oneFile, name: String? = nil) {
        write(
            RecordOutput(ending: ".jsonl") { JSONLineFormatter<Element>() }, to: path, as: arrangement,
            kind: "writeJSON", name: name)
    }
}

extension DataStream where Element == SparseRow {
    /// Writes the rows in LIBSVM's form.
    public func writeLIBSVM(to path: String, as arrangement: FileArrangement = .oneFile, name: String? = nil) {
        write(
            RecordOutput(ending: ".libsvm") { SparseRowFormatter() }, to: path, as: arrangement,
            kind: "writeLIBSVM", name: name)
    }
}
