/// Where an operator puts what its memory does not hold. The runtime owns the files behind it.
///
/// A call may block on the local disk, and on nothing else.
public protocol SpillArea: AnyObject {
    /// A new empty file, which vanishes with its last reference, whatever becomes of the process.
    func makeFile() throws -> any SpillFile
}

/// A file of a spill area: written at its end, read anywhere.
public protocol SpillFile: AnyObject {
    /// Appends bytes and says where they begin.
    ///
    /// - Throws: `SpillError` if the folder is full or the disk fails.
    func append(_ bytes: UnsafeRawBufferPointer) throws -> Int
    /// Reads bytes that were appended.
    func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws
}

/// What can go wrong with spill files.
public enum SpillError: Error, Equatable, Sendable {
    /// No file could be made in the folder.
    case cannotCreate(folder: String, reason: String)
    /// A write failed.
    case cannotWrite(folder: String, reason: String)
    /// A read failed, or ended early.
    case cannotRead(folder: String, reason: String)
}

extension SpillError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .cannotCreate(let folder, let reason): "\(folder): cannot create a spill file: \(reason)"
        case .cannotWrite(let folder, let reason): "\(folder): cannot write a spill file: \(reason)"
        case .cannotRead(let folder, let reason): "\(folder): cannot read a spill file: \(reason)"
        }
    }
}
