import Glibc

/// Parses CSV whose columns are numbers, a field after the other, straight into rows.
///
/// Some 15 ns for a field of 17 digits; nothing is allocated for a field or a record, but for labels that are texts.
package struct CSVFeatureParser {
    private let columns: FeatureColumns
    private let quoting: RecordQuoting
    private let hasLabel: Bool
    private let hasWeight: Bool
    private var pending: PendingRecord
    /// A field whose doubled quotes are undone.
    private var unquoted: [UInt8] = []

    package init(columns: FeatureColumns, labels: FeatureLabels, needsLabel: Bool, quoting: RecordQuoting) {
        self.columns = columns
        self.quoting = quoting
        hasLabel = columns.hasLabel
        hasWeight = columns.hasWeight
        pending = PendingRecord(labels, needsLabel: needsLabel)
    }

    /// The most records that a block can hold: each has its delimiters and line feed, and a digit for a feature. Other
    /// fields may be empty.
    package static func capacity(of block: TextBlock, columns: FeatureColumns) -> Int {
        let least = max(1, columns.places.count + columns.featureCount)
        return min(block.traits.lineFeeds, (block.count - block.bodyOffset) / least) + 1
    }

    /// Parses a block from its beginning.
    ///
    /// - Parameter rows: room for as many as `capacity` says.
    /// - Throws: `LabelIsText`, and nothing else.
    package mutating func parse(
        _ block: TextBlock, into rows: UnsafeMutableBufferPointer<Double>, _ records: inout FeatureRecords,
        onReject: (BadRecord) -> RejectionVerdict
    ) throws(LabelIsText) {
        let base = UnsafePointer(block.base)
        let end = base + block.count
        var position = base + block.bodyOffset
        let isWide = columns.places.count > 1
        while position < end {
            if isWide, Self.isBlank(position) {
                position = min(position + (position[0] == UInt8(ascii: "\n") ? 1 : 2), end)
                continue
            }
            do throws(RecordDefect) {
                let row = FeatureField.row(records.count, of: rows, columns)
                position = try record(position, end: end, hasQuotes: block.traits.hasQuotes, into: row)
                pending.complete(into: &records, hasLabel: hasLabel, hasWeight: hasWeight)
            } catch {
                if pending.isTextInstead { throw LabelIsText() }
                let bad = BadRecord(file: block.path, line: block.line(at: position - base), defect: error)
                position = CSVScan.nextRecord(position, end: end, quoting: quoting)
                if onReject(bad) == .stop { return }
            }
        }
    }

    @inline(__always)
    private static func isBlank(_ position: UnsafePointer<UInt8>) -> Bool {
        position[0] == UInt8(ascii: "\n") || (position[0] == UInt8(ascii: "\r") && position[1] == UInt8(ascii: "\n"))
    }

    /// Reads the record at `start` and says where the next one begins.
    @inline(__always)
    private mutating func record(
        _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, hasQuotes: Bool,
        into row: UnsafeMutablePointer<Double>
    ) throws(RecordDefect) -> UnsafePointer<UInt8> {
        let delimiter = quoting.delimiter
        // The block's padding is of line feeds, which end a number.
        let limit = end + TextBlock.padding
        let count = columns.places.count
        var position = start
        var column = 0
        while true {
            let place = columns.places[column]
            if place < 0 || !Self.number(&position, limit, delimiter, into: row + Int(place)) {
                position = try field(position, end: end, hasQuotes: hasQuotes, column: column, into: row)
            }
            column &+= 1
            if position[0] == UInt8(ascii: "\n") {
                if column == count { return min(position + 1, end) }
                throw .noField(column: columns.names[column])
            }
            position += 1
            if column == count { break }
        }
        let extra = CSVScan.fieldEnd(position, delimiter: delimiter)
        throw .extraField(
            found: RecordDefect.excerpt(UnsafeBufferPointer(start: position, count: extra - position)), limit: count)
    }

    /// A number that fills its field; false, with nothing changed, for anything else.
    @inline(__always)
    private static func number(
        _ position: inout UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>, _ delimiter: UInt8,
        into target: UnsafeMutablePointer<Double>
    ) -> Bool {
        var end = position
        guard let value = DecimalScan.number(&end, limit: limit), value.isFinite else { return false }
        if end[0] == UInt8(ascii: "\r"), end[1] == UInt8(ascii: "\n") { end += 1 }
        guard end[0] == delimiter || end[0] == UInt8(ascii: "\n") else { return false }
        target.pointee = value
        position = end
        return true
    }

    /// Any field; says where its delimiter or line feed is.
    private mutating func field(
        _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, hasQuotes: Bool, column: Int,
        into row: UnsafeMutablePointer<Double>
    ) throws(RecordDefect) -> UnsafePointer<UInt8> {
        if hasQuotes, start < end, start[0] == quoting.quote {
            return try quotedField(start, end: end, column: column, into: row)
        }
        let limit = CSVScan.fieldEnd(start, delimiter: quoting.delimiter)
        var count = limit - start
        if count > 0, limit[0] == UInt8(ascii: "\n"), limit[-1] == UInt8(ascii: "\r") { count &-= 1 }
        let text = UnsafeBufferPointer(start: start, count: count)
        if hasQuotes, memchr(start, Int32(quoting.quote), count) != nil {
            throw .strayQuote(found: RecordDefect.excerpt(text))
        }
        try store(text, column: column, into: row)
        return limit
    }

    @inline(never)
    private mutating func quotedField(
        _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, column: Int, into row: UnsafeMutablePointer<Double>
    ) throws(RecordDefect) -> UnsafePointer<UInt8> {
        let closing = try CSVScan.closingQuote(start, end: end, quoting: quoting)
        var limit = closing + 1
        if limit[0] == UInt8(ascii: "\r"), limit[1] == UInt8(ascii: "\n") { limit += 1 }
        guard limit[0] == quoting.delimiter || limit[0] == UInt8(ascii: "\n") else {
            throw .badQuotes(found: RecordDefect.excerpt(CSVScan.line(start, end: end)))
        }
        let raw = UnsafeBufferPointer(start: start + 1, count: closing - start - 1)
        guard raw.contains(quoting.quote) else {
            try store(raw, column: column, into: row)
            return limit
        }
        unquoted.removeAll(keepingCapacity: true)
        var index = 0
        while index < raw.count {
            unquoted.append(raw[index])
            index += raw[index] == quoting.quote ? 2 : 1
        }
        let text = unquoted
        try text.withUnsafeBufferPointer { (text) throws(RecordDefect) in
            try store(text, column: column, into: row)
        }
        return limit
    }

    private mutating func store(
        _ text: UnsafeBufferPointer<UInt8>, column: Int, into row: UnsafeMutablePointer<Double>
    ) throws(RecordDefect) {
        switch columns.places[column] {
        case FeatureColumns.skipped: break
        case FeatureColumns.label: try pending.takeLabel(text, column: columns.names[column])
        case FeatureColumns.weight: try pending.takeWeight(text, column: columns.names[column])
        case let place: row[Int(place)] = try FeatureField.number(text, column: columns.names[column])
        }
    }
}
