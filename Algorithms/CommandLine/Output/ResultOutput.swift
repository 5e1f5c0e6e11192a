import GyreFormats

/// The form of an output, by its ending; refused before anything is read where the ending names none.
struct ResultOutput {
    let path: String
    let format: OutputFormat

    /// - Parameter extra: endings besides the four of results, and the form they stand for.
    init(path: String, extra: [String: OutputFormat] = [:]) throws {
        self.path = path
        let ending = path.split(separator: "/").last?.split(separator: ".").last.map { $0.lowercased() } ?? ""
        if let format = OutputFormat(path: path) {
            self.format = format
        } else if let format = extra[ending] {
            self.format = format
        } else if Self.isDevice(path) {
            format = .csv
        } else {
            let known = OutputFormat.allCases.map { ".\($0.rawValue)" } + extra.keys.sorted().map { ".\($0)" }
            throw CommandError.unknownEnding(path: path, known: known)
        }
    }

    /// Devices and pipes have no ending: they are written as standard output is.
    private static func isDevice(_ path: String) -> Bool {
        path.hasPrefix("/dev/")
    }

    /// Writes the header and all rows.
    func write(_ columns: [ResultValues], names: [String], to output: OutputFile, in session: Session) throws {
        let rows = ResultRows(format: format, names: names)
        let header = TextBuffer()
        rows.header(into: header)
        try output.write(header)
        let text = OrderedText(rowCount: columns.first?.count ?? 0) { range, buffer in
            rows.append(range, of: columns, into: buffer)
        }
        try text.write(to: output, in: session)
    }
}
