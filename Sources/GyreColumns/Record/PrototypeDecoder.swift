/// Makes a value of a type from nothing, every field with a value of its own, and notes what the type asks for.
struct PrototypeDecoder: Decoder {
    /// Two prototypes, since a Bool and an optional have two sides each.
    enum Variant: CaseIterable {
        case present, absent
    }

    /// What a type has asked for.
    final class Asked {
        var names: [String] = []
    }

    let variant: Variant
    let asked: Asked
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    struct NotPlain: Error {}

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(PrototypeFields<Key>(variant: variant, asked: asked))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw NotPlain() }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw NotPlain() }
}

private struct PrototypeFields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let variant: PrototypeDecoder.Variant
    let asked: PrototypeDecoder.Asked
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool { true }

    /// Asked before each optional field; a field that is there is asked for by `decode` next.
    func decodeNil(forKey key: Key) -> Bool {
        if variant == .absent { asked.names.append(key.stringValue) }
        return variant == .absent
    }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        let number = asked.names.count + 1
        asked.names.append(key.stringValue)
        let small = UInt8(truncatingIfNeeded: number) & 0x7F
        let value: Any
        switch type {
        case is Bool.Type: value = number.isMultiple(of: 2) == (variant == .present)
        case is String.Type: value = String(repeating: "field \(number) ", count: number.isMultiple(of: 2) ? 1 : 4)
        case is Double.Type: value = Double(number) + 0.5
        case is Float.Type: value = Float(number) + 0.25
        case is Int.Type: value = Int.max - number
        case is Int64.Type: value = Int64.min + Int64(number)
        case is Int32.Type: value = Int32.max - Int32(small)
        case is Int16.Type: value = Int16.max - Int16(small)
        case is Int8.Type: value = Int8(bitPattern: small)
        case is UInt.Type: value = UInt.max - UInt(number)
        case is UInt64.Type: value = UInt64.max - UInt64(number)
        case is UInt32.Type: value = UInt32.max - UInt32(small)
        case is UInt16.Type: value = UInt16.max - UInt16(small)
        case is UInt8.Type: value = small
        default: throw PrototypeDecoder.NotPlain()
        }
        guard let typed = value as? T else { throw PrototypeDecoder.NotPlain() }
        return typed
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { throw PrototypeDecoder.NotPlain() }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw PrototypeDecoder.NotPlain()
    }
    func superDecoder() throws -> any Decoder { throw PrototypeDecoder.NotPlain() }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw PrototypeDecoder.NotPlain() }
}
