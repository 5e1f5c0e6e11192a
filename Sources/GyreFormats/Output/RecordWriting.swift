/// Turns rows into the bytes of a file. Driven by one thread; one instance a part of the output.
public protocol RecordFormatter: AnyObject {
    /// Appends `count` rows from `rows` on.
    func append(_ rows: UnsafeRawPointer, count: Int, into buffer: TextBuffer) throws

    /// What stands before all rows of a file. Nil where it is not known before there is a row.
    var head: [UInt8]? { get }

    /// What takes the place of a head, at the same length, once the file's rows are counted; nil where it stays. The
    /// head is empty where no part had a row.
    func finalHead(_ head: [UInt8], rows: Int) -> [UInt8]?
}

extension RecordFormatter {
    public var head: [UInt8]? { [] }
    public func finalHead(_ head: [UInt8], rows: Int) -> [UInt8]? { nil }
}

/// A file format with its rows' type: all that a sink needs to know of it.
public struct RecordOutput: Sendable {
    /// The ending of a part's name, without the compression's: `.csv`.
    public var ending: String
    /// Called once a worker.
    public var makeFormatter: @Sendable () -> any RecordFormatter

    public init(ending: String, makeFormatter: @escaping @Sendable () -> any RecordFormatter) {
        self.ending = ending
        self.makeFormatter = makeFormatter
    }
}

/// How the rows of all workers become files.
public enum FileArrangement: Hashable, Sendable {
    /// One file: the rows of the first worker, then those of the second, and so on. `.gz` and `.zst` pack it.
    case oneFile
    /// A folder with a file a worker: `part-00000.csv`, `part-00001.csv`, …
    case oneAPartition(Compression = .none)
}
