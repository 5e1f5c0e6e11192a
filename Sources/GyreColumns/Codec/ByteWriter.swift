/// Bytes that grow at their end: what values are encoded into.
///
/// Integers are little-endian and of fixed width, so that an encoding can be read by position.
public struct ByteWriter: Sendable {
    /// What has been written.
    public private(set) var bytes: [UInt8] = []

    /// Makes an empty writer.
    public init() {}

    /// Writes an integer.
    @inlinable
    public mutating func write(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { append($0) }
    }

    /// Writes raw bytes, without their count.
    public mutating func append(_ raw: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: raw)
    }

    /// Writes a count and the UTF-8 bytes of a string.
    public mutating func write(_ string: String) {
        var copy = string
        copy.withUTF8 { utf8 in
            write(UInt64(utf8.count))
            append(UnsafeRawBufferPointer(utf8))
        }
    }

    /// Forgets what has been written, keeps the memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    /// Leaves room for a count that is not known yet, and says where.
    mutating func reserveCount() -> Int {
        defer { write(UInt64(0)) }
        return bytes.count
    }

    /// Fills in a count for which room was left.
    mutating func setCount(_ count: Int, at position: Int) {
        withUnsafeBytes(of: UInt64(count).littleEndian) { raw in
            bytes.replaceSubrange(position..<(position + 8), with: raw)
        }
    }
}
