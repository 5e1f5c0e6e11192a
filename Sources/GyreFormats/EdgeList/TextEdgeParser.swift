/// Reads blocks of an edge list with identifiers of any kind, as ranges of bytes.
///
/// A value without state, as `IntegerEdgeParser`; it refuses the same lines.
public struct TextEdgeParser: Sendable {
    public let dialect: EdgeDialect
    public let weightRule: WeightRule

    public init(dialect: EdgeDialect = .delimited, weightRule: WeightRule = .finite) {
        self.dialect = dialect
        self.weightRule = weightRule
    }

    /// Appends the block's edges to `columns`. Doubled quotes are undone in the block's bytes, so a block is parsed
    /// once only. Never answers `.notInteger`.
    public func parse(
        _ block: TextBlock, into columns: inout TextEdgeColumns, onReject: (Rejection) -> RejectionVerdict
    ) -> ParseOutcome {
        let end = UnsafePointer(block.base + block.count)
        var text = UnsafePointer(block.base + block.bodyOffset)
        var lines = block.bodyLine
        while text < end {
            let line = TextLine.at(text, end: end)
            lines += 1
            do throws(RecordDefect) {
                if let record = try EdgeRecord(line, dialect: dialect, rule: weightRule) {
                    let offset = text - UnsafePointer(block.base)
                    append(record, at: offset, of: block, to: &columns)
                }
            } catch {
                let rejection = Rejection(position: block.position, line: lines, defect: error)
                if onReject(rejection) == .stop { return .stopped(line: lines) }
            }
            text += line.count + 1
        }
        return .done(lines: lines)
    }

    private func append(
        _ record: EdgeRecord, at offset: Int, of block: TextBlock, to columns: inout TextEdgeColumns
    ) {
        let source = block.unescaped(record.source, at: offset)
        let target = block.unescaped(record.target, at: offset)
        columns.append(source: source, target: target, weight: record.weight)
        if case .matrixMarket(let header) = dialect, header.isSymmetric, !block.isEqual(source, target) {
            columns.append(source: target, target: source, weight: record.weight)
        }
    }
}

extension TextBlock {
    /// A field of the line at `offset` as a range of the block, its doubled quotes undone in place.
    fileprivate func unescaped(_ field: EdgeField, at offset: Int) -> TextRange {
        let start = offset + field.start
        var count = field.count
        if field.isEscaped {
            var read = start
            var write = start
            while read < start + field.count {
                base[write] = base[read]
                // The splitter has made sure that quotes inside come in pairs.
                read += base[read] == UInt8(ascii: "\"") ? 2 : 1
                write += 1
            }
            count = write - start
        }
        return TextRange(offset: UInt32(truncatingIfNeeded: start), count: UInt32(truncatingIfNeeded: count))
    }

    fileprivate func isEqual(_ left: TextRange, _ right: TextRange) -> Bool {
        bytes(left).elementsEqual(bytes(right))
    }
}
