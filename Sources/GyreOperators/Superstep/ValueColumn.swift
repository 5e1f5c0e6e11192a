public import GyreColumns

/// The values of a range of positions in a file: little-endian where they are plain numbers, else by the binary codec.
public enum ValueColumn {
    /// Writes `count` values.
    public static func write<Value: BitwiseCopyable & Codable>(
        _ values: UnsafePointer<Value>, count: Int, into writer: inout ByteWriter
    ) throws {
        if isPlain(Value.self) {
            writer.append(UnsafeRawBufferPointer(start: values, count: count * MemoryLayout<Value>.stride))
        } else {
            for index in 0..<count { try BinaryCodec.encode(values[index], into: &writer) }
        }
    }

    /// Reads `count` values back.
    public static func read<Value: BitwiseCopyable & Codable>(
        _ values: UnsafeMutablePointer<Value>, count: Int, from reader: inout ByteReader
    ) throws {
        if isPlain(Value.self) {
            let size = count * MemoryLayout<Value>.stride
            try reader.readBytes(size).withUnsafeBytes {
                UnsafeMutableRawBufferPointer(start: values, count: size).copyMemory(from: $0)
            }
        } else {
            for index in 0..<count { values[index] = try BinaryCodec.decode(Value.self, from: &reader) }
        }
    }

    /// Numbers whose bytes in memory are their encoding; no machine of ours is big-endian.
    private static func isPlain<Value>(_ type: Value.Type) -> Bool {
        precondition(1.littleEndian == 1, "a big-endian machine")
        return type == Double.self || type == Float.self || type == UInt32.self || type == Int32.self
            || type == UInt64.self || type == Int64.self
    }
}
