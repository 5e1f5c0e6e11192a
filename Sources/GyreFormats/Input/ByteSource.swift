import Glibc

/// Bytes in order, after unpacking. Called once per block, by one thread at a time.
protocol ByteSource: AnyObject {
    /// Fills the beginning of `target` (which is not empty) and says how much; 0 is the end, and stays the end.
    func read(into target: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int
}

extension InputFile {
    func open() throws(FormatError) -> any ByteSource {
        if let spool { return spool.rewound() }
        let plain = try FileSource(path: path)
        switch compression {
        case .none: return plain
        case .gzip: return try GzipSource(path: path, packed: plain)
        case .zstandard: return try ZstandardSource(path: path, packed: plain)
        }
    }
}

/// A file read with read(2). A file that shrinks meanwhile ends early instead of killing the process, as a mapped one
/// would.
final class FileSource: ByteSource {
    private let path: String
    private let descriptor: Int32

    init(path: String) throws(FormatError) {
        self.path = path
        descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 {
            throw errno == ENOENT ? .missing(path: path) : .unreadable(path: path, code: errno)
        }
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    func read(into target: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int {
        while true {
            let count = Glibc.read(descriptor, target.baseAddress, target.count)
            if count >= 0 { return count }
            if errno == EISDIR { throw .isFolder(path: path) }
            if errno != EINTR { throw .readFailed(path: path, code: errno) }
        }
    }
}
