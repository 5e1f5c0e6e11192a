/// Types whose own conformance to `Codable` does not suit a form without names.
///
/// An optional's would leave "no value" and "a value" indistinguishable; a dictionary's asks its decoder for
/// the names of all keys; both it and a set's write in an order that differs between processes.
protocol BinaryTagged {
    func encodeTagged(to sink: BinaryEncoder.Sink) throws
    static func decodeTagged(from source: BinaryDecoder.Source) throws -> Self
}

extension Optional: BinaryTagged {
    func encodeTagged(to sink: BinaryEncoder.Sink) throws {
        guard let self else { return sink.writer.write(UInt8(0)) }
        sink.writer.write(UInt8(1))
        try sink.write(dynamic: self)
    }

    static func decodeTagged(from source: BinaryDecoder.Source) throws -> Wrapped? {
        switch try source.reader.read(UInt8.self) {
        case 0: return Wrapped?.none
        case 1: return Wrapped?.some(try source.read(dynamic: Wrapped.self))
        default: throw CodecError.malformed(expected: "\(Self.self)")
        }
    }
}

extension Dictionary: BinaryTagged {
    func encodeTagged(to sink: BinaryEncoder.Sink) throws {
        try sink.writeSorted(self) { pair, part in
            try part.write(dynamic: pair.key)
            try part.write(dynamic: pair.value)
        }
    }

    static func decodeTagged(from source: BinaryDecoder.Source) throws -> [Key: Value] {
        var result: [Key: Value] = [:]
        for _ in 0..<(try source.reader.read(UInt64.self)) {
            let key = try source.read(dynamic: Key.self)
            result[key] = .some(try source.read(dynamic: Value.self))
        }
        return result
    }
}

extension Set: BinaryTagged {
    func encodeTagged(to sink: BinaryEncoder.Sink) throws {
        try sink.writeSorted(self) { try $1.write(dynamic: $0) }
    }

    static func decodeTagged(from source: BinaryDecoder.Source) throws -> Set {
        var result: Set = []
        for _ in 0..<(try source.reader.read(UInt64.self)) { result.insert(try source.read(dynamic: Element.self)) }
        return result
    }
}

extension BinaryEncoder.Sink {
    /// Writes a value that is known to be `Encodable` at run time only.
    func write<T>(dynamic value: T) throws {
        guard let type = T.self as? any Encodable.Type else {
            throw CodecError.unsupported("\(T.self) is not Encodable")
        }
        try write(value, as: type)
    }

    private func write<T, E: Encodable>(_ value: T, as type: E.Type) throws {
        // T is E: a cast would take an optional apart.
        try withUnsafePointer(to: value) { pointer in
            try pointer.withMemoryRebound(to: E.self, capacity: 1) { try write($0.pointee) }
        }
    }

    /// Writes a count, and what `body` makes of each element, ordered by bytes.
    func writeSorted<C: Collection>(_ elements: C, _ body: (C.Element, BinaryEncoder.Sink) throws -> Void) throws {
        var parts: [[UInt8]] = []
        for element in elements {
            let part = BinaryEncoder.Sink()
            try body(element, part)
            parts.append(part.writer.bytes)
        }
        writer.write(UInt64(parts.count))
        for part in parts.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            part.withUnsafeBytes { writer.append($0) }
        }
    }
}

extension BinaryDecoder.Source {
    /// Reads a value that is known to be `Decodable` at run time only.
    func read<T>(dynamic type: T.Type) throws -> T {
        guard let decodable = T.self as? any Decodable.Type else {
            throw CodecError.unsupported("\(T.self) is not Decodable")
        }
        return try read(decodable, as: T.self)
    }

    private func read<D: Decodable, T>(_ decodable: D.Type, as type: T.Type) throws -> T {
        let value = try read(decodable)
        // D is T: a cast would take an optional apart.
        return withUnsafePointer(to: value) { $0.withMemoryRebound(to: T.self, capacity: 1) { $0.pointee } }
    }
}
