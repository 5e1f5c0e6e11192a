/// Parses CSV into records of any `Decodable` type, by names: two to three times the cost of `CSVLayoutParser`.
public final class CSVCodableParser: RecordParser {
    /// Decodes one record into memory that is not initialised.
    public typealias DecodeRow = (any Decoder, UnsafeMutableRawPointer) throws -> Void

    private let typeName: String
    private let stride: Int
    private let fields: CSVRecordFields
    private let decodeRow: DecodeRow
    private let destroyRows: (UnsafeMutableRawPointer, Int) -> Void
    private var block: TextBlock?
    private var offset = 0

    public init<Row: Decodable>(format: CSVFormat, type: Row.Type) {
        typeName = "\(type)"
        stride = MemoryLayout<Row>.stride
        fields = CSVRecordFields(format: format)
        decodeRow = { decoder, target in
            target.initializeMemory(as: Row.self, to: try Row(from: decoder))
        }
        destroyRows = { rows, count in
            rows.assumingMemoryBound(to: Row.self).deinitialize(count: count)
        }
    }

    public func begin(_ block: TextBlock) {
        self.block = block
        offset = block.bodyOffset
        fields.begin(block)
    }

    public func parse(
        into rows: UnsafeMutableRawPointer, capacity: Int, onReject: (BadRecord) -> RejectionVerdict
    ) throws -> Int {
        guard let block else { return 0 }
        let base = UnsafePointer(block.base)
        let end = base + block.count
        var position = base + offset
        defer { offset = position - base }
        var count = 0
        while count < capacity, position < end {
            let start = position
            do {
                guard let next = try fields.take(position, end: end) else {
                    position = CSVScan.nextRecord(position, end: end, quoting: fields.quoting)
                    continue
                }
                let row = rows + count * stride
                try decodeRow(CSVRecordDecoder(fields: fields), row)
                do { try fields.checkSurplus() } catch {
                    destroyRows(row, 1)
                    throw error
                }
                position = next
                count += 1
            } catch DecodingError.keyNotFound(let key, _) {
                destroyRows(rows, count)
                throw FormatError.missingColumn(path: block.path, name: key.stringValue)
            } catch {
                let record = CSVScan.line(start, end: end)
                let defect =
                    error as? RecordDefect
                    ?? .malformed(expected: "a record of type \(typeName)", found: RecordDefect.excerpt(record))
                let bad = BadRecord(file: block.path, line: block.line(at: start - base), defect: defect)
                position = CSVScan.nextRecord(start, end: end, quoting: fields.quoting)
                if onReject(bad) == .stop { return count }
            }
        }
        return count
    }
}
