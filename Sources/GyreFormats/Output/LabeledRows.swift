/// Formats rows of numbers that have a label each, from a row-major block: wide tables, whose columns nobody has one by
/// one. A value without state, as `ResultRows`.
public struct LabeledRows: Sendable {
    public enum Form: Hashable, Sendable {
        /// As results are written, the label last.
        case results(OutputFormat)
        /// `label 1:value 2:value …`, which LIBSVM and its followers read.
        case libsvm
    }

    public let form: Form
    /// The columns' names, the label's last.
    public let names: [String]
    private let rows: ResultRows
    /// What stands before each value: JSON's keys, LIBSVM's indices, separators.
    private let marks: [[UInt8]]
    private let hasWholeLabels: Bool

    /// - Parameter hasWholeLabels: whether labels are printed as integers, which they all have to be.
    public init(form: Form, names: [String], hasWholeLabels: Bool) {
        precondition(!names.isEmpty, "a label has to have a name")
        self.form = form
        self.names = names
        self.hasWholeLabels = hasWholeLabels
        switch form {
        case .results(let format):
            let rows = ResultRows(format: format, names: names)
            self.rows = rows
            marks = names.indices.map { Array(rows.mark(before: $0).utf8) }
        case .libsvm:
            rows = ResultRows(format: .text, names: names)
            marks = names.indices.dropLast().map { Array(" \($0 + 1):".utf8) }
        }
    }

    /// The first line; nothing where the form has none.
    public func header(into buffer: TextBuffer) {
        rows.header(into: buffer)
    }

    /// Appends a row for each label; there are `names.count` − 1 values a row. About 65 ns a value, most of it for the
    /// shortest digits that read back equal.
    public func append(values: [Double], labels: [Double], into buffer: TextBuffer) {
        let width = names.count - 1
        precondition(
            values.count == labels.count * width, "\(values.count) values for \(labels.count) rows of \(width)")
        for (row, label) in labels.enumerated() {
            let cells = values[(row * width)..<((row + 1) * width)]
            switch form {
            case .results(let format):
                for (cell, mark) in zip(cells, marks) {
                    buffer.append(mark)
                    rows.double(cell, into: buffer)
                }
                buffer.append(marks[width])
                append(label: label, into: buffer)
                buffer.append(format == .jsonLines ? "}\n" : "\n")
            case .libsvm:
                append(label: label, into: buffer)
                for (cell, mark) in zip(cells, marks) {
                    buffer.append(mark)
                    buffer.append(cell)
                }
                buffer.append("\n")
            }
        }
    }

    private func append(label: Double, into buffer: TextBuffer) {
        if hasWholeLabels, let whole = Int64(exactly: label) {
            buffer.append(whole)
        } else if form == .libsvm {
            buffer.append(label)
        } else {
            rows.double(label, into: buffer)
        }
    }
}

extension TextBuffer {
    fileprivate func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { append($0) }
    }
}
