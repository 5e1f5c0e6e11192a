public import GyreFormats

/// What features are read from, and how.
public struct FeatureInput: Sendable {
    /// What the files are written in.
    public enum Format: Sendable {
        /// By the first file's ending, behind `.gz` and `.zst`: `.libsvm`, `.svm` and `.svmlight`; `.jsonl` and
        /// `.ndjson`; anything else is CSV.
        case auto
        /// Separated by commas, in quotes where need be, with a header that names the columns.
        case csv
        /// A label and `index:value` pairs a line, indices from 1 and ascending.
        case libsvm
        /// An object of numbers a line.
        case jsonLines
    }

    /// Names of files, patterns, folders, and `-` for standard input, in the order in which they count as one input.
    public var paths: [String]
    public var format: Format
    /// The column that is the label; nil where there is none. In LIBSVM's form, where each row has one, what it is
    /// called: `label` if nil.
    public var label: String?
    /// The column of the rows' weights.
    public var weight: String?
    /// Whether each CSV file names its columns. Where none does they are `x0`, `x1` … by their places.
    public var hasHeader: Bool
    /// What happens to records that are refused.
    public var onBadRecord: BadRecordPolicy
    /// Bytes that the table and what is trained on it may take; nil is no limit. Streams of blocks have no need of it.
    public var memoryBudget: Int?

    public init(
        paths: [String], format: Format = .auto, label: String? = nil, weight: String? = nil, hasHeader: Bool = true,
        onBadRecord: BadRecordPolicy = .fail, memoryBudget: Int? = nil
    ) {
        self.paths = paths
        self.format = format
        self.label = label
        self.weight = weight
        self.hasHeader = hasHeader
        self.onBadRecord = onBadRecord
        self.memoryBudget = memoryBudget
    }
}

extension FeatureInput.Format {
    /// The format of the files: what is said, or else what the first one's ending says.
    ///
    /// - Throws: `FormatError.badHeader` for a file whose ending says another than the first one's.
    func resolved(for files: [InputFile]) throws(FormatError) -> Self {
        guard self == .auto, let first = files.first else { return self }
        let format = Self(ending: first.formatEnding)
        if let other = files.first(where: { Self(ending: $0.formatEnding) != format }) {
            throw .badHeader(
                path: other.path, expected: "\(format.title) as in \(first.path)",
                found: Self(ending: other.formatEnding).title)
        }
        return format
    }

    private init(ending: String) {
        self =
            switch ending {
            case "libsvm", "svm", "svmlight": .libsvm
            case "jsonl", "ndjson": .jsonLines
            default: .csv
            }
    }

    private var title: String {
        switch self {
        case .auto, .csv: "CSV"
        case .libsvm: "LIBSVM"
        case .jsonLines: "JSON lines"
        }
    }
}
