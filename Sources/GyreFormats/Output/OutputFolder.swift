import Glibc
import Synchronization

/// A folder of parts that appears whole or not at all.
///
/// The parts are written into a folder with a temporary name beside the target's place, which is renamed on `publish`;
/// without that it is removed when the object ends. Safe to use from any thread; calls block.
public final class OutputFolder: Sendable {
    /// The name as errors show it.
    public let path: String
    private let temporary: String
    private let isSettled = Mutex(false)

    /// Creates the temporary folder.
    ///
    /// - Throws: where something other than an empty folder stands at the target.
    public init(path: String) throws(FormatError) {
        var trimmed = path
        while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
        self.path = trimmed
        switch FileKind(path: trimmed) {
        case .missing: break
        case .failed(let code): throw .cannotCreate(path: trimmed, code: code)
        case .file: throw .cannotCreate(path: trimmed, code: ENOTDIR)
        case .folder:
            // rename(2) replaces an empty folder only, and this is the time to say so.
            if Self.hasEntries(trimmed) { throw .cannotCreate(path: trimmed, code: ENOTEMPTY) }
        }
        temporary = OutputPlace.folder(of: trimmed) + ".gyre-" + String(UInt64.random(in: .min ... .max), radix: 36)
        guard UnfinishedOutputs.createFolder(temporary) else { throw .cannotCreate(path: trimmed, code: errno) }
    }

    deinit {
        discard()
    }

    /// Removes the folder, whose parts have been; harmless once it is published.
    public func discard() {
        isSettled.withLock { isSettled in
            if isSettled { return }
            isSettled = true
            rmdir(temporary)
            UnfinishedOutputs.settle(temporary)
        }
    }

    /// Creates a part that will have the given name in the folder.
    public func part(named name: String) throws(FormatError) -> OutputPart {
        try OutputPart(for: temporary + "/" + name)
    }

    /// Gives the parts their names, and then the folder its own.
    public func publish(_ parts: [OutputPart]) throws(FormatError) {
        for part in parts { try part.publish() }
        if rename(temporary, path) != 0 {
            let code = errno
            for part in parts { unlink(part.path) }
            throw .cannotCreate(path: path, code: code)
        }
        isSettled.withLock { $0 = true }
        UnfinishedOutputs.settle(temporary)
    }

    private static func hasEntries(_ path: String) -> Bool {
        guard let handle = opendir(path) else { return true }
        defer { closedir(handle) }
        var count = 0
        while readdir(handle) != nil { count += 1 }
        return count > 2
    }
}
