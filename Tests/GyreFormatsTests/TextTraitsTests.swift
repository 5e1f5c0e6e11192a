import GyreFormats
import Testing

/// What a block is told of its bytes, against a look at each of them.
struct TextTraitsTests {
    private func check(_ bytes: [UInt8], _ comment: Comment) throws {
        let folder = TemporaryFolder()
        let file = InputFile(path: folder.write(bytes, to: "a"))
        let reader = TextBlockReader(files: [file], countsLines: true)
        let block = try #require(try reader.next())
        #expect(block.count == bytes.count, comment)
        #expect(block.traits.lineFeeds == bytes.count { $0 == UInt8(ascii: "\n") }, comment)
        #expect(block.traits.isASCII == bytes.allSatisfy { $0 < 0x80 }, comment)
        #expect(block.traits.hasNul == bytes.contains(0), comment)
        #expect(block.traits.hasQuotes == bytes.contains(UInt8(ascii: "\"")), comment)
    }

    @Test func oneByteOfAKindAtAnyPlace() throws {
        for count in [1, 15, 63, 64, 65, 127, 200, 4031, 4032, 4033, 4100, 9000] {
            for special: UInt8 in [0, 0x0A, 0x22, 0x80, 0xFF] {
                for place in Set([0, 16, 47, 63, 64, 4031, 4032, count / 2, count - 2, count - 1])
                where place >= 0 && place < count {
                    var bytes = Array(repeating: UInt8(ascii: "x"), count: count)
                    bytes[place] = special
                    // The last line ends the block.
                    bytes.append(UInt8(ascii: "\n"))
                    try check(bytes, "\(special) at \(place) of \(count)")
                }
            }
        }
    }

    @Test func nothingButLineFeeds() throws {
        for count in [0, 64, 4032, 4096, 100_000] {
            try check(Array(repeating: UInt8(ascii: "\n"), count: count), "\(count) line feeds")
        }
    }
}
