public import GyreColumns

/// How a piece of an operator's state is written and read; made where its type is known.
public struct StateCodec<Value>: Sendable {
    public let encode: @Sendable (Value, inout ByteWriter) throws -> Void
    public let decode: @Sendable (inout ByteReader) throws -> Value
}

extension StateCodec where Value: Codable & SendableMetatype {
    /// The codec of a `Codable` type.
    public static var codable: StateCodec {
        StateCodec(
            encode: { try BinaryCodec.encode($0, into: &$1) },
            decode: { try BinaryCodec.decode(Value.self, from: &$0) })
    }
}
