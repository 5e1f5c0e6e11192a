import Glibc
import GyreFormats
import Testing

/// Standard input, through a pipe in its place.
struct StandardInputTests {
    /// The reading end of a pipe that holds `text` and is closed at the other end.
    private func pipe(_ text: String) -> Int32 {
        var ends: [Int32] = [0, 0]
        Glibc.pipe(&ends)
        var text = text
        text.withUTF8 { _ = write(ends[1], $0.baseAddress, $0.count) }
        close(ends[1])
        return ends[0]
    }

    private func text(of file: InputFile, blocks: Int = .max, blockSize: Int = 4) throws -> String {
        let reader = TextBlockReader(files: [file], blockSize: blockSize)
        var text = ""
        var read = 0
        while read < blocks, let block = try reader.next() {
            text += String(decoding: UnsafeBufferPointer(start: block.base, count: block.count), as: UTF8.self)
            read += 1
        }
        return text
    }

    @Test func isReadAgainFromItsBeginning() throws {
        let descriptor = pipe("1 2\n3 4\n5 6\n")
        defer { close(descriptor) }
        let file = InputFile.reading(descriptor: descriptor, rereadable: true)
        #expect(try text(of: file, blocks: 2) == "1 2\n3 4\n")
        #expect(try text(of: file, blockSize: 1) == "1 2\n3 4\n5 6\n")
        #expect(try text(of: file, blockSize: 100) == "1 2\n3 4\n5 6\n")
    }

    @Test func isReadOnceOtherwise() throws {
        let descriptor = pipe("\u{FEFF}1 2\n3 4\n")
        defer { close(descriptor) }
        let file = InputFile.reading(descriptor: descriptor, rereadable: false)
        #expect(try text(of: file) == "1 2\n3 4\n")
        #expect(try text(of: file) == "")
    }

    @Test func isNamedByADash() throws {
        let files = try InputFiles.resolve(["-"])
        #expect(files.map(\.path) == ["-"])
        #expect(files[0].isStandardInput)
        #expect(EdgeListFormat.auto.resolved(for: files[0]) == .edgeList)
    }
}
