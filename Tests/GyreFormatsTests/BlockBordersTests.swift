import GyreFormats
import Testing

/// Where a block ends must not be seen in the result.
struct BlockBordersTests {
    /// Lines of all kinds, sound and broken.
    private static func text(_ random: inout SeededGenerator, isInteger: Bool) -> String {
        var text = Bool.random(using: &random) ? "\u{FEFF}" : ""
        for _ in 0..<Int.random(in: 0...40, using: &random) {
            let scale = Int64(1) << Int64.random(in: 0...62, using: &random)
            let source = "\(Int64.random(in: -3..<scale, using: &random))"
            let target = isInteger ? "\(Int64.random(in: 0..<scale, using: &random))" : "v\(scale)"
            let separator = [" ", "\t", ",", "  ", " , "].randomElement(using: &random)!
            let weight = "\(Double.random(in: 0...100, using: &random))"
            let end = ["\n", "\r\n", "\n\n"].randomElement(using: &random)!
            switch Int.random(in: 0..<20, using: &random) {
            case 0: text += "# comment \(source)"
            case 1: text += source
            case 2: text += source + separator + target + separator + "x"
            case 3: text += source + separator + target + " 1 2"
            case 4..<10: text += source + separator + target + separator + weight
            default: text += source + separator + target
            }
            text += end
        }
        if Bool.random(using: &random), text.last == "\n" { text.removeLast() }
        return text
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func anyBlockSizeGivesTheSame(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let folder = TemporaryFolder()
        for name in ["a.txt", "b.csv"] {
            folder.write(Self.text(&random, isInteger: seed % 2 == 0), to: name)
        }
        let whole = try LoadedEdges.load([folder.path], isSkipping: true)
        for blockSize in 1...64 {
            let cut = try LoadedEdges.load([folder.path], blockSize: blockSize, isSkipping: true)
            #expect(cut == whole, "seed \(seed), blocks of \(blockSize)")
        }
    }

    /// The scanner for plain lines against the careful parser, which a leading blank forces.
    @Test(arguments: 0..<40 as Range<UInt64>)
    func scannerAgreesWithTheCarefulParser(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let folder = TemporaryFolder()
        var plain = ""
        for _ in 0..<300 {
            let digits = Int64.random(in: 0...17, using: &random)
            let bound = (0..<digits).reduce(Int64(1)) { product, _ in product * 10 }
            let source = Int64.random(in: 0..<bound, using: &random)
            let target = Int64.random(in: 0...bound, using: &random)
            let weight = ["", " 1", " 2.5", " 1234567.7654321", " 12345678", " 1e3"].randomElement(using: &random)!
            plain += "\(source) \(target)\(weight)" + (Bool.random(using: &random) ? "\n" : "\r\n")
        }
        let careful = plain.split(whereSeparator: \.isNewline).map { " " + $0 + "\n" }.joined()
        let left = try LoadedEdges.load([folder.write(plain, to: "a")])
        let right = try LoadedEdges.load([folder.write(careful, to: "b")])
        #expect(left == right, "seed \(seed)")
        #expect(left.edges.count == 300)
    }

    @Test func positionsAndEnds() throws {
        let folder = TemporaryFolder()
        folder.write("1 2\n3 4\n", to: "a")
        folder.write("", to: "b")
        let reader = TextBlockReader(files: try InputFiles.resolve([folder.path]), blockSize: 4)
        var seen: [String] = []
        while let block = try reader.next() {
            seen.append("\(block.position.file).\(block.position.ordinal) \(block.count) \(block.isLastOfFile)")
            reader.pool.recycle(block)
        }
        #expect(seen == ["0.0 4 false", "0.1 4 false", "0.2 0 true", "1.0 0 true"])
    }

    @Test func lineNumbersInAnyOrder() {
        let ledger = LineLedger()
        let place = BlockPosition(file: 1, ordinal: 2)
        ledger.record(BlockPosition(file: 1, ordinal: 1), lines: 10, isLastOfFile: false)
        #expect(ledger.line(place, localLine: 3) == nil)
        ledger.record(BlockPosition(file: 1, ordinal: 0), lines: 5, isLastOfFile: false)
        #expect(ledger.line(place, localLine: 3) == 18)
        #expect(!ledger.isComplete(before: place))
        ledger.record(BlockPosition(file: 0, ordinal: 0), lines: 0, isLastOfFile: true)
        #expect(ledger.isComplete(before: place))
        let first = FirstRejection()
        let files = [InputFile(path: "a"), InputFile(path: "b")]
        first.record(Rejection(position: place, line: 9, defect: .nulByte))
        first.record(Rejection(position: place, line: 3, defect: .nulByte))
        first.record(Rejection(position: BlockPosition(file: 1, ordinal: 3), line: 1, defect: .nulByte))
        #expect(first.resolved(files: files, ledger: ledger) == BadRecord(file: "b", line: 18, defect: .nulByte))
        #expect(first.precedes(BlockPosition(file: 1, ordinal: 3)))
        #expect(!first.precedes(place))
    }
}
