import GyreFormats
import GyreOperators

/// Reads edges whose identifiers are strings. Its chunks name vertices by numbers of its own, which its summary
/// translates.
final class TextEdgeReader: EdgeReader {
    private var columns: TextEdgeColumns
    private var numbers: [String: UInt32] = [:]
    private var strings: [String] = []

    init(feed: EdgeFeed, keepsWeights: Bool) {
        columns = TextEdgeColumns(hasWeights: keepsWeights)
        super.init(feed: feed)
    }

    override func readVertices(_ reader: VertexReader) throws {
        for name in try reader.strings() { _ = number(of: name) }
    }

    override func chunk(of block: EdgeBlock) -> EdgeChunk? {
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
        return count > 0 ? EdgeChunk(count: count, narrow: pairs, wide: nil, weights: weights) : nil
    }

    override func summary(of context: OperatorContext) -> IdentifierSummary {
        .strings(reader: context.instance, strings)
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
