/// Decodes what `BinaryEncoder` encoded, by the same type.
struct BinaryDecoder: Decoder {
    final class Source {
        var reader: ByteReader
        init(reader: ByteReader) { self.reader = reader }
    }

    let source: Source
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(BinaryKeyedDecoding<Key>(source: source))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { try BinaryUnkeyedDecoding(source: source) }

    func singleValueContainer() -> any SingleValueDecodingContainer { BinarySingleDecoding(source: source) }
}

extension BinaryDecoder.Source {
    func read<T: Decodable>(_ type: T.Type) throws -> T {
        if let tagged = type as? any BinaryTagged.Type { return try read(tagged: tagged, as: type) }
        let value: Any
        switch type {
        case is Bool.Type: value = try reader.read(UInt8.self) != 0
        case is Int.Type: value = Int(try reader.read(Int64.self))
        case is Int64.Type: value = try reader.read(Int64.self)
        case is Int32.Type: value = try reader.read(Int32.self)
        case is Int16.Type: value = try reader.read(Int16.self)
        case is Int8.Type: value = try reader.read(Int8.self)
        case is UInt.Type: value = UInt(try reader.read(UInt64.self))
        case is UInt64.Type: value = try reader.read(UInt64.self)
        case is UInt32.Type: value = try reader.read(UInt32.self)
        case is UInt16.Type: value = try reader.read(UInt16.self)
        case is UInt8.Type: value = try reader.read(UInt8.self)
        case is Double.Type: value = Double(bitPattern: try reader.read(UInt64.self))
        case is Float.Type: value = Float(bitPattern: try reader.read(UInt32.self))
        case is String.Type: value = try reader.readString()
        default: return try T(from: BinaryDecoder(source: self))
        }
        guard let typed = value as? T else { throw CodecError.malformed(expected: "\(T.self)") }
        return typed
    }

    private func read<Tagged: BinaryTagged, T>(tagged: Tagged.Type, as type: T.Type) throws -> T {
        let value = try tagged.decodeTagged(from: self)
        // Tagged is T: a cast would take an optional apart.
        return withUnsafePointer(to: value) { $0.withMemoryRebound(to: T.self, capacity: 1) { $0.pointee } }
    }
}

private struct BinaryKeyedDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let source: BinaryDecoder.Source
    var codingPath: [any CodingKey] { [] }
    /// The key of the nested container that comes next, which is what an enumeration asks for.
    var allKeys: [Key] {
        var ahead = source.reader
        guard let name = try? ahead.readString(), let key = Key(stringValue: name) else { return [] }
        return [key]
    }

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) throws -> Bool { try source.reader.read(UInt8.self) == 0 }
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try source.read(type) }
    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        try source.reader.read(UInt8.self) == 0 ? nil : source.read(type)
    }
    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        guard try source.reader.readString() == key.stringValue else {
            throw CodecError.malformed(expected: "a container \(key.stringValue)")
        }
        return KeyedDecodingContainer(BinaryKeyedDecoding<Nested>(source: source))
    }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try BinaryUnkeyedDecoding(source: source)
    }
    func superDecoder() -> any Decoder { BinaryDecoder(source: source) }
    func superDecoder(forKey key: Key) -> any Decoder { BinaryDecoder(source: source) }
}

private struct BinaryUnkeyedDecoding: UnkeyedDecodingContainer {
    let source: BinaryDecoder.Source
    /// Not told to the type, which would reserve room for whatever a torn file says.
    var count: Int? { nil }
    private let stored: Int
    private(set) var currentIndex = 0
    var codingPath: [any CodingKey] { [] }
    var isAtEnd: Bool { currentIndex == stored }

    init(source: BinaryDecoder.Source) throws {
        self.source = source
        let count = try source.reader.read(UInt64.self)
        guard count <= UInt64(Int.max) else { throw CodecError.malformed(expected: "a count of elements") }
        stored = Int(count)
    }

    private mutating func step() throws {
        guard !isAtEnd else { throw CodecError.malformed(expected: "one more element") }
        currentIndex += 1
    }

    mutating func decodeNil() throws -> Bool { false }
    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        try step()
        return try source.read(type)
    }
    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try step()
        return KeyedDecodingContainer(BinaryKeyedDecoding<Nested>(source: source))
    }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try step()
        return try BinaryUnkeyedDecoding(source: source)
    }
    mutating func superDecoder() throws -> any Decoder {
        try step()
        return BinaryDecoder(source: source)
    }
}

private struct BinarySingleDecoding: SingleValueDecodingContainer {
    let source: BinaryDecoder.Source
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { false }
    func decode<T: Decodable>(_ type: T.Type) throws -> T { try source.read(type) }
}
