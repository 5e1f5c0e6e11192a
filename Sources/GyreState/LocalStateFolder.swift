import Glibc
import Synchronization

/// A checkpoint folder on disk.
package final class LocalStateFolder: StateFolder {
    package let path: String
    /// Whether `discardUnfinished` was called; held while files get their names, so that none gets it behind that.
    private let isClosed = Mutex(false)

    private init(path: String) {
        self.path = path
    }

    /// The folder at a path; made where there is none, but not its parents.
    package static func make(at path: String) throws(CheckpointError) -> (folder: LocalStateFolder, isMade: Bool) {
        let isMade = mkdir(path, 0o777) == 0
        if !isMade, errno != EEXIST { throw .cannotCreate(path: path, code: errno) }
        var status = stat()
        guard stat(path, &status) == 0 else { throw .cannotCreate(path: path, code: errno) }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw .cannotCreate(path: path, code: ENOTDIR) }
        guard access(path, R_OK | W_OK | X_OK) == 0 else { throw .cannotCreate(path: path, code: errno) }
        if isMade { try LocalStateFolder(path: Self.parent(of: path)).sync() }
        return (LocalStateFolder(path: path), isMade)
    }

    /// Where there is no checkpoint yet, removes what one was begun with, and the lock, which the caller holds. No file
    /// can be made or get its name afterwards.
    ///
    /// - Parameter isMade: whether the folder was made for it, and goes too if nothing of anybody else's is in it.
    func discardUnfinished(isMade: Bool) {
        isClosed.withLock { isClosed in
            isClosed = true
            guard let names = try? list().keys else { return }
            let kinds = names.map { (name: $0, kind: CheckpointName($0)) }
            for case (_, .manifest) in kinds { return }
            for (name, kind) in kinds {
                switch kind {
                case .state, .temporary, .lock: unlink(place(name))
                case .manifest, .hidden, .foreign: break
                }
            }
            if isMade { rmdir(path) }
        }
    }

    private static func parent(of path: String) -> String {
        var name = Substring(path)
        while name.count > 1, name.last == "/" { name.removeLast() }
        guard let slash = name.lastIndex(of: "/") else { return "." }
        return slash == name.startIndex ? "/" : String(name[..<slash])
    }

    private func place(_ name: String) -> String { path + "/" + name }

    package func list() throws(CheckpointError) -> [String: StateFolderEntry] {
        guard let handle = opendir(path) else { throw .readFailed(path: path, code: errno) }
        defer { closedir(handle) }
        var entries: [String: StateFolderEntry] = [:]
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            var status = stat()
            guard lstat(place(name), &status) == 0 else { continue }
            entries[name] = StateFolderEntry(
                size: Int(status.st_size), isRegular: status.st_mode & S_IFMT == S_IFREG)
        }
        return entries
    }

    package func create(_ name: String) throws(CheckpointError) -> any StateFile {
        let (descriptor, code) = isClosed.withLock { isClosed in
            if isClosed { return (Int32(-1), EINTR) }
            let descriptor = open(place(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
            return (descriptor, errno)
        }
        if descriptor < 0 { throw .cannotCreate(path: place(name), code: code) }
        return LocalStateFile(path: place(name), descriptor: descriptor)
    }

    package func read(_ name: String, at offset: Int, count: Int) throws(CheckpointError) -> [UInt8] {
        let descriptor = open(place(name), O_RDONLY | O_CLOEXEC)
        if descriptor < 0 { throw .readFailed(path: place(name), code: errno) }
        defer { Glibc.close(descriptor) }
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = 0
            while filled < count {
                let got = pread(descriptor, buffer.baseAddress?.advanced(by: filled), count - filled, offset + filled)
                if got < 0, errno == EINTR { continue }
                if got < 0 { code = errno }
                if got <= 0 { return }
                filled += got
            }
        }
        if code != 0 { throw .readFailed(path: place(name), code: code) }
        return bytes
    }

    package func rename(_ name: String, to other: String) throws(CheckpointError) {
        let code = isClosed.withLock { isClosed in
            if isClosed { return EINTR }
            return Glibc.rename(place(name), place(other)) == 0 ? 0 : errno
        }
        if code != 0 { throw .writeFailed(path: place(other), code: code) }
    }

    package func remove(_ name: String) throws(CheckpointError) {
        if unlink(place(name)) != 0, errno != ENOENT { throw .writeFailed(path: place(name), code: errno) }
    }

    package func sync() throws(CheckpointError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor < 0 { throw .writeFailed(path: path, code: errno) }
        defer { Glibc.close(descriptor) }
        // Not every file system syncs folders; those that do not keep names in order by themselves.
        if fsync(descriptor) != 0, errno != EINVAL { throw .writeFailed(path: path, code: errno) }
    }

    package func lock() throws(CheckpointError) -> any StateFolderLock {
        let name = place(CheckpointName.lockName)
        while true {
            let descriptor = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
            if descriptor < 0 { throw .cannotCreate(path: name, code: errno) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                let code = errno
                let holder = Self.process(in: descriptor)
                Glibc.close(descriptor)
                if code != EWOULDBLOCK { throw .cannotCreate(path: name, code: code) }
                throw .inUse(folder: path, process: holder)
            }
            // Whoever held it may have removed the file between the two calls.
            var (held, named) = (stat(), stat())
            guard fstat(descriptor, &held) == 0, stat(name, &named) == 0, held.st_ino == named.st_ino else {
                Glibc.close(descriptor)
                continue
            }
            // For the message of whoever is refused; the lock itself is the system's.
            let text = Array("\(getpid())\n".utf8)
            _ = ftruncate(descriptor, 0)
            _ = pwrite(descriptor, text, text.count, 0)
            return LocalLock(descriptor: descriptor)
        }
    }

    private static func process(in descriptor: Int32) -> Int? {
        var digits = [UInt8](repeating: 0, count: 20)
        let count = pread(descriptor, &digits, digits.count, 0)
        return Int(String(decoding: digits.prefix(max(0, count)), as: UTF8.self).prefix { $0.isNumber })
    }
}

private final class LocalStateFile: StateFile {
    private let path: String
    private var descriptor: Int32

    init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit { close() }

    func append(_ bytes: [UInt8]) throws(CheckpointError) {
        let code = bytes.withUnsafeBytes { raw -> Int32 in
            var written = 0
            while written < raw.count {
                let count = write(descriptor, raw.baseAddress?.advanced(by: written), raw.count - written)
                if count < 0, errno == EINTR { continue }
                if count < 0 { return errno }
                written += count
            }
            return 0
        }
        if code != 0 { throw .writeFailed(path: path, code: code) }
    }

    func sync() throws(CheckpointError) {
        if fsync(descriptor) != 0 { throw .writeFailed(path: path, code: errno) }
    }

    func close() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }
}

private final class LocalLock: StateFolderLock {
    private let descriptor: Mutex<Int32>

    init(descriptor: Int32) {
        self.descriptor = Mutex(descriptor)
    }

    deinit { release() }

    func release() {
        descriptor.withLock { descriptor in
            if descriptor >= 0 { Glibc.close(descriptor) }
            descriptor = -1
        }
    }
}
