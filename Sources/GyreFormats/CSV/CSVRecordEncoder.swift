/// Encodes the fields of one record. Containers inside a record are refused by what they are asked for.
struct CSVRecordEncoder: Encoder {
    let sink: CSVRecordSink
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(CSVKeyedEncoding<Key>(sink: sink))
    }
    func unkeyedContainer() -> any UnkeyedEncodingContainer { CSVNestedEncoding() }
    func singleValueContainer() -> any SingleValueEncodingContainer { CSVNestedEncoding() }
}

/// One field of a record.
struct CSVFieldEncoder: Encoder, SingleValueEncodingContainer {
    let sink: CSVRecordSink
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(CSVNestedKeyedEncoding<Key>())
    }
    func unkeyedContainer() -> any UnkeyedEncodingContainer { CSVNestedEncoding() }
    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    func encodeNil() { sink.null() }
    func encode(_ value: some Encodable) throws { try sink.write(value) }
}

private struct CSVKeyedEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let sink: CSVRecordSink
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) throws {
        try sink.name(key.stringValue)
        sink.null()
    }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        try sink.name(key.stringValue)
        try sink.write(value)
    }

    // Without these, a field without a value would be left out.
    func encodeIfPresent(_ value: (some Encodable)?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: String?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try present(value, key) }
    func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try present(value, key) }

    private func present(_ value: (some Encodable)?, _ key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> { KeyedEncodingContainer(CSVNestedKeyedEncoding<Nested>()) }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { CSVNestedEncoding() }
    func superEncoder() -> any Encoder { CSVFieldEncoder(sink: sink) }
    func superEncoder(forKey key: Key) -> any Encoder { CSVFieldEncoder(sink: sink) }
}

/// What a record cannot hold: refuses all that is written to it.
private struct CSVNestedEncoding: UnkeyedEncodingContainer, SingleValueEncodingContainer, Encoder {
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }
    var count: Int { 0 }

    func encodeNil() throws { throw CSVRecordSink.nesting }
    func encode(_ value: some Encodable) throws { throw CSVRecordSink.nesting }
    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        KeyedEncodingContainer(CSVNestedKeyedEncoding<Nested>())
    }
    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { self }
    func superEncoder() -> any Encoder { self }
    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(CSVNestedKeyedEncoding<Key>())
    }
    func unkeyedContainer() -> any UnkeyedEncodingContainer { self }
    func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

private struct CSVNestedKeyedEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) throws { throw CSVRecordSink.nesting }
    func encode(_ value: some Encodable, forKey key: Key) throws { throw CSVRecordSink.nesting }
    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> { KeyedEncodingContainer(CSVNestedKeyedEncoding<Nested>()) }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { CSVNestedEncoding() }
    func superEncoder() -> any Encoder { CSVNestedEncoding() }
    func superEncoder(forKey key: Key) -> any Encoder { CSVNestedEncoding() }
}
