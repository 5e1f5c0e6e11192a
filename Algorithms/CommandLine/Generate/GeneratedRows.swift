import GyreFormats
import GyreGenerators

/// Writes the rows of a generated table in order, made and formatted by all workers.
struct GeneratedRows<Table: GeneratedTable> {
    /// Values in a chunk: some hundred KiB of text.
    private static var valuesInChunk: Int { 1 << 15 }

    let table: Table
    let form: LabeledRows.Form

    func write(to output: OutputFile, in session: Session) throws {
        let rows = LabeledRows(form: form, names: table.columnNames, hasWholeLabels: table.hasClasses)
        let header = TextBuffer()
        rows.header(into: header)
        try output.write(header)
        let rowsInChunk = max(1, Self.valuesInChunk / (table.columnCount + 1))
        let text = OrderedText(rowCount: table.rowCount, rowsInChunk: rowsInChunk) { [table] range, buffer in
            let (values, labels) = table.block(range)
            rows.append(values: values, labels: labels, into: buffer)
        }
        try text.write(to: output, in: session, showsProgress: true)
    }
}
