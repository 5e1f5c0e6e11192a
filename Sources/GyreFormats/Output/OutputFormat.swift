/// How results are written; told by the ending of the output's name.
public enum OutputFormat: String, CaseIterable, Sendable {
    /// Comma separated with a header; RFC 4180 quoting.
    case csv
    /// Tab separated with a header; tabs, line ends and backslashes in text as `\t`, `\n`, `\r`, `\\`.
    case tsv
    /// One JSON object a line.
    case jsonLines = "jsonl"
    /// LDBC Graphalytics: `id value`, no header, floats as `%.15e`.
    case text = "txt"

    /// CSV for standard output (nil or `-`); nil when the ending names no format.
    public init?(path: String?) {
        guard let path, path != "-" else {
            self = .csv
            return
        }
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: ".") else { return nil }
        self.init(rawValue: name[name.index(after: dot)...].lowercased())
    }
}
