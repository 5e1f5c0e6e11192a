/// Parses formats with a record a line: finds the lines, and says where the ones are that are refused.
public final class LineParser<Row>: RowReplacingParser {
    /// Makes a row of a line without its end; nil where the line is no record. Throws `RecordDefect`.
    public typealias Parse = (UnsafeBufferPointer<UInt8>) throws -> Row?

    private let parse: Parse
    private var block: TextBlock?
    private var offset = 0

    /// - Parameter parse: may rely on sound UTF-8 without NUL bytes.
    public init(_ parse: @escaping Parse) {
        self.parse = parse
    }

    public func begin(_ block: TextBlock) {
        self.block = block
        offset = block.bodyOffset
    }

    public func parse(
        into rows: UnsafeMutableRawPointer, capacity: Int, replacing stale: Int,
        onReject: (BadRecord) -> RejectionVerdict
    ) -> Int {
        let rows = rows.bindMemory(to: Row.self, capacity: capacity)
        var count = 0
        defer { if count < stale { (rows + count).deinitialize(count: stale - count) } }
        guard let block else { return 0 }
        let end = UnsafePointer(block.base + block.count)
        let isSound = block.traits.isASCII && !block.traits.hasNul
        while count < capacity, offset < block.count {
            let start = offset
            let whole = TextLine.at(UnsafePointer(block.base + start), end: end)
            offset = min(start + whole.count + 1, block.count)
            let line = TextLine.trimmed(whole)
            do {
                if !isSound { try TextLine.validate(line) }
                guard let row = try parse(line) else { continue }
                if count < stale { (rows + count).deinitialize(count: 1) }
                (rows + count).initialize(to: row)
                count += 1
            } catch {
                let defect =
                    error as? RecordDefect ?? .malformed(expected: "a \(Row.self)", found: RecordDefect.excerpt(line))
                let bad = BadRecord(file: block.path, line: block.line(at: start), defect: defect)
                if onReject(bad) == .stop { return count }
            }
        }
        return count
    }
}
