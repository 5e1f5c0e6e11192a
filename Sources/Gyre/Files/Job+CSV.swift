import GyreColumns
public import GyreFormats
import GyrePlan

extension Job {
    /// Reads files of separated values as rows of a type, by the names of their columns.
    ///
    /// ```swift
    /// struct Order: PlainRecord { var id: Int64; var customer: String; var discount: Double? }
    /// let orders = job.csv(["orders/2024-*.csv.gz", "more/"], of: Order.self)
    /// ```
    ///
    /// Several files are one input: a folder stands for its files by name, a pattern for those it matches, `.gz` and
    /// `.zst` are unpacked as they are read. Each file has a header of its own (`format`), by which its columns find
    /// the fields: in any order, columns that no field has are skipped, and an optional field without a column has no
    /// value. All workers parse; rows of a worker, and their order, are the same in each run.
    ///
    /// - Parameters:
    ///   - paths: resolved when the job runs; `-` is standard input.
    ///   - onError: what happens to a record that is not of this type, or not of this format.
    /// - Throws (at run time): `FormatError` where a file cannot be read or has no column for a field that needs one;
    ///   `BadRecord`, with file and line, for the first record that is refused, unless `onError` says otherwise.
    /// - Complexity: some 110 ns of a core for a record of 110 bytes and seven fields, where the type is a
    ///   `PlainRecord` and nobody keeps the rows; several times that through `Codable`. Memory: about three blocks of 1 MiB a worker.
    public func csv<Row: Decodable & Sendable>(
        _ paths: [String], of type: Row.Type, format: CSVFormat = .rfc4180, onError: BadRecordPolicy = .fail,
        name: String? = nil
    ) -> DataStream<Row> {
        records(
            .csv(paths, of: type, format: format), of: type, kind: "readCSV", name: name,
            parameters: [.init("files", paths.joined(separator: " "))], onError: onError)
    }

    /// The same, with what was refused as a stream of its own: file, line and reason.
    public func csvAndRefused<Row: Decodable & Sendable>(
        _ paths: [String], of type: Row.Type, format: CSVFormat = .rfc4180, name: String? = nil
    ) -> (rows: DataStream<Row>, refused: DataStream<BadRecord>) {
        recordsAndRefused(
            .csv(paths, of: type, format: format), of: type, kind: "readCSV", name: name,
            parameters: [.init("files", paths.joined(separator: " "))])
    }
}

extension RecordInput {
    /// Files of separated values, as rows of a type.
    package static func csv<Row: Decodable & Sendable>(
        _ paths: [String], of type: Row.Type, format: CSVFormat, blockSize: Int = TextBlockReader.defaultBlockSize
    ) -> RecordInput {
        let layout = RecordLayout.of(type)
        return RecordInput {
            CSVBlockReader(
                files: try InputFiles.resolve(paths), format: format, layout: layout, blockSize: blockSize)
        } makeParser: {
            if let layout { return CSVLayoutParser(format: format, layout: layout) }
            return CSVCodableParser(format: format, type: type)
        }.from(paths)
    }
}
