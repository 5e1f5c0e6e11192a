public import GyreFormats
import GyrePlan

extension Job {
    /// Reads files in our own binary form, which `writeRecords` writes.
    ///
    /// Each file describes its records. A field that has another name, type or place than in `type` is refused by
    /// name, and so are damaged and torn files, by the byte.
    ///
    /// - Throws (at run time): `FormatError`.
    /// - Complexity: some 50 ns a record with one string on each worker, where the type is a `PlainRecord`; several
    ///   hundred through `Codable`, whose records are known by their type's name only.
    public func records<Row: Decodable & Sendable>(
        _ paths: [String], of type: Row.Type, name: String? = nil
    ) -> DataStream<Row> {
        records(
            RecordInput {
                RecordFileReader(files: try InputFiles.resolve(paths), type: Row.self)
            } makeParser: {
                RecordFileParser<Row>()
            }.from(paths), of: type, kind: "readRecords", name: name,
            parameters: [.init("files", paths.joined(separator: " "))])
    }
}

extension DataStream where Element: Encodable {
    /// Writes the rows in our own binary form: the fields' names and types once a file, then blocks with a checksum.
    ///
    /// - Throws (at run time): `FormatError` where the output cannot be created or written (the head holds the number
    ///   of records and is written last, so that the file cannot be packed). Nothing is left behind then.
    public func writeRecords(to path: String, as arrangement: FileArrangement = .oneFile, name: String? = nil) {
        write(
            RecordOutput(ending: ".gyre") { RecordFileFormatter<Element>() }, to: path, as: arrangement,
            kind: "writeRecords", name: name)
    }
}
