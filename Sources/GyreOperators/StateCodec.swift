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

extension StateCodec where Value == any Sendable {
    /// The codec of values of a type that turns out to be `Codable`; nil for any other. Not specialised: for a value
    /// a round.
    static func ifCodable<Concrete: Sendable>(_ type: Concrete.Type) -> StateCodec? {
        guard Concrete.self is any Codable.Type else { return nil }
        return StateCodec(
            encode: { value, writer in
                guard let value = value as? any Encodable else {
                    throw CodecError.unsupported("a value that is no \(Concrete.self)")
                }
                try BinaryCodec.encode(value, into: &writer)
            },
            decode: { reader in
                guard let type = Concrete.self as? any Decodable.Type,
                    let value = try decode(type, from: &reader) as? Concrete
                else { throw CodecError.malformed(expected: "\(Concrete.self)") }
                return value
            })
    }

    private static func decode<T: Decodable>(_ type: T.Type, from reader: inout ByteReader) throws -> Any {
        try BinaryCodec.decode(type, from: &reader)
    }
}
