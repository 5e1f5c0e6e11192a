import GyreColumns
import GyreTesting
import Testing

/// Whatever is `Codable` comes back, and torn bytes are an error.
struct BinaryCodecTests {
    enum Shape: Codable, Hashable, Sendable {
        case point
        case circle(radius: Double)
        case polygon([Int], name: String?)
        indirect case group(Shape, Shape)
    }
    enum Colour: String, Codable { case red, green }
    struct Nested: Codable, Hashable, Sendable {
        struct Inner: Codable, Hashable, Sendable {
            var a: Int8
            var b: UInt64?
        }
        var inner: Inner
        var list: [Inner?]
        var byName: [String: [Int]]
        var byNumber: [Int: String]
        var byInner: [Inner: Bool]
        var set: Set<String>
        var shape: Shape
        var deep: Int??
        var float: Float
        var optionals: [String?]
    }
    final class Base: Codable {
        var value = 1
    }

    static let nested = Nested(
        inner: .init(a: -5, b: .max), list: [nil, .init(a: 1, b: nil)], byName: ["a": [1, 2], "": [], "ü": [3]],
        byNumber: [-1: "minus", 7: "seven"], byInner: [.init(a: 0, b: 1): true], set: ["x", "y", "z"],
        shape: .group(.circle(radius: 0.5), .group(.point, .polygon([1, 2], name: nil))), deep: .some(nil), float: -0.0,
        optionals: ["a", nil, ""])

    private func roundTrip<T: Codable>(_ value: T) throws -> T {
        var writer = ByteWriter()
        try BinaryCodec.encode(value, into: &writer)
        var reader = ByteReader(writer.bytes)
        let back = try BinaryCodec.decode(T.self, from: &reader)
        #expect(reader.isAtEnd)
        return back
    }

    @Test
    func scalars() throws {
        #expect(try roundTrip(Int.min) == .min)
        #expect(try roundTrip(UInt64.max) == .max)
        #expect(try roundTrip(Int16(-3)) == -3)
        #expect(try roundTrip(true) == true)
        #expect(try roundTrip(1.5) == 1.5)
        #expect(try roundTrip(Double.nan).isNaN)
        #expect(try roundTrip("Füße 🦶\0") == "Füße 🦶\0")
        #expect(try roundTrip(Colour.green) == .green)
    }

    @Test
    func collectionsAndNesting() throws {
        #expect(try roundTrip(Self.nested) == Self.nested)
        #expect(try roundTrip([Self.nested, Self.nested]).count == 2)
        #expect(try roundTrip([String: Int]()).isEmpty)
        #expect(try roundTrip(["one": 1, "two": 2]) == ["one": 1, "two": 2])
        #expect(try roundTrip([[1], [], [2, 3]]) == [[1], [], [2, 3]])
        #expect(try roundTrip(Base()).value == 1)
    }

    @Test
    func optionalsOfOptionalsStayApart() throws {
        let values: [Int??] = [.none, .some(.none), .some(.some(3))]
        #expect(try roundTrip(values) == values)
        for value in values { #expect(try roundTrip(value) == value) }
    }

    @Test
    func enumerationsWithPayload() throws {
        for shape: Shape in [
            .point, .circle(radius: 2), .polygon([], name: "p"), .polygon([4], name: nil), Self.nested.shape,
        ] {
            #expect(try roundTrip(shape) == shape)
        }
    }

    @Test
    func equalValuesHaveEqualBytes() throws {
        func bytes(_ value: some Encodable) throws -> [UInt8] {
            var writer = ByteWriter()
            try BinaryCodec.encode(value, into: &writer)
            return writer.bytes
        }
        let names = (0..<100).map { "name \($0)" }
        let forward = Dictionary(uniqueKeysWithValues: names.map { ($0, $0.count) })
        var backward: [String: Int] = [:]
        backward.reserveCapacity(5_000)
        for name in names.reversed() { backward[name] = name.count }
        #expect(try bytes(forward) == bytes(backward))
        var large = Set<String>(minimumCapacity: 4_000)
        for name in names.reversed() { large.insert(name) }
        #expect(try bytes(Set(names)) == bytes(large))
    }

    /// Every prefix is refused with a `CodecError`; damaged bytes give an error or a value, never a crash.
    @Test
    func tornAndDamagedBytes() throws {
        var writer = ByteWriter()
        try BinaryCodec.encode(Self.nested, into: &writer)
        for count in 0..<writer.bytes.count {
            var reader = ByteReader(Array(writer.bytes.prefix(count)))
            #expect(throws: CodecError.self) { try BinaryCodec.decode(Nested.self, from: &reader) }
        }
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<2_000 {
            var bytes = writer.bytes
            bytes[generator.below(bytes.count)] = UInt8.random(in: 0...255, using: &generator)
            var reader = ByteReader(bytes)
            do { _ = try BinaryCodec.decode(Nested.self, from: &reader) } catch { #expect(error is CodecError) }
        }
        var colour = ByteWriter()
        colour.write("blue")
        var reader = ByteReader(colour.bytes)
        #expect(throws: CodecError.malformed(expected: "Colour")) { try BinaryCodec.decode(Colour.self, from: &reader) }
    }

    @Test
    func batchesOfAnyCodableType() throws {
        let elements = ElementType.rows(of: Nested?.self)
        let codec = try #require(elements.codec)
        var writer = ByteWriter()
        try codec.encode(RowBatch([Self.nested, nil]), &writer)
        var reader = ByteReader(writer.bytes)
        let back = try codec.decode(&reader)
        let rows = withExtendedLifetime(back) { Array(back.rows(of: Nested?.self).elements) }
        #expect(rows == [Self.nested, nil])
        struct Plain: Sendable {}
        #expect(ElementType.rows(of: Plain.self).codec == nil)
        #expect(throws: CodecError.unsupported("rows of type Plain are not Codable")) {
            try ElementType.rows(of: Plain.self).requiredCodec
        }
    }
}
