/// Decodes a type from the fields of one record: by their columns' names, scalars and what decodes itself from one.
struct CSVRecordDecoder: Decoder {
    let fields: CSVRecordFields
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(CSVKeyedFields<Key>(fields: fields))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw CSVNesting.error }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw CSVNesting.error }
}

private struct CSVKeyedFields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let fields: CSVRecordFields
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool { fields.column(key.stringValue) != nil }

    func decodeNil(forKey key: Key) throws -> Bool { fields.isNull(try column(key)) }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        let column = try column(key)
        if let value = try fields.scalar(type, column, name: key.stringValue) { return value }
        return try T(from: CSVFieldDecoder(fields: fields, column: column, name: key.stringValue))
    }

    private func column(_ key: Key) throws -> Int {
        guard let column = fields.column(key.stringValue) else {
            throw DecodingError.keyNotFound(
                key, .init(codingPath: [], debugDescription: "no column \(key.stringValue)"))
        }
        return column
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { throw CSVNesting.error }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw CSVNesting.error }
    func superDecoder() throws -> any Decoder { throw CSVNesting.error }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw CSVNesting.error }
}

/// One field, for types that decode themselves from a single value: enumerations with raw values, dates.
private struct CSVFieldDecoder: Decoder, SingleValueDecodingContainer {
    let fields: CSVRecordFields
    let column: Int
    let name: String
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        throw CSVNesting.error
    }
    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw CSVNesting.error }
    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func decodeNil() -> Bool { fields.isNull(column) }
    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        if let value = try fields.scalar(type, column, name: name) { return value }
        return try T(from: self)
    }
}

private enum CSVNesting {
    /// A record of separated values is flat.
    static var error: RecordDefect { .malformed(expected: "fields of plain values", found: "a nested type") }
}
