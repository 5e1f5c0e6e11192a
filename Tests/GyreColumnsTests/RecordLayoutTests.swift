import GyreColumns
import GyreTesting
import Testing

/// Layouts are right, or there is none; either way the bytes are those of `Codable`.
struct RecordLayoutTests {
    struct Everything: PlainRecord, Equatable {
        var flag: Bool
        var i8: Int8
        var text: String
        var i16: Int16?
        var u8: UInt8?
        var i32: Int32
        var maybe: Bool?
        var i64: Int64
        var int: Int?
        var u16: UInt16
        var u32: UInt32?
        var u64: UInt64
        var uint: UInt
        var double: Double?
        var float: Float
        var note: String?
    }
    struct Order: PlainRecord, Equatable {
        var id: Int64
        var customer: String
        var amount: Double
        var count: Int32
        var isPaid: Bool
    }
    struct Renamed: PlainRecord {
        var a: Int
        enum CodingKeys: String, CodingKey { case a = "b" }
    }
    struct Swapped: PlainRecord {
        var a: Int
        var b: Int
        enum CodingKeys: CodingKey { case a, b }
        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            a = -(try fields.decode(Int.self, forKey: .a))
            b = try fields.decode(Int.self, forKey: .b)
        }
    }
    struct Silent: PlainRecord {
        var a: Int
        var b: Int
        enum CodingKeys: CodingKey { case a, b }
        func encode(to encoder: any Encoder) throws {
            var fields = encoder.container(keyedBy: CodingKeys.self)
            try fields.encode(a, forKey: .a)
            try fields.encode(0, forKey: .b)
        }
    }
    struct WithConstant: PlainRecord {
        var a: Int
        var cache = 7
        enum CodingKeys: CodingKey { case a }
    }
    struct Nested: PlainRecord {
        var order: Order
        var list: [Int]
    }
    struct Unmarked: Codable, Sendable, Equatable {
        var a: Int
        var b: String
    }
    enum Kind: String, PlainRecord { case one, two }
    struct Empty: PlainRecord {}

    @Test func offsetsAreThoseOfTheCompiler() throws {
        let layout = try #require(RecordLayout.of(Everything.self))
        let byName = Dictionary(uniqueKeysWithValues: layout.fields.map { ($0.name, $0.offset) })
        #expect(layout.fields.count == 16)
        #expect(byName["flag"] == MemoryLayout<Everything>.offset(of: \.flag))
        #expect(byName["text"] == MemoryLayout<Everything>.offset(of: \.text))
        #expect(byName["i16"] == MemoryLayout<Everything>.offset(of: \.i16))
        #expect(byName["maybe"] == MemoryLayout<Everything>.offset(of: \.maybe))
        #expect(byName["note"] == MemoryLayout<Everything>.offset(of: \.note))
        #expect(layout.fields.map(\.type.description).prefix(5) == ["Bool", "Int8", "String", "Int16?", "UInt8?"])
        #expect(layout.stride == MemoryLayout<Everything>.stride)
    }

    @Test func otherTypesHaveNoLayout() {
        #expect(RecordLayout.of(Order.self) != nil)
        #expect(RecordLayout.of(Renamed.self) == nil)
        #expect(RecordLayout.of(Swapped.self) == nil)
        #expect(RecordLayout.of(Silent.self) == nil)
        #expect(RecordLayout.of(WithConstant.self) == nil)
        #expect(RecordLayout.of(Nested.self) == nil)
        #expect(RecordLayout.of(Unmarked.self) == nil)
        #expect(RecordLayout.of(Kind.self) == nil)
        #expect(RecordLayout.of(Empty.self) == nil)
        #expect(RecordLayout.of(Int.self) == nil)
    }

    private func random(_ generator: inout SeededGenerator) -> Everything {
        func maybe<T>(_ value: T) -> T? { generator.below(3) == 0 ? nil : value }
        func text() -> String {
            String(
                (0..<generator.below(40)).map { _ in ["a", "é", "\"", "\n", "漢", "\u{0}"][generator.below(6)] }.joined()
            )
        }
        let bits = generator.next()
        return Everything(
            flag: generator.below(2) == 0, i8: .init(truncatingIfNeeded: bits), text: text(),
            i16: maybe(.init(truncatingIfNeeded: bits)), u8: maybe(.init(truncatingIfNeeded: bits)),
            i32: .init(truncatingIfNeeded: bits), maybe: maybe(generator.below(2) == 0),
            i64: .init(truncatingIfNeeded: bits), int: maybe(.init(truncatingIfNeeded: bits)),
            u16: .init(truncatingIfNeeded: bits), u32: maybe(.init(truncatingIfNeeded: bits)), u64: bits,
            uint: .init(bits), double: maybe(Double(bits) / 7), float: Float(bits % 1000) / 3, note: maybe(text()))
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func sameBytesAsCodable(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let rows = (0..<generator.below(300)).map { _ in random(&generator) }
        var direct = ByteWriter()
        try rows.withUnsafeBufferPointer { try BinaryCodec.encode(rows: $0, into: &direct) }
        var through = ByteWriter()
        through.write(UInt64(rows.count))
        for row in rows { try BinaryCodec.encode(row, into: &through) }
        #expect(direct.bytes == through.bytes)
        var reader = ByteReader(direct.bytes)
        let back = try BinaryCodec.decodeRows(Everything.self, from: &reader)
        #expect(withExtendedLifetime(back) { Array(back.elements) } == rows)
        #expect(reader.isAtEnd)
    }

    @Test func unmarkedTypesGoThroughCodable() throws {
        let rows = [Unmarked(a: 1, b: "x"), Unmarked(a: -1, b: "")]
        var writer = ByteWriter()
        try rows.withUnsafeBufferPointer { try BinaryCodec.encode(rows: $0, into: &writer) }
        var reader = ByteReader(writer.bytes)
        let back = try BinaryCodec.decodeRows(Unmarked.self, from: &reader)
        #expect(withExtendedLifetime(back) { Array(back.elements) } == rows)
    }

    @Test func tornBytesAreAnError() throws {
        var generator = SeededGenerator(seed: 9)
        let rows = (0..<3).map { _ in random(&generator) }
        var writer = ByteWriter()
        try rows.withUnsafeBufferPointer { try BinaryCodec.encode(rows: $0, into: &writer) }
        for count in 0..<writer.bytes.count {
            var reader = ByteReader(Array(writer.bytes.prefix(count)))
            #expect(throws: CodecError.self, "\(count) bytes") {
                _ = try BinaryCodec.decodeRows(Everything.self, from: &reader)
            }
        }
        var huge = ByteReader(Array(repeating: 0xFF, count: 64))
        #expect(throws: CodecError.self) { _ = try BinaryCodec.decodeRows(Everything.self, from: &huge) }
    }
}
