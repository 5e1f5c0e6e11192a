import Glibc

/// Where a result goes. Nothing appears half written.
///
/// A regular file is written beside its place under a temporary name, synced, and renamed on `commit`; a symbolic
/// link is followed. A pipe, a device and standard output cannot be taken back, so what is written is held in memory
/// until the caller states by `resultIsComplete` or `commit` that nothing but writing can fail any more.
///
/// Driven by one thread. Without `commit` the file is aborted when the object ends.
public final class OutputFile {
    /// The name as errors show it; `-` for standard output.
    public let path: String
    /// The file that an interrupted process has to remove; nil where there is none.
    public var temporaryPath: String? { place?.temporary }

    private var descriptor: Int32
    private let place: OutputPlace?
    private var held: [TextBuffer] = []
    private var isHolding: Bool
    private var isOpen = true

    /// Whether a path stands for what is written from front to back and has no place of its own: standard output, a
    /// pipe, a device.
    public static func isStream(_ path: String) -> Bool {
        path == "-" || (FileKind(path: path) == .file && !OutputPlace.isRegular(path))
    }

    /// Opens the output, nil and `-` being standard output.
    public init(path: String?) throws(FormatError) {
        guard let path, path != "-" else {
            self.path = "-"
            descriptor = 1
            place = nil
            isHolding = true
            return
        }
        self.path = path
        switch FileKind(path: path) {
        case .folder: throw .cannotCreate(path: path, code: EISDIR)
        case .failed(let code): throw .cannotCreate(path: path, code: code)
        case .file where !OutputPlace.isRegular(path):
            place = nil
            isHolding = true
            descriptor = open(path, O_WRONLY | O_CLOEXEC)
            if descriptor < 0 { throw .cannotCreate(path: path, code: errno) }
        case .file, .missing:
            isHolding = false
            (descriptor, place) = try OutputPlace.create(for: path)
        }
    }

    deinit {
        abort()
    }

    /// Appends a chunk.
    public func write(_ chunk: UnsafeRawBufferPointer) throws(FormatError) {
        precondition(isOpen, "written after its end")
        if isHolding {
            let copy = TextBuffer(capacity: chunk.count)
            copy.append(chunk.bindMemory(to: UInt8.self))
            held.append(copy)
        } else {
            try writeThrough(chunk)
        }
    }

    public func write(_ buffer: TextBuffer) throws(FormatError) {
        try write(buffer.bytes)
    }

    /// States that the result is complete: pipes, devices and standard output are written from now on without being
    /// held in memory.
    public func resultIsComplete() throws(FormatError) {
        guard isHolding else { return }
        isHolding = false
        for chunk in held {
            try writeThrough(chunk.bytes)
        }
        held = []
    }

    /// Makes the result appear, durable. After an error the target is as it was, except for what pipes, devices and
    /// standard output have received.
    public func commit() throws(FormatError) {
        precondition(isOpen, "committed after its end")
        do throws(FormatError) {
            try resultIsComplete()
            if let place {
                if fsync(descriptor) != 0 { throw FormatError.writeFailed(path: path, code: errno) }
                if close(descriptor) != 0 {
                    descriptor = -1
                    throw FormatError.writeFailed(path: path, code: errno)
                }
                descriptor = -1
                try place.publish(as: path)
            }
        } catch {
            abort()
            throw error
        }
        closeDescriptor()
        isOpen = false
    }

    /// Leaves nothing behind; what stood at the target stays. Harmless after `commit`.
    public func abort() {
        guard isOpen else { return }
        isOpen = false
        held = []
        closeDescriptor()
        place?.discard()
    }

    private func closeDescriptor() {
        if descriptor > 2 { close(descriptor) }
        descriptor = -1
    }

    private func writeThrough(_ chunk: UnsafeRawBufferPointer) throws(FormatError) {
        var written = 0
        while written < chunk.count {
            let count = Glibc.write(descriptor, chunk.baseAddress?.advanced(by: written), chunk.count - written)
            if count >= 0 {
                written += count
            } else if errno == EPIPE {
                throw .brokenPipe(path: path)
            } else if errno != EINTR {
                throw .writeFailed(path: path, code: errno)
            }
        }
    }
}
