import GyreFormats

/// The file of `--on-error FILE`: where each bad record stands, and why it was refused.
enum RejectedRecords {
    static func write(_ records: [BadRecord], to output: OutputFile) throws {
        let rows = ResultRows(
            format: OutputFormat(path: output.path).flatMap { $0 == .text ? .csv : $0 } ?? .csv,
            names: ["file", "line", "reason"])
        let text = TextBuffer()
        rows.header(into: text)
        rows.append(
            0..<records.count,
            of: [
                .strings(records.map(\.file)), .integers(records.map { Int64($0.line) }),
                .strings(records.map { $0.defect.description }),
            ], into: text)
        try output.write(text)
    }
}
