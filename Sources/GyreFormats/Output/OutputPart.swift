import Glibc
import Synchronization

/// A part of an output in a temporary file, which gets its name when the whole output is complete.
///
/// Removed when the object ends, unless it was published. Safe to use from any thread; calls block.
public final class OutputPart: Sendable {
    private struct State {
        var descriptor: Int32
        /// Published or discarded.
        var isSettled = false
    }

    /// The name as errors show it.
    public let path: String
    private let place: OutputPlace
    private let state: Mutex<State>

    /// Creates a temporary file beside the place that the output will have.
    public init(for path: String) throws(FormatError) {
        self.path = path
        switch FileKind(path: path) {
        case .folder: throw .cannotCreate(path: path, code: EISDIR)
        case .failed(let code): throw .cannotCreate(path: path, code: code)
        // A device would be replaced by a file.
        case .file where !OutputPlace.isRegular(path): throw .cannotCreate(path: path, code: ENOTSUP)
        case .file, .missing: break
        }
        let (descriptor, place) = try OutputPlace.create(for: path)
        guard let place else { throw .cannotCreate(path: path, code: EINVAL) }
        self.place = place
        state = Mutex(State(descriptor: descriptor))
    }

    deinit {
        discard()
    }

    /// Removes the part; harmless once it is published.
    public func discard() {
        state.withLock { state in
            if state.descriptor >= 0 { close(state.descriptor) }
            state.descriptor = -1
            if !state.isSettled { place.discard() }
            state.isSettled = true
        }
    }

    /// Appends bytes.
    public func write(_ bytes: UnsafeRawBufferPointer) throws(FormatError) {
        try state.withLock { (state: inout State) throws(FormatError) in
            try Self.write(bytes, to: state.descriptor, path: path)
        }
    }

    /// Appends what another part holds.
    public func append(_ other: OutputPart) throws(FormatError) {
        try other.read { (chunk) throws(FormatError) in try write(chunk) }
    }

    /// Lends what has been written, a chunk at a time.
    public func read(_ body: (UnsafeRawBufferPointer) throws(FormatError) -> Void) throws(FormatError) {
        let source = open(place.temporary, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else { throw .readFailed(path: path, code: errno) }
        defer { close(source) }
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { room.deallocate() }
        while true {
            let count = Glibc.read(source, room.baseAddress, room.count)
            if count == 0 { return }
            if count > 0 {
                try body(UnsafeRawBufferPointer(rebasing: room[..<count]))
            } else if errno != EINTR {
                throw .readFailed(path: path, code: errno)
            }
        }
    }

    /// Overwrites bytes at the beginning, for formats whose head is known at the end.
    public func overwriteHead(_ bytes: [UInt8]) throws(FormatError) {
        try state.withLock { (state: inout State) throws(FormatError) in
            let count = pwrite(state.descriptor, bytes, bytes.count, 0)
            if count != bytes.count { throw .writeFailed(path: path, code: count < 0 ? errno : EIO) }
        }
    }

    /// Makes the part durable and gives it its name.
    public func publish() throws(FormatError) {
        try sync()
        try place.publish(as: path)
        state.withLock { $0.isSettled = true }
    }

    /// Makes the bytes durable and closes the file.
    func sync() throws(FormatError) {
        try state.withLock { (state: inout State) throws(FormatError) in
            if fsync(state.descriptor) != 0 { throw .writeFailed(path: path, code: errno) }
            let descriptor = state.descriptor
            state.descriptor = -1
            if close(descriptor) != 0 { throw .writeFailed(path: path, code: errno) }
        }
    }

    private static func write(
        _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String
    ) throws(FormatError) {
        var written = 0
        while written < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
            if count >= 0 {
                written += count
            } else if errno != EINTR {
                throw .writeFailed(path: path, code: errno)
            }
        }
    }
}
