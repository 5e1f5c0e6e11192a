import Gyre
import GyreTesting
import Testing

/// A source writes rows over those of its last batch; nobody may see that.
struct RowReplacementTests {
    struct Row: PlainRecord, Equatable {
        var id: Int
        var text: String
        var note: String?
    }

    /// Rows in the order of the input, of a source whose batches come back to it.
    private func rows<Element: Sendable & Codable>(
        _ input: RecordInput, batchSize: Int, as type: Element.Type
    ) throws -> [Element] {
        let job = Job()
        let rows = job.records(input, of: Element.self, kind: "read", onError: .skip).fold(
            [Element](), update: { $0.append($1) }, merge: { $0 += $1 }
        ).collect()
        try job.run(JobConfiguration(parallelism: 1, batchSize: batchSize))
        return rows.elements[0]
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func recordsOfSeveralFilesWithBadOnesBetween(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let folder = try WorkFolder()
        var expected: [Row] = []
        var paths: [String] = []
        for file in 0..<4 {
            // Columns in another order, or one that is not there at all.
            let hasNote = generator.below(3) > 0
            let order = (["id", "text"] + (hasNote ? ["note"] : [])).shuffled(using: &generator)
            var text = order.joined(separator: ",") + "\n"
            for index in 0..<200 {
                let letters = ["a", "b", generator.below(4) == 0 ? "é" : "c"]
                func word() -> String {
                    (0..<[3, 15, 16, 40, 200][generator.below(5)]).map { _ in letters[generator.below(3)] }.joined()
                }
                let row = Row(id: index, text: word(), note: hasNote && generator.below(2) == 0 ? word() : nil)
                let isBad = generator.below(9) == 0
                let isQuoted = generator.below(5) == 0
                let fields = [
                    "id": isBad ? "none" : "\(index)", "text": isQuoted ? "\"\(row.text),\"\"\"" : row.text,
                    "note": row.note ?? "",
                ]
                text += order.map { fields[$0] ?? "" }.joined(separator: ",") + "\n"
                if isBad { continue }
                expected.append(isQuoted ? Row(id: index, text: row.text + ",\"", note: row.note) : row)
            }
            paths.append(try folder.write(text, to: "\(file).csv"))
        }
        for batchSize in [1, 7, 2048] {
            for blockSize in [100, 5000, TextBlockReader.defaultBlockSize] {
                let found = try rows(
                    .csv(paths, of: Row.self, format: .rfc4180, blockSize: blockSize), batchSize: batchSize,
                    as: Row.self)
                #expect(found == expected, "seed \(seed), batches of \(batchSize), blocks of \(blockSize)")
            }
        }
    }

    @Test func lines() throws {
        var generator = SeededGenerator(seed: 5)
        let expected = (0..<500).map { line in
            String(repeating: "x", count: [0, 5, 30][generator.below(3)]) + "\(line)"
        }
        let folder = try WorkFolder()
        let path = try folder.write(expected.joined(separator: "\n"), to: "a.txt")
        for (batchSize, blockSize) in [(1, 50), (7, 300), (2048, 1 << 20)] {
            let input = RecordInput.lines([path], blockSize: blockSize) {
                LineParser { String(decoding: $0, as: UTF8.self) }
            }
            #expect(try rows(input, batchSize: batchSize, as: String.self) == expected)
        }
    }
}
