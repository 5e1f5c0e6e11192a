/// The forms in which edges are written; raw values are the command line's names.
public enum EdgeListFormat: String, CaseIterable, Sendable {
    /// By the file's ending: `.csv`, `.mtx`, `.e` (LDBC), anything else an edge list.
    case auto
    /// `source target [weight]`, separated by spaces, tabs or commas; `#` and `%` begin comments.
    case edgeList = "edge-list"
    /// The same with quoting, and `source,target[,weight]` as first line is a header.
    case csv
    /// Matrix Market, coordinate form.
    case matrixMarket = "mtx"
    /// LDBC Graphalytics: `.e` files with a space between the fields.
    case ldbc

    /// What `auto` means for a file; any other value is itself.
    public func resolved(for file: InputFile) -> EdgeListFormat {
        guard self == .auto else { return self }
        switch file.formatEnding {
        case "csv": return .csv
        case "mtx": return .matrixMarket
        case "e": return .ldbc
        default: return .edgeList
        }
    }
}
