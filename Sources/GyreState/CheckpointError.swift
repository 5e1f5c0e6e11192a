/// Why a checkpoint folder cannot be used, or a checkpoint cannot be written, as data.
public enum CheckpointError: Error, Equatable, Sendable {
    /// Another run holds the folder; its process where it is known.
    case inUse(folder: String, process: Int?)
    /// The folder or a file in it cannot be created; `code` is the system's `errno`.
    case cannotCreate(path: String, code: Int32)
    /// A file of the folder cannot be read.
    case readFailed(path: String, code: Int32)
    /// A file of the folder cannot be written: disk full.
    case writeFailed(path: String, code: Int32)
    /// Something is wrong with the folder's files, and no older checkpoint is intact.
    case defective(folder: String, CheckpointDefect)
    /// The folder holds a run that has not ended, and the caller wants to begin anew.
    case unfinished(folder: String, loop: String, round: Int)
    /// The checkpoint is another job's.
    case otherJob(folder: String, JobDifference)
    /// The checkpoint is of a round past the job's limit.
    case pastLimit(folder: String, loop: String, round: Int, limit: Int)
    /// A sink inside a loop has seen rounds that a resumed run would not repeat.
    case sinkInLoop(loop: String, node: String)
    /// A value of this type cannot be written.
    case aggregatorNotCodable(loop: String, aggregator: String, type: String)
    /// The operators cannot read what they are given back.
    case stateNotUnderstood(folder: String, file: String)
}

/// What is wrong with one file of a checkpoint folder.
public struct CheckpointDefect: Error, Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// A manifest names it, and it is not there.
        case missing
        case wrongSize(bytes: Int, expected: Int)
        case wrongChecksum
        /// The manifest is cut off, or is none.
        case tornManifest
        /// Written by a version that comes after this one.
        case newerVersion(Int)
        /// No checkpoint's file at all.
        case foreign
    }

    public var file: String
    public var kind: Kind

    public init(file: String, kind: Kind) {
        self.file = file
        self.kind = kind
    }
}

/// In what two jobs differ.
public enum JobDifference: Hashable, Sendable {
    case name(was: String, is: String)
    case parallelism(was: Int, is: Int)
    /// Something that the caller says of the job: its command, an option, an input.
    case identity(name: String, was: String?, is: String?)
    case nodeIsNew(String)
    case nodeIsGone(String)
    /// A node's kind, parameter or input; by its uid.
    case node(String, part: String, was: String, is: String)
    /// A field of the rows that a loop keeps: nil where there is none.
    case field(loop: String, name: String, was: String?, is: String?)
    /// An aggregator's value.
    case aggregator(loop: String, name: String, was: String?, is: String?)
}
