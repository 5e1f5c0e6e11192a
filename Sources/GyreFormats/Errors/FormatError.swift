/// What can go wrong with a file that is read or written, as data: the text for a person is in `description`.
public enum FormatError: Error, Equatable, Sendable {
    /// No such file or folder.
    case missing(path: String)
    /// The file is there but may not be opened; `code` is the system's `errno`.
    case unreadable(path: String, code: Int32)
    /// A folder where one file is needed.
    case isFolder(path: String)
    /// A folder without any file (dot files do not count).
    case emptyFolder(path: String)
    /// A pattern that no file matches.
    case noMatch(pattern: String)
    /// Standard input named more than once: it can be given to one input only.
    case standardInputTwice
    /// Reading failed after the file was opened.
    case readFailed(path: String, code: Int32)
    /// A compressed file ends before its last member or frame is complete.
    case tornArchive(path: String)
    /// A compressed file holds what its format does not allow.
    case corruptArchive(path: String, format: Compression)
    /// One line is longer than `limit` bytes.
    case lineTooLong(path: String, limit: Int)
    /// The file has no column of this name, which a field of the record needs.
    case missingColumn(path: String, name: String)
    /// The file has no column of the name that the user gave; `columns` are those that it has.
    case unknownColumn(path: String, name: String, columns: [String])
    /// Two columns have the name of one field.
    case repeatedColumn(path: String, name: String)
    /// The head of a binary file is not what its format begins with.
    case badHeader(path: String, expected: String, found: String)
    /// A binary file ends before what its head announces, or has damaged bytes.
    case damaged(path: String, at: Int, expected: String)
    /// A record that does not say what its format requires.
    case badRecord(BadRecord)
    /// The output cannot be created: folder missing, no permission, a folder of that name.
    case cannotCreate(path: String, code: Int32)
    /// Writing, syncing or renaming failed: disk full, I/O error.
    case writeFailed(path: String, code: Int32)
    /// The reader of a pipe is gone.
    case brokenPipe(path: String)

    /// The families of errors that a command maps to exit codes.
    public enum Category: Sendable {
        case data, noInput, cannotCreate, inputOutput, brokenPipe, usage
    }

    public var category: Category {
        switch self {
        case .missing, .unreadable, .isFolder, .emptyFolder, .noMatch: .noInput
        case .standardInputTwice: .usage
        case .tornArchive, .corruptArchive, .lineTooLong, .missingColumn, .unknownColumn, .repeatedColumn, .badHeader,
            .damaged,
            .badRecord:
            .data
        case .readFailed, .writeFailed: .inputOutput
        case .cannotCreate: .cannotCreate
        case .brokenPipe: .brokenPipe
        }
    }
}

extension FormatError {
    /// The file that the error is about, as the user named it; nil for patterns and for standard input named twice.
    public var path: String? {
        switch self {
        case .missing(let path), .unreadable(let path, _), .isFolder(let path), .emptyFolder(let path),
            .readFailed(let path, _), .tornArchive(let path), .corruptArchive(let path, _), .lineTooLong(let path, _),
            .missingColumn(let path, _), .unknownColumn(let path, _, _), .repeatedColumn(let path, _),
            .badHeader(let path, _, _),
            .damaged(let path, _, _),
            .cannotCreate(let path, _), .writeFailed(let path, _), .brokenPipe(let path):
            path
        case .badRecord(let record): record.file
        case .noMatch, .standardInputTwice: nil
        }
    }
}
