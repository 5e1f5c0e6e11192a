/// What can be wrong with encoded bytes.
public enum CodecError: Error, Equatable, Sendable {
    /// The bytes end before the value does.
    case truncated(needed: Int, available: Int)
    /// A count or a tag that no writer makes.
    case malformed(expected: String)
    /// The type asks its decoder for something this codec does not have.
    case unsupported(String)
}

/// Reads what a `ByteWriter` wrote, in the same order.
public struct ByteReader: Sendable {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    /// Starts at the first of `bytes`.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes[...]
        self.position = 0
    }

    /// Whether everything has been read.
    public var isAtEnd: Bool { position == bytes.endIndex }

    /// How many bytes have not been read yet.
    public var available: Int { bytes.endIndex - position }

    /// Reads an integer of the given type.
    public mutating func read<Integer: FixedWidthInteger>(_ type: Integer.Type = Integer.self) throws -> Integer {
        let size = MemoryLayout<Integer>.size
        let value = try take(size) { $0.loadUnaligned(as: Integer.self) }
        return Integer(littleEndian: value)
    }

    /// Reads a string.
    public mutating func readString() throws -> String {
        let count = try read(UInt64.self)
        guard count <= UInt64(bytes.endIndex - position) else {
            throw CodecError.truncated(needed: Int(clamping: count), available: bytes.endIndex - position)
        }
        return try take(Int(count)) { String(decoding: $0, as: UTF8.self) }
    }

    /// Reads `count` bytes.
    public mutating func readBytes(_ count: Int) throws -> [UInt8] {
        try take(count) { Array($0) }
    }

    /// Reads as many bytes as `target` has room for.
    public mutating func readBytes(into target: UnsafeMutableRawBufferPointer) throws {
        try take(target.count) { target.copyMemory(from: $0) }
    }

    /// Lends what has not been read yet; `body` says how many bytes it has taken.
    mutating func consume(_ body: (UnsafeRawBufferPointer) throws -> Int) throws {
        position += try bytes[position...].withUnsafeBytes(body)
    }

    private mutating func take<Result>(_ count: Int, _ body: (UnsafeRawBufferPointer) -> Result) throws -> Result {
        let available = bytes.endIndex - position
        guard count >= 0, count <= available else { throw CodecError.truncated(needed: count, available: available) }
        defer { position += count }
        return bytes[position..<(position + count)].withUnsafeBytes(body)
    }
}
