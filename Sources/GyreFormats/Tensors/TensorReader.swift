/// Reads a safetensors file from front to back. What the head claims takes memory only as the bytes arrive.
struct TensorReader {
    /// Bytes of the number that the file begins with.
    static let lengthSize = 8
    private static let step = 1 << 20

    private let source: any ByteSource
    private let path: String
    private var position = 0

    init(_ source: any ByteSource, path: String) {
        self.source = source
        self.path = path
    }

    mutating func file() throws(FormatError) -> TensorFile {
        let length = try bytes(Self.lengthSize, of: "the head's length").reversed().reduce(UInt64(0)) {
            $0 << 8 | UInt64($1)
        }
        guard length <= TensorFile.longestHead else {
            throw .badHeader(
                path: path, expected: "a head of at most \(TensorFile.longestHead) bytes", found: "\(length)")
        }
        let head = try TensorHead(parsing: try bytes(Int(length), of: "the head"), path: path)
        var tensors: [String: Tensor] = [:]
        for entry in head.entries {
            let bytes = try bytes(entry.place.count, of: "the data")
            tensors[entry.name] = Tensor(type: entry.type, shape: entry.shape, bytes: bytes)
        }
        try end()
        return TensorFile(tensors, metadata: head.metadata)
    }

    private mutating func bytes(_ count: Int, of part: String) throws(FormatError) -> [UInt8] {
        var all: [UInt8] = []
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, min(count, Self.step)), alignment: 16)
        defer { room.deallocate() }
        while all.count < count {
            let wanted = min(count - all.count, room.count)
            let read = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: room[..<wanted]))
            guard read > 0 else {
                throw .damaged(path: path, at: position, expected: "\(count - all.count) more bytes of \(part)")
            }
            all += room[..<read]
            position += read
        }
        return all
    }

    private func end() throws(FormatError) {
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1, alignment: 1)
        defer { room.deallocate() }
        guard try source.read(into: room) == 0 else {
            throw .damaged(path: path, at: position, expected: "the end of the file")
        }
    }
}

extension TensorFile {
    /// Reads a file whole.
    ///
    /// - Throws: `missing`, `unreadable` or `isFolder`; `damaged`, with the byte, where the file ends early or late or
    ///   its head is not the JSON of the format; `badHeader` where the head contradicts itself or names a type that is
    ///   not known.
    public init(path: String) throws(FormatError) {
        var reader = TensorReader(try InputFile(path: path).open(), path: path)
        self = try reader.file()
    }

    /// Reads a file that is in memory; `path` is what errors name. Throws as the reading of a file does.
    public init(bytes: [UInt8], path: String) throws(FormatError) {
        var reader = TensorReader(MemorySource(bytes), path: path)
        self = try reader.file()
    }
}

private final class MemorySource: ByteSource {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func read(into target: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int {
        let part = bytes[position...].prefix(target.count)
        target.copyBytes(from: part)
        position += part.count
        return part.count
    }
}
