import GyreFormats

/// Reads lists of vertices whole; they are small beside the edges.
struct VertexReader {
    let files: [InputFile]

    /// The identifiers as integers; nil if one is none.
    func integers() throws -> [Int64]? {
        var found: [Int64] = []
        let reader = TextBlockReader(files: files)
        let (ledger, first) = (LineLedger(), FirstRejection())
        while let block = try reader.next() {
            let outcome = VertexListParser().parse(block, into: &found) { rejection in
                first.record(rejection)
                return .stop
            }
            switch outcome {
            case .notInteger: return nil
            case .done(let lines), .stopped(let lines):
                ledger.record(block.position, lines: lines, isLastOfFile: block.isLastOfFile)
            }
            if let bad = first.resolved(files: files, ledger: ledger) { throw bad }
            reader.pool.recycle(block)
        }
        return found
    }

    /// The identifiers as they are written.
    func strings() throws -> [String] {
        var found: [String] = []
        let reader = TextBlockReader(files: files)
        let (ledger, first) = (LineLedger(), FirstRejection())
        while let block = try reader.next() {
            var ranges: [TextRange] = []
            let outcome = VertexListParser().parse(block, into: &ranges) { rejection in
                first.record(rejection)
                return .stop
            }
            switch outcome {
            case .done(let lines), .stopped(let lines), .notInteger(let lines):
                ledger.record(block.position, lines: lines, isLastOfFile: block.isLastOfFile)
            }
            if let bad = first.resolved(files: files, ledger: ledger) { throw bad }
            for range in ranges { found.append(String(decoding: block.bytes(range), as: UTF8.self)) }
            reader.pool.recycle(block)
        }
        return found
    }
}
