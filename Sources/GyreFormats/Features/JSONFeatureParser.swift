/// Parses lines of JSON, each a flat object of numbers, straight into rows. The label may be a string.
///
/// Keys are looked for in the order of the first line and found by name elsewhere. Some 25 ns for a value of 17 digits;
/// nothing is allocated for a value or a line, but for labels that are texts.
package struct JSONFeatureParser {
    private let columns: FeatureColumns
    private let keys: [[UInt8]]
    private let numberOfKey: [[UInt8]: Int]
    private let hasLabel: Bool
    private let hasWeight: Bool
    private let needsLabel: Bool
    private var pending: PendingRecord
    /// The record in which each column was last found.
    private var lastSeen: [Int]
    private var record = 0

    package init(columns: FeatureColumns, labels: FeatureLabels, needsLabel: Bool) {
        self.columns = columns
        self.needsLabel = needsLabel
        keys = columns.names.map { Array($0.utf8) }
        // A key that nobody wants may be there twice.
        numberOfKey = Dictionary(keys.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        hasLabel = columns.hasLabel
        hasWeight = columns.hasWeight
        pending = PendingRecord(labels, needsLabel: needsLabel)
        lastSeen = Array(repeating: 0, count: keys.count)
    }

    /// The most records that a block can hold: a value takes two quotes, a colon, a digit and a comma.
    package static func capacity(of block: TextBlock, columns: FeatureColumns) -> Int {
        let needed = columns.places.count { $0 >= 0 }
        return min(block.traits.lineFeeds, (block.count - block.bodyOffset) / max(1, 5 * needed)) + 1
    }

    /// The keys of the first line of a block that has one, and their values as they are written; nil without a line.
    ///
    /// - Throws: `FormatError.badRecord` where that is no flat object.
    package static func firstLine(of block: TextBlock) throws(FormatError) -> [(key: String, value: [UInt8])]? {
        try RecordLines.first(in: block) { line throws(RecordDefect) in
            var found: [(key: String, value: [UInt8])] = []
            try members(of: line) { text, key throws(RecordDefect) in
                guard let value = text.takeString()?.text ?? text.takeValue() else { throw broken(line) }
                found.append((String(decoding: key, as: UTF8.self), Array(value)))
            }
            return found
        }
    }

    /// Parses a block from its beginning.
    ///
    /// - Parameter rows: room for as many as `capacity` says.
    /// - Throws: `LabelIsText`, and nothing else.
    package mutating func parse(
        _ block: TextBlock, into rows: UnsafeMutableBufferPointer<Double>, _ records: inout FeatureRecords,
        onReject: (BadRecord) -> RejectionVerdict
    ) throws(LabelIsText) {
        var isTextInstead = false
        RecordLines.forEach(in: block) { bad in
            isTextInstead ? .stop : onReject(bad)
        } _: { line throws(RecordDefect) in
            do throws(RecordDefect) {
                try object(line, into: FeatureField.row(records.count, of: rows, columns))
                pending.complete(into: &records, hasLabel: hasLabel, hasWeight: hasWeight)
            } catch {
                isTextInstead = pending.isTextInstead
                throw error
            }
        }
        if isTextInstead { throw LabelIsText() }
    }

    private mutating func object(
        _ line: UnsafeBufferPointer<UInt8>, into row: UnsafeMutablePointer<Double>
    ) throws(RecordDefect) {
        record &+= 1
        var (expected, found) = (0, 0)
        try Self.members(of: line) { text, key throws(RecordDefect) in
            guard let column = column(key, expected: expected) else {
                guard text.takeValue() != nil else { throw Self.broken(line) }
                return
            }
            guard lastSeen[column] != record else {
                throw .malformed(expected: "each key once", found: columns.names[column])
            }
            lastSeen[column] = record
            found &+= 1
            expected = column &+ 1
            let place = columns.places[column]
            if place >= 0, let value = text.takeNumber() {
                row[Int(place)] = value
            } else {
                try other(&text, column, line)
            }
        }
        if found < keys.count { try checkMissing() }
    }

    /// The column of a key, first of all the one behind the last key's.
    @inline(__always)
    private func column(_ key: UnsafeBufferPointer<UInt8>, expected: Int) -> Int? {
        if expected < keys.count, keys[expected].count == key.count, keys[expected].elementsEqual(key) {
            return expected
        }
        return numberOfKey[Array(key)]
    }

    /// A value that is no number of a feature.
    private mutating func other(
        _ text: inout JSONText, _ column: Int, _ line: UnsafeBufferPointer<UInt8>
    ) throws(RecordDefect) {
        let (name, place) = (columns.names[column], columns.places[column])
        let isNested = text.next == UInt8(ascii: "{") || text.next == UInt8(ascii: "[")
        if place == FeatureColumns.label, let string = text.takeString() {
            let undone = string.isEscaped ? JSONText.unescaped(string.text) : Array(string.text)
            guard let undone else { throw Self.broken(line) }
            return try undone.withUnsafeBufferPointer { (text) throws(RecordDefect) in
                try pending.takeLabel(text, column: name)
            }
        }
        guard let value = text.takeValue() else { throw Self.broken(line) }
        let isNull = value.elementsEqual("null".utf8)
        switch place {
        case FeatureColumns.skipped: return
        case FeatureColumns.label:
            if isNull, !needsLabel {
                return try pending.takeLabel(UnsafeBufferPointer(start: nil, count: 0), column: name)
            }
            if isNull || isNested {
                throw .wrongValue(column: name, expected: "a label", found: RecordDefect.excerpt(value))
            }
            try pending.takeLabel(value, column: name)
        case FeatureColumns.weight: try pending.takeWeight(value, column: name)
        default: throw FeatureField.wrong(value, "a finite number", column: name)
        }
    }

    private mutating func checkMissing() throws(RecordDefect) {
        for column in keys.indices where lastSeen[column] != record {
            switch columns.places[column] {
            case FeatureColumns.skipped: continue
            case FeatureColumns.label where !needsLabel:
                try pending.takeLabel(UnsafeBufferPointer(start: nil, count: 0), column: "")
            default: throw .noField(column: columns.names[column])
            }
        }
    }

    /// Gives each member's key, with its escapes undone; the body takes the value.
    @inline(__always)
    private static func members(
        of line: UnsafeBufferPointer<UInt8>,
        _ body: (inout JSONText, UnsafeBufferPointer<UInt8>) throws(RecordDefect) -> Void
    ) throws(RecordDefect) {
        guard let start = line.baseAddress else { return }
        var text = JSONText(line, from: start)
        guard text.take(UInt8(ascii: "{")) else { throw broken(line) }
        var isFirst = true
        while !text.take(UInt8(ascii: "}")) {
            if !isFirst, !text.take(UInt8(ascii: ",")) { throw broken(line) }
            isFirst = false
            guard let key = text.takeString(), text.take(UInt8(ascii: ":")) else { throw broken(line) }
            if key.isEscaped {
                guard let undone = JSONText.unescaped(key.text) else { throw broken(line) }
                try undone.withUnsafeBufferPointer { (key) throws(RecordDefect) in try body(&text, key) }
            } else {
                try body(&text, key.text)
            }
        }
        guard text.isAtEnd else { throw broken(line) }
    }

    private static func broken(_ line: UnsafeBufferPointer<UInt8>) -> RecordDefect {
        .malformed(expected: "an object of numbers in JSON", found: RecordDefect.excerpt(line))
    }
}
