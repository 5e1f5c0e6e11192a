/// One file to read, or standard input.
public struct InputFile: Sendable {
    /// The name as errors show it; `-` for standard input.
    public let path: String
    public let compression: Compression
    /// Keeps what was read from standard input, so that it can be read again; nil for files.
    let spool: StandardInputSpool?

    /// A file by its path; nothing is checked before it is opened.
    public init(path: String) {
        self.path = path
        compression = Compression(path: path)
        spool = nil
    }

    private init(spool: StandardInputSpool) {
        path = "-"
        compression = .none
        self.spool = spool
    }

    /// Standard input, plain text. With `rereadable` every byte read is also kept in an unlinked temporary file, so
    /// that a second reader of the same value starts at the beginning.
    public static func standardInput(rereadable: Bool) -> InputFile {
        reading(descriptor: 0, rereadable: rereadable)
    }

    /// An open descriptor in the place of standard input; it stays the caller's to close.
    package static func reading(descriptor: Int32, rereadable: Bool) -> InputFile {
        InputFile(spool: StandardInputSpool(descriptor: descriptor, isKept: rereadable))
    }

    public var isStandardInput: Bool { spool != nil }

    /// The ending that tells the format: lower case, without dot and without the compression's ending; empty if none.
    public var formatEnding: String {
        let name = path.split(separator: "/").last ?? ""
        let plain = name.dropLast(compression.ending.count)
        guard let dot = plain.lastIndex(of: "."), dot > plain.startIndex else { return "" }
        return plain[plain.index(after: dot)...].lowercased()
    }
}
