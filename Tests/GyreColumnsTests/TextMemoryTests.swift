import GyreColumns
import GyreTesting
import Testing

/// Strings that are made in place are strings like any other.
struct TextMemoryTests {
    private let texts = TextMemory()

    private func random(_ count: Int, _ generator: inout SeededGenerator) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) & 0x7F }
    }

    /// Calls `body` with text behind which some bytes can be read that do not belong to it.
    private func withReadable(_ bytes: [UInt8], _ body: (UnsafePointer<UInt8>) -> Void) {
        let padded = bytes + Array(repeating: 0xFF, count: TextMemory.readableBytes)
        padded.withUnsafeBufferPointer { body($0.baseAddress!) }
    }

    @Test func stringsOfEachLength() {
        var generator = SeededGenerator(seed: 1)
        for count in 0...300 {
            let bytes = random(count, &generator)
            let expected = String(decoding: bytes, as: UTF8.self)
            let place = UnsafeMutablePointer<String>.allocate(capacity: 1)
            defer { place.deallocate() }
            withReadable(bytes) { texts.initialize(place, ascii: $0, count: count) }
            #expect(place.pointee == expected && place.pointee.utf8.count == count, "\(count) bytes")
            #expect(place.pointee.hashValue == expected.hashValue && Array(place.pointee.utf8) == bytes)
            #expect(place.pointee + "é" == expected + "é", "\(count) bytes")
            place.deinitialize(count: 1)
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func stringsWrittenOverEachOther(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let literal = "a literal of more than 15 bytes"
        let place = UnsafeMutablePointer<String>.allocate(capacity: 1)
        defer { place.deallocate() }
        place.initialize(to: literal)
        var kept: [(text: String, bytes: [UInt8])] = [(literal, Array("a literal of more than 15 bytes".utf8))]
        for _ in 0..<200 {
            if generator.below(8) == 0 {
                place.pointee = ["", "é", "ein längerer Text, der kein ASCII ist"][generator.below(3)]
            }
            let bytes = random(generator.below([8, 20, 140, 1000][generator.below(4)]), &generator)
            withReadable(bytes) { texts.replace(place, ascii: $0, count: bytes.count) }
            #expect(Array(place.pointee.utf8) == bytes, "seed \(seed)")
            // What somebody holds is not written over.
            if generator.below(3) == 0 { kept.append((place.pointee, bytes)) }
        }
        place.deinitialize(count: 1)
        for (text, bytes) in kept { #expect(Array(text.utf8) == bytes, "seed \(seed)") }
    }

    /// Short texts of all kinds, also where the bytes end right behind them.
    @Test func shortTextsThroughTheCodec() throws {
        struct Pair: PlainRecord, Equatable {
            var text: String
            var number: Int8
        }
        let characters: [Character] = ["a", "Z", "0", "\0", "\u{7F}", "é", "水", "🌊"]
        var generator = SeededGenerator(seed: 4)
        let elements = ElementType.encodableRows(of: Pair.self)
        let codec = try elements.requiredCodec
        for count in [1, 2, 50] {
            for length in 0...20 {
                let kinds = [5, characters.count][generator.below(2)]
                let rows = (0..<count).map { row in
                    Pair(
                        text: String((0..<length).map { _ in characters[generator.below(kinds)] }),
                        number: Int8(truncatingIfNeeded: row))
                }
                var writer = ByteWriter()
                try codec.encode(RowBatch(rows), &writer)
                var plain = ByteWriter()
                for row in rows { plain.write(row.text); plain.write(row.number) }
                #expect(writer.bytes.suffix(plain.bytes.count).elementsEqual(plain.bytes), "\(rows)")
                var reader = ByteReader(writer.bytes)
                let decoded = try codec.decode(&reader).rows(of: Pair.self)
                // The batch owns the elements.
                withExtendedLifetime(decoded) { #expect(decoded.elements.elementsEqual(rows), "\(rows)") }
            }
        }
    }
}
