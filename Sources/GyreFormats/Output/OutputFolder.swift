import CRename
import Glibc
import Synchronization

/// A folder of parts that appears whole or not at all.
///
/// The parts are written into a folder with a temporary name beside the target's place, which is renamed on `publish`;
/// without that it is removed when the object ends. A folder that may be replaced changes places with it in one step, so
/// that whoever looks finds the old one or the new one. Safe to use from any thread; calls block.
public final class OutputFolder: Sendable {
    /// The name as errors show it.
    public let path: String
    /// The place behind all symbolic links.
    private let target: String
    private let temporary: String
    /// What a folder that is to be replaced may hold.
    private let replaceable: Set<String>
    private let isSettled = Mutex(false)

    /// Creates the temporary folder.
    ///
    /// - Parameter replaceable: names of files; a folder that holds no others is replaced on `publish`.
    /// - Throws: where anything else stands at the target.
    public init(path: String, replacing replaceable: Set<String> = []) throws(FormatError) {
        var trimmed = path
        while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
        self.path = trimmed
        target = try OutputPlace.followed(trimmed)
        self.replaceable = replaceable
        switch FileKind(path: trimmed) {
        case .missing: break
        case .failed(let code): throw .cannotCreate(path: trimmed, code: code)
        case .file: throw .cannotCreate(path: trimmed, code: ENOTDIR)
        case .folder:
            // What nobody has allowed to be replaced stays, and this is the time to say so.
            guard let entries = Self.entries(of: trimmed), entries.isSubset(of: replaceable) else {
                throw .cannotCreate(path: trimmed, code: ENOTEMPTY)
            }
        }
        temporary = OutputPlace.folder(of: target) + ".gyre-" + String(UInt64.random(in: .min ... .max), radix: 36)
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
        do throws(FormatError) {
            for part in parts { try part.publish() }
        } catch {
            for part in parts { unlink(part.path) }
            throw error
        }
        guard takePlace() else {
            let code = errno
            for part in parts { unlink(part.path) }
            throw .cannotCreate(path: path, code: code)
        }
        isSettled.withLock { $0 = true }
        UnfinishedOutputs.settle(temporary)
    }

    /// Whether the folder has got its place; else `errno` says why not.
    private func takePlace() -> Bool {
        // Replaces an empty folder, and no other.
        if rename(temporary, target) == 0 { return true }
        guard errno == ENOTEMPTY || errno == EEXIST, let entries = Self.entries(of: target),
            entries.isSubset(of: replaceable)
        else { return false }
        let exchange: UInt32 = 2
        guard renameat2(AT_FDCWD, temporary, AT_FDCWD, target, exchange) == 0 else { return takePlaceInTwoSteps() }
        Self.remove(temporary, holding: entries)
        return true
    }

    /// On file systems that cannot exchange names: between two steps the old folder stands beside its place.
    private func takePlaceInTwoSteps() -> Bool {
        let aside = temporary + "-old"
        guard rename(target, aside) == 0 else { return false }
        guard rename(temporary, target) == 0 else {
            let code = errno
            rename(aside, target)
            errno = code
            return false
        }
        if let entries = Self.entries(of: aside) { Self.remove(aside, holding: entries) }
        return true
    }

    private static func remove(_ folder: String, holding entries: Set<String>) {
        for entry in entries { unlink(folder + "/" + entry) }
        rmdir(folder)
    }

    /// The names in a folder; nil where it cannot be read.
    private static func entries(of path: String) -> Set<String>? {
        guard let handle = opendir(path) else { return nil }
        defer { closedir(handle) }
        var names: Set<String> = []
        while let entry = readdir(handle) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.insert(name) }
        }
        return names
    }
}
