/// Reads blocks of a vertex list: one identifier a line; blank lines and comments are left out.
///
/// A value without state: any number of threads may use it, each with its own block.
public struct VertexListParser: Sendable {
    public init() {}

    /// Appends integer identifiers. A sound line that is no Int64 ends the parse with `.notInteger`.
    public func parse(
        _ block: TextBlock, into vertices: inout [Int64], onReject: (Rejection) -> RejectionVerdict
    ) -> ParseOutcome {
        lines(of: block, onReject: onReject) { identifier, _ in
            guard let value = DigitScan.integer(identifier) else { return false }
            vertices.append(value)
            return true
        }
    }

    /// Appends identifiers of any kind as ranges of the block.
    public func parse(
        _ block: TextBlock, into vertices: inout [TextRange], onReject: (Rejection) -> RejectionVerdict
    ) -> ParseOutcome {
        lines(of: block, onReject: onReject) { _, range in
            vertices.append(range)
            return true
        }
    }

    /// Hands each identifier to `take`, which answers false to end the parse with `.notInteger`.
    private func lines(
        of block: TextBlock, onReject: (Rejection) -> RejectionVerdict,
        take: (UnsafeBufferPointer<UInt8>, TextRange) -> Bool
    ) -> ParseOutcome {
        let end = UnsafePointer(block.base + block.count)
        var text = UnsafePointer(block.base + block.bodyOffset)
        var lines = block.bodyLine
        while text < end {
            let whole = TextLine.at(text, end: end)
            let offset = text - UnsafePointer(block.base)
            text += whole.count + 1
            lines += 1
            let line = TextLine.trimmed(whole)
            if TextLine.isBlankOrComment(line) { continue }
            do throws(RecordDefect) {
                try TextLine.validate(line)
                let fields = try EdgeFields(line, isQuoted: false)
                if fields.first.count == 0 { throw .missingIdentifier }
                if fields.count > 1 {
                    throw .moreThanOneIdentifier(found: EdgeRecord.text(line, fields.second))
                }
                let range = TextRange(
                    offset: UInt32(truncatingIfNeeded: offset + fields.first.start),
                    count: UInt32(truncatingIfNeeded: fields.first.count))
                if !take(EdgeRecord.bytes(line, fields.first), range) { return .notInteger(line: lines) }
            } catch {
                let rejection = Rejection(position: block.position, line: lines, defect: error)
                if onReject(rejection) == .stop { return .stopped(line: lines) }
            }
        }
        return .done(lines: lines)
    }
}
