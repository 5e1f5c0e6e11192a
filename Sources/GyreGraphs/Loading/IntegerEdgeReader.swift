import GyreFormats
import GyreOperators

/// Reads edges whose identifiers are integers; the first that is none ends the load, which starts over with
/// strings.
final class IntegerEdgeReader: EdgeReader {
    private let columns: EdgeColumns
    private var identifiers = IntegerIdentifiers()

    init(feed: EdgeFeed, keepsWeights: Bool) {
        columns = EdgeColumns(hasWeights: keepsWeights)
        super.init(feed: feed)
    }

    override func readVertices(_ reader: VertexReader) throws {
        guard let found = try reader.integers() else { return feed.requireText() }
        identifiers.insert(found)
    }

    override func chunk(of block: EdgeBlock) -> EdgeChunk? {
        columns.removeAll()
        let parser = IntegerEdgeParser(dialect: block.dialect, weightRule: feed.input.weightRule)
        switch parser.parse(block.text, into: columns, onReject: { feed.reject($0) }) {
        case .done(let lines), .stopped(let lines):
            feed.finish(block, lines: lines)
        case .notInteger(let line):
            feed.requireText()
            feed.finish(block, lines: line)
            return nil
        }
        guard columns.count > 0 else { return nil }
        let chunk = EdgeChunk(columns, keepsWeights: columns.weights != nil)
        identifiers.insert(chunk)
        return chunk
    }

    override func summary(of context: OperatorContext) -> IdentifierSummary {
        for count in feed.declaredVertices where context.instance == 0 && count > 0 {
            identifiers.insert(1...count)
        }
        return identifiers.summary()
    }
}
