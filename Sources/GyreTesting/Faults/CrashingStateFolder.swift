package import GyreState
import Synchronization

/// A checkpoint folder in memory that crashes at a chosen operation, as a process or as the machine does.
///
/// A *killed process* leaves everything that it has done. A *machine that stops* leaves what was synced for certain,
/// and of the rest what the seed decides: of a file's bytes behind its last sync any prefix, of the folder's changes
/// behind its last sync any subset, in their order. That is more than journalling file systems would lose.
package final class CrashingStateFolder: StateFolder {
    package struct Crash: Error {}

    /// What a crash leaves.
    package enum Loss: Sendable {
        case nothing
        case unsynced(seed: UInt64)
    }

    private struct Content {
        var bytes: [UInt8] = []
        var synced = 0
    }

    private enum Change {
        case add(String, Int)
        case rename(String, String)
        case remove(String)
    }

    private struct State {
        var contents: [Content] = []
        /// By name the content.
        var files: [String: Int] = [:]
        /// The folder as it is on the disk for certain, and what has been done since.
        var durable: [String: Int] = [:]
        var changes: [Change] = []
        var operations = 0
        var crashAt: Int?
        var hasCrashed = false
        var isLocked = false
    }

    package let path = "memory"
    private let state: Mutex<State>

    /// - Parameter crashAt: the operation, counted from 1, that is not done any more.
    package init(crashAt: Int? = nil) {
        var state = State()
        state.crashAt = crashAt
        self.state = Mutex(state)
    }

    private init(files: [String: [UInt8]], crashAt: Int?) {
        var state = State()
        state.crashAt = crashAt
        for (name, bytes) in files {
            state.files[name] = state.contents.count
            state.contents.append(Content(bytes: bytes, synced: bytes.count))
        }
        state.durable = state.files
        self.state = Mutex(state)
    }

    /// How many operations were done.
    package var operations: Int { state.withLock { $0.operations } }

    package var hasCrashed: Bool { state.withLock { $0.hasCrashed } }

    /// The folder as the next run finds it, which may crash again.
    package func afterwards(_ loss: Loss, crashAt: Int? = nil) -> CrashingStateFolder {
        state.withLock { state in
            guard case .unsynced(let seed) = loss else {
                return CrashingStateFolder(files: state.files.mapValues { state.contents[$0].bytes }, crashAt: crashAt)
            }
            var generator = SeededGenerator(seed: seed)
            var files = state.durable
            for change in state.changes where generator.below(2) == 0 {
                switch change {
                case .add(let name, let content): files[name] = content
                case .rename(let name, let other):
                    if let content = files.removeValue(forKey: name) { files[other] = content }
                case .remove(let name): files[name] = nil
                }
            }
            var left: [String: [UInt8]] = [:]
            for (name, place) in files.sorted(by: { $0.key < $1.key }) {
                let content = state.contents[place]
                let unsynced = content.bytes.count - content.synced
                left[name] = Array(content.bytes.prefix(content.synced + generator.below(unsynced + 1)))
            }
            return CrashingStateFolder(files: left, crashAt: crashAt)
        }
    }

    private func operate<Result>(_ body: (inout State) -> Result) throws(CheckpointError) -> Result {
        let result = state.withLock { state -> Result? in
            if state.hasCrashed { return nil }
            state.operations += 1
            if state.operations == state.crashAt {
                state.hasCrashed = true
                return nil
            }
            return body(&state)
        }
        guard let result else { throw .writeFailed(path: "crashed", code: 0) }
        return result
    }

    package func list() throws(CheckpointError) -> [String: StateFolderEntry] {
        state.withLock { state in state.files.mapValues { StateFolderEntry(size: state.contents[$0].bytes.count) } }
    }

    package func create(_ name: String) throws(CheckpointError) -> any StateFile {
        let content = try operate { state in
            let content = state.contents.count
            state.contents.append(Content())
            state.files[name] = content
            state.changes.append(.add(name, content))
            return content
        }
        return File(folder: self, content: content)
    }

    package func read(_ name: String, at offset: Int, count: Int) throws(CheckpointError) -> [UInt8] {
        let bytes = state.withLock { state in state.files[name].map { state.contents[$0].bytes } }
        guard let bytes else { throw .readFailed(path: name, code: 2) }
        return offset >= bytes.count ? [] : Array(bytes[offset..<min(bytes.count, offset + count)])
    }

    package func rename(_ name: String, to other: String) throws(CheckpointError) {
        try operate { state in
            state.files[other] = state.files.removeValue(forKey: name)
            state.changes.append(.rename(name, other))
        }
    }

    package func remove(_ name: String) throws(CheckpointError) {
        try operate { state in
            state.files[name] = nil
            state.changes.append(.remove(name))
        }
    }

    package func sync() throws(CheckpointError) {
        try operate { state in
            state.durable = state.files
            state.changes = []
        }
    }

    package func lock() throws(CheckpointError) -> any StateFolderLock {
        let isFree = state.withLock { state in
            defer { state.isLocked = true }
            return !state.isLocked
        }
        guard isFree else { throw .inUse(folder: path, process: nil) }
        return Lock(folder: self)
    }

    private final class File: StateFile {
        private let folder: CrashingStateFolder
        private let content: Int

        init(folder: CrashingStateFolder, content: Int) {
            self.folder = folder
            self.content = content
        }

        func append(_ bytes: [UInt8]) throws(CheckpointError) {
            let content = content
            // A write may be cut off anywhere.
            let half = bytes.count / 2
            try folder.operate { $0.contents[content].bytes += bytes[..<half] }
            try folder.operate { $0.contents[content].bytes += bytes[half...] }
        }

        func sync() throws(CheckpointError) {
            let content = content
            try folder.operate { $0.contents[content].synced = $0.contents[content].bytes.count }
        }

        func close() {}
    }

    private final class Lock: StateFolderLock {
        private let folder: CrashingStateFolder
        init(folder: CrashingStateFolder) { self.folder = folder }
        func release() { folder.state.withLock { $0.isLocked = false } }
    }
}
