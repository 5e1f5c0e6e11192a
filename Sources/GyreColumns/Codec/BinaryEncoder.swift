/// Encodes `Encodable` values field by field, in the order in which they encode themselves.
///
/// The form has no names: it is read back by the same type. Optionals carry a byte that says whether
/// they are there, collections their count, strings their UTF-8 bytes. Keyed containers encode in
/// order of their calls, which for synthesised conformances is the order of the stored properties. Sets and
/// dictionaries are written in the order of their encoded elements, so that equal values have equal bytes. A
/// nested container carries its key's name: an enumeration's decoder asks which case it is (`allKeys`).
struct BinaryEncoder: Encoder {
    final class Sink {
        var writer = ByteWriter()
    }

    let sink: Sink
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(BinaryKeyedEncoding<Key>(sink: sink))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer { BinaryUnkeyedEncoding(sink: sink) }

    func singleValueContainer() -> any SingleValueEncodingContainer { BinarySingleEncoding(sink: sink) }
}

extension BinaryEncoder.Sink {
    func write(_ value: some Encodable) throws {
        switch value {
        case let value as any BinaryTagged: try value.encodeTagged(to: self)
        case let value as Bool: writer.write(UInt8(value ? 1 : 0))
        case let value as Int: writer.write(Int64(value))
        case let value as Int64: writer.write(value)
        case let value as Int32: writer.write(value)
        case let value as Int16: writer.write(value)
        case let value as Int8: writer.write(value)
        case let value as UInt: writer.write(UInt64(value))
        case let value as UInt64: writer.write(value)
        case let value as UInt32: writer.write(value)
        case let value as UInt16: writer.write(value)
        case let value as UInt8: writer.write(value)
        case let value as Double: writer.write(value.bitPattern)
        case let value as Float: writer.write(value.bitPattern)
        case let value as String: writer.write(value)
        default: try value.encode(to: BinaryEncoder(sink: self))
        }
    }
}

private struct BinaryKeyedEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let sink: BinaryEncoder.Sink
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) throws { sink.writer.write(UInt8(0)) }
    func encode(_ value: some Encodable, forKey key: Key) throws { try sink.write(value) }

    func encodeIfPresent(_ value: (some Encodable)?, forKey key: Key) throws {
        sink.writer.write(UInt8(value == nil ? 0 : 1))
        if let value { try sink.write(value) }
    }
    func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try present(value) }
    func encodeIfPresent(_ value: String?, forKey key: Key) throws { try present(value) }
    func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try present(value) }
    func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try present(value) }
    func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try present(value) }
    func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try present(value) }
    func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try present(value) }
    func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try present(value) }
    func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try present(value) }
    func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try present(value) }
    func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try present(value) }
    func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try present(value) }
    func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try present(value) }
    func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try present(value) }

    private func present(_ value: (some Encodable)?) throws {
        sink.writer.write(UInt8(value == nil ? 0 : 1))
        if let value { try sink.write(value) }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        sink.writer.write(key.stringValue)
        return KeyedEncodingContainer(BinaryKeyedEncoding<Nested>(sink: sink))
    }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { BinaryUnkeyedEncoding(sink: sink) }
    func superEncoder() -> any Encoder { BinaryEncoder(sink: sink) }
    func superEncoder(forKey key: Key) -> any Encoder { BinaryEncoder(sink: sink) }
}

/// An unkeyed container does not know its count beforehand, so room for it is left and filled in.
private struct BinaryUnkeyedEncoding: UnkeyedEncodingContainer {
    let sink: BinaryEncoder.Sink
    private(set) var count = 0
    private let countPosition: Int
    var codingPath: [any CodingKey] { [] }

    init(sink: BinaryEncoder.Sink) {
        self.sink = sink
        countPosition = sink.writer.reserveCount()
    }

    private mutating func step() {
        count += 1
        sink.writer.setCount(count, at: countPosition)
    }

    mutating func encodeNil() throws {
        step()
        sink.writer.write(UInt8(0))
    }
    mutating func encode(_ value: some Encodable) throws {
        step()
        try sink.write(value)
    }
    mutating func nestedContainer<Nested: CodingKey>(keyedBy keyType: Nested.Type) -> KeyedEncodingContainer<Nested> {
        step()
        return KeyedEncodingContainer(BinaryKeyedEncoding<Nested>(sink: sink))
    }
    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        step()
        return BinaryUnkeyedEncoding(sink: sink)
    }
    mutating func superEncoder() -> any Encoder {
        step()
        return BinaryEncoder(sink: sink)
    }
}

private struct BinarySingleEncoding: SingleValueEncodingContainer {
    let sink: BinaryEncoder.Sink
    var codingPath: [any CodingKey] { [] }

    func encodeNil() throws { sink.writer.write(UInt8(0)) }
    func encode(_ value: some Encodable) throws { try sink.write(value) }
}
