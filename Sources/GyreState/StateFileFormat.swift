/// A file of state: `GyreStat`, the version, then frames, each its count of bytes and the bytes. All integers are
/// little-endian. What a frame holds is its operator's matter, and small enough to be held in memory twice.
enum StateFileFormat {
    static let version: UInt32 = 1
    static let header: [UInt8] = Array("GyreStat".utf8) + [UInt8(version), 0, 0, 0]
}

/// A file of a checkpoint, as its manifest names it.
package struct StateFileRecord: Codable, Equatable, Sendable {
    package var name: String
    package var bytes: Int
    /// Eight hexadecimal digits.
    package var crc32: String

    package init(name: String, bytes: Int, crc32: String) {
        self.name = name
        self.bytes = bytes
        self.crc32 = crc32
    }
}

/// Writes a file of state, frame by frame, in blocks of 1 MiB.
package final class StateWriter {
    private let name: String
    private let file: any StateFile
    private var block: [UInt8] = StateFileFormat.header
    private var checksum = Checksum()
    private var written = 0

    init(name: String, file: any StateFile) {
        self.name = name
        self.file = file
    }

    /// Appends a frame.
    package func append(frame: [UInt8]) throws(CheckpointError) {
        var count = UInt64(frame.count).littleEndian
        withUnsafeBytes(of: &count) { block.append(contentsOf: $0) }
        block.append(contentsOf: frame)
        if block.count >= 1 << 20 { try flush() }
    }

    /// Makes the file durable.
    func finish() throws(CheckpointError) -> StateFileRecord {
        try flush()
        try file.sync()
        file.close()
        return StateFileRecord(name: name, bytes: written, crc32: checksum.value.checksumText)
    }

    private func flush() throws(CheckpointError) {
        let bytes = block
        block.removeAll(keepingCapacity: true)
        written += bytes.count
        bytes.withUnsafeBytes { checksum.add($0) }
        try file.append(bytes)
    }
}

/// Reads a file of state whose checksum has been found right.
package final class StateReader {
    private let folder: any StateFolder
    private let file: StateFileRecord
    private var position = 0
    private var block: ArraySlice<UInt8> = []

    init(folder: any StateFolder, file: StateFileRecord) throws(CheckpointError) {
        self.folder = folder
        self.file = file
        guard try take(StateFileFormat.header.count) == StateFileFormat.header[...] else { throw notUnderstood }
    }

    /// The next frame; nil behind the last.
    package func next() throws(CheckpointError) -> [UInt8]? {
        if block.isEmpty, position == file.bytes { return nil }
        let count = try take(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard count <= UInt64(file.bytes) else { throw notUnderstood }
        return Array(try take(Int(count)))
    }

    /// What a reader throws who finds something else in a frame than it would write.
    package var notUnderstood: CheckpointError { .stateNotUnderstood(folder: folder.path, file: file.name) }

    private func take(_ count: Int) throws(CheckpointError) -> ArraySlice<UInt8> {
        if block.count < count {
            let wanted = max(count - block.count, min(1 << 20, file.bytes - position))
            let more = try folder.read(file.name, at: position, count: wanted)
            position += more.count
            block = Array(block)[...] + more
            guard block.count >= count else { throw notUnderstood }
        }
        defer { block = block.dropFirst(count) }
        return block.prefix(count)
    }
}
