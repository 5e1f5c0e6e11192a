import GyreColumns
public import GyreFormats
import GyreOperators
import GyrePlan

extension DataStream {
    /// Writes all rows in a format: what the other sinks of files are made of, and where formats of one's own come in.
    ///
    /// Nothing appears before all rows are written: one file is renamed into its place, a folder of files as a whole.
    /// After an error or a cancellation what stood there is as it was.
    public func write(
        _ output: RecordOutput, to path: String, as arrangement: FileArrangement = .oneFile, kind: String,
        name: String? = nil
    ) {
        let parts: DataStream<WrittenPart> = then(
            kind, name: name, parameters: [.init("to", path)], elements: .rows(of: WrittenPart.self),
            factory: OperatorFactory(emission: .unbounded) {
                FileSink(output, path: path, arrangement: arrangement)
            })
        _ = job.add(
            PlanBuilder.NodeDefinition(
                kind: "commitFiles", name: name, parallelism: .fixed(1), inputs: [.init(parts.output, .global)],
                outputs: [.rows(of: WrittenPart.self)],
                implementation: OperatorFactory(emission: .unbounded) { CommitOperator(output) }),
            of: WrittenPart.self)
    }
}

extension DataStream where Element: Encodable {
    /// Writes the rows as separated values.
    ///
    /// Numbers are written so that they read back equal; text in quotes where it could be misread, or is empty; a
    /// missing value as the format's `nullText`. The columns are the fields in their order.
    ///
    /// - Parameters:
    ///   - path: `.gz` and `.zst` pack the one file; of several, the arrangement says so.
    ///   - format: a header is written where it says so; other than for a `PlainRecord`, only if there is a row.
    /// - Throws (at run time): `FormatError` where the output cannot be created or written, `RecordDefect` for a type
    ///   whose fields are no plain values. Either way nothing is left behind.
    /// - Complexity: some 100 ns for a row of seven fields on each worker, for a `PlainRecord`; several times that
    ///   through `Codable`.
    public func writeCSV(
        to path: String, format: CSVFormat = .rfc4180, as arrangement: FileArrangement = .oneFile, name: String? = nil
    ) {
        write(.csv(of: Element.self, format: format), to: path, as: arrangement, kind: "writeCSV", name: name)
    }
}

extension RecordOutput {
    /// Separated values out of rows of a type.
    package static func csv<Row: Encodable & Sendable>(of type: Row.Type, format: CSVFormat) -> RecordOutput {
        let layout = RecordLayout.of(type)
        return RecordOutput(ending: format.delimiter == "\t" ? ".tsv" : ".csv") {
            if let layout { return CSVLayoutFormatter(format: format, layout: layout) }
            return CSVCodableFormatter(format: format, type: type)
        }
    }
}
