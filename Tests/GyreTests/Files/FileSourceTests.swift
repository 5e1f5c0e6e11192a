import Foundation
import Gyre
import GyreTesting
import Testing

/// A source of files by itself: what a snapshot holds.
struct FileSourceTests {
    private struct Row: PlainRecord, Equatable {
        var id: Int
    }

    private func source(_ path: String) -> FileSource {
        let source = FileSource(
            .csv([path], of: Row.self, format: .rfc4180, blockSize: 40), elements: .rows(of: Row.self),
            refused: .policy(.skip))
        var settings = HarnessSettings()
        settings.batchSize = 3
        source.open(settings.context())
        return source
    }

    /// Steps until the source is done or has moved so many times; what it sent.
    private func rows(of source: FileSource, moves: Int = .max) throws -> [Int] {
        let output = CollectingOutput()
        var moved = 0
        while moved < moves {
            switch try source.resume(into: output) {
            case .done: moved = moves
            case .more: moved += 1
            case .idle: sched_yield()
            }
        }
        return (output.batches[0] ?? []).flatMap { batch in
            let rows = batch.rows(of: Row.self)
            return withExtendedLifetime(rows) { rows.elements.map(\.id) }
        }
    }

    @Test("Restored at any step, a source goes on with the next row")
    func restoredAnywhere() throws {
        let folder = try WorkFolder()
        // Some records are refused, so that batches are cut by more than their size.
        let lines = (0..<100).map { $0 % 9 == 0 ? "x" : "\($0)" }
        let path = try folder.write("id\n" + lines.joined(separator: "\n"), to: "a.csv")
        let expected = (0..<100).filter { $0 % 9 != 0 }
        #expect(try rows(of: source(path)) == expected)
        for moves in 0..<80 {
            let first = source(path)
            let sent = try rows(of: first, moves: moves)
            var writer = ByteWriter()
            first.snapshot(into: &writer)
            let second = source(path)
            var reader = ByteReader(writer.bytes)
            try second.restore(from: &reader)
            #expect(sent + (try rows(of: second)) == expected, "\(moves) steps")
        }
    }
}
