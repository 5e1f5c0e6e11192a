import Glibc
import Synchronization

/// Standard input, which may be read again from its beginning if it is kept.
///
/// What is read is appended to a temporary file without a name; a second pass reads that file first and goes on with
/// the descriptor where the first pass stopped, so a pass that ends early costs nothing twice.
final class StandardInputSpool: Sendable {
    private struct State {
        var copy: Int32 = -1
        var kept: Int = 0
        var hasEnded = false
    }

    private let descriptor: Int32
    private let isKept: Bool
    private let state = Mutex(State())

    init(descriptor: Int32, isKept: Bool) {
        self.descriptor = descriptor
        self.isKept = isKept
    }

    deinit {
        state.withLock { if $0.copy >= 0 { close($0.copy) } }
    }

    /// A source from the first byte on; without a copy, from where the descriptor stands.
    func rewound() -> any ByteSource {
        SpoolSource(spool: self)
    }

    /// Bytes from `offset` on: out of the copy as far as it reaches, else from the descriptor.
    fileprivate func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int {
        try state.withLock { (state: inout State) throws(FormatError) -> Int in
            if isKept, offset < state.kept {
                let count = pread(state.copy, target.baseAddress, min(target.count, state.kept - offset), offset)
                if count <= 0 { throw .readFailed(path: "-", code: count == 0 ? EIO : errno) }
                return count
            }
            if state.hasEnded { return 0 }
            var count = Glibc.read(descriptor, target.baseAddress, target.count)
            while count < 0, errno == EINTR { count = Glibc.read(descriptor, target.baseAddress, target.count) }
            if count < 0 { throw .readFailed(path: "-", code: errno) }
            state.hasEnded = count == 0
            if isKept, count > 0 { try keep(UnsafeRawBufferPointer(rebasing: target[..<count]), in: &state) }
            return count
        }
    }

    private func keep(_ bytes: UnsafeRawBufferPointer, in state: inout State) throws(FormatError) {
        if state.copy < 0 { state.copy = try unlinkedFile() }
        var written = 0
        while written < bytes.count {
            let rest = bytes.baseAddress?.advanced(by: written)
            let count = pwrite(state.copy, rest, bytes.count - written, state.kept + written)
            if count < 0, errno != EINTR { throw .writeFailed(path: "the copy of standard input", code: errno) }
            written += max(count, 0)
        }
        state.kept += written
    }
}

private final class SpoolSource: ByteSource {
    private let spool: StandardInputSpool
    private var offset = 0

    init(spool: StandardInputSpool) {
        self.spool = spool
    }

    func read(into target: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int {
        let count = try spool.read(at: offset, into: target)
        offset += count
        return count
    }
}

private func unlinkedFile() throws(FormatError) -> Int32 {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((folder + "/gyre-XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    if descriptor < 0 { throw .cannotCreate(path: folder, code: errno) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(template)
    return descriptor
}
