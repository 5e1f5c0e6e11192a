import GyreColumns
import GyreFormats
import GyreOperators
import GyreRuntime

/// Reads edges whose identifiers are integers. Outputs: 0 chunks of edges, 1 the identifiers at the end.
final class IntegerEdgeReader: Operator {
    private let feed: EdgeFeed
    private let columns: EdgeColumns
    private var identifiers = IntegerIdentifiers()
    private var context: OperatorContext?
    private var hasReadVertices = false

    init(feed: EdgeFeed, keepsWeights: Bool) {
        self.feed = feed
        columns = EdgeColumns(hasWeights: keepsWeights)
    }

    override func open(_ context: OperatorContext) {
        self.context = context
    }

    override func resume(into output: Output) throws -> Progress {
        guard let context else { preconditionFailure("resume before open") }
        if !hasReadVertices {
            hasReadVertices = true
            if context.instance == 0 { try readVertices() }
        }
        switch feed.poll(wake: context.wake) {
        case .notYet: return .idle
        case .item(let block):
            try take(block, into: output)
            return .more
        case .failed(let error): feed.fail(error)
        case .end: break
        }
        try feed.readerIsDone()
        for count in feed.declaredVertices where context.instance == 0 && count > 0 {
            identifiers.insert(1...count)
        }
        try output.emit(RowBatch(CollectionOfOne(identifiers.summary())), port: 1)
        return .done
    }

    private func take(_ block: EdgeBlock, into output: Output) throws {
        columns.removeAll()
        let parser = IntegerEdgeParser(dialect: block.dialect, weightRule: feed.input.weightRule)
        var isSound = true
        switch parser.parse(block.text, into: columns, onReject: { feed.reject($0) }) {
        case .done(let lines): feed.finish(block, lines: lines)
        case .stopped(let line): feed.finish(block, lines: line)
        case .notInteger(let line):
            isSound = false
            feed.requireText()
            feed.finish(block, lines: line)
        }
        guard isSound, columns.count > 0 else { return }
        let chunk = EdgeChunk(columns, keepsWeights: columns.weights != nil)
        try feed.account.take(chunk.byteCount, for: context?.name ?? "readEdges")
        identifiers.insert(chunk)
        try output.emit(RowBatch(CollectionOfOne(chunk)), port: 0)
    }

    private func readVertices() throws {
        guard !feed.input.vertices.isEmpty else { return }
        let reader = VertexReader(files: feed.input.vertices)
        guard let found = try reader.integers() else { return feed.requireText() }
        identifiers.insert(found)
    }
}

/// Reads edges whose identifiers are strings. Outputs: 0 chunks that name vertices by local numbers, 1 the
/// strings of these numbers at the end.
final class TextEdgeReader: Operator {
    private let feed: EdgeFeed
    private var columns: TextEdgeColumns
    private var numbers: [String: UInt32] = [:]
    private var strings: [String] = []
    private var context: OperatorContext?
    private var hasReadVertices = false

    init(feed: EdgeFeed, keepsWeights: Bool) {
        self.feed = feed
        columns = TextEdgeColumns(hasWeights: keepsWeights)
    }

    override func open(_ context: OperatorContext) {
        self.context = context
    }

    override func resume(into output: Output) throws -> Progress {
        guard let context else { preconditionFailure("resume before open") }
        if !hasReadVertices {
            hasReadVertices = true
            if context.instance == 0 {
                for name in try VertexReader(files: feed.input.vertices).strings() { _ = number(of: name) }
            }
        }
        switch feed.poll(wake: context.wake) {
        case .notYet: return .idle
        case .item(let block):
            try take(block, into: output)
            return .more
        case .failed(let error): feed.fail(error)
        case .end: break
        }
        try feed.readerIsDone()
        try output.emit(RowBatch(CollectionOfOne(IdentifierSummary.strings(reader: context.instance, strings))), port: 1)
        return .done
    }

    private func take(_ block: EdgeBlock, into output: Output) throws {
        columns.removeAll()
        let parser = TextEdgeParser(dialect: block.dialect, weightRule: feed.input.weightRule)
        let outcome = parser.parse(block.text, into: &columns, onReject: { feed.reject($0) })
        let count = columns.count
        let pairs = SharedVector<UInt64>(count: count)
        for index in 0..<count {
            let source = number(of: text(block.text, columns.sources[index]))
            let target = number(of: text(block.text, columns.targets[index]))
            pairs.base[index] = UInt64(source) << 32 | UInt64(target)
        }
        var weights: SharedVector<Double>?
        if columns.hasWeights {
            let copy = SharedVector<Double>(count: count)
            for index in 0..<count { copy.base[index] = columns.weights[index] }
            weights = copy
        }
        switch outcome {
        case .done(let lines), .stopped(let lines), .notInteger(let lines): feed.finish(block, lines: lines)
        }
        guard count > 0 else { return }
        let chunk = EdgeChunk(count: count, narrow: pairs, wide: nil, weights: weights)
        try feed.account.take(chunk.byteCount, for: context?.name ?? "readEdges")
        try output.emit(RowBatch(CollectionOfOne(chunk)), port: 0)
    }

    private func text(_ block: TextBlock, _ range: TextRange) -> String {
        String(decoding: block.bytes(range), as: UTF8.self)
    }

    private func number(of string: String) -> UInt32 {
        if let known = numbers[string] { return known }
        let number = UInt32(strings.count)
        numbers[string] = number
        strings.append(string)
        return number
    }
}

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
