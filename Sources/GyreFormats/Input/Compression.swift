/// How a file's bytes are packed; told by the ending of its name.
public enum Compression: Equatable, Sendable {
    case none, gzip, zstandard

    public init(path: String) {
        if path.hasSuffix(".gz") {
            self = .gzip
        } else if path.hasSuffix(".zst") {
            self = .zstandard
        } else {
            self = .none
        }
    }

    /// The ending, dot included; empty for plain files.
    public var ending: String {
        switch self {
        case .none: ""
        case .gzip: ".gz"
        case .zstandard: ".zst"
        }
    }

    var name: String {
        switch self {
        case .none: "plain"
        case .gzip: "gzip"
        case .zstandard: "zstd"
        }
    }
}
