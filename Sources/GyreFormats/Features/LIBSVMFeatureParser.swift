/// The features of a block of sparse rows: compressed rows, columns from 0.
package struct SparseFeatures: Sendable {
    package var offsets = [0]
    package var columns: [Int32] = []
    package var values: [Double] = []
    /// One more than the largest column.
    package var width = 0

    package init(rows: Int, entries: Int) {
        offsets.reserveCapacity(rows + 1)
        columns.reserveCapacity(entries)
        values.reserveCapacity(entries)
    }

    fileprivate mutating func removeEntries(from count: Int) {
        columns.removeSubrange(count...)
        values.removeSubrange(count...)
    }
}

/// Parses LIBSVM's `label [qid:n] index:value …` into compressed sparse rows; what follows a `#` is a comment.
package struct LIBSVMFeatureParser {
    private let limit: Int32
    private let labelName: String
    private var pending: PendingRecord

    /// - Parameters:
    ///   - limit: how many features there are; entries of others are checked and left out. Nil keeps all.
    ///   - labelName: what the label is called in errors.
    package init(limit: Int?, labels: FeatureLabels, labelName: String) {
        self.limit = limit.map { Int32(clamping: $0) } ?? .max
        self.labelName = labelName
        pending = PendingRecord(labels, needsLabel: true)
    }

    /// The most entries that a block can hold: each has a colon.
    package static func capacity(of block: TextBlock) -> Int {
        var count = 0
        for byte in UnsafeBufferPointer(start: block.base, count: block.count) {
            count &+= byte == UInt8(ascii: ":") ? 1 : 0
        }
        return count
    }

    /// Parses a block from its beginning.
    package mutating func parse(
        _ block: TextBlock, into features: inout SparseFeatures, _ records: inout FeatureRecords,
        onReject: (BadRecord) -> RejectionVerdict
    ) {
        RecordLines.forEach(in: block, onReject: onReject) { line throws(RecordDefect) in
            let (entries, width) = (features.values.count, features.width)
            do throws(RecordDefect) {
                if try row(line, into: &features) {
                    features.offsets.append(features.values.count)
                    pending.complete(into: &records, hasLabel: true, hasWeight: false)
                }
            } catch {
                features.removeEntries(from: entries)
                features.width = width
                throw error
            }
        }
    }

    /// Whether the line is a record and no comment.
    @inline(__always)
    private mutating func row(
        _ line: UnsafeBufferPointer<UInt8>, into features: inout SparseFeatures
    ) throws(RecordDefect) -> Bool {
        guard var position = line.baseAddress else { return false }
        let end = position + line.count
        var last: Int32 = 0
        var (hasLabel, hasQuery) = (false, false)
        while true {
            while position < end, EdgeFields.isBlank(position[0]) { position += 1 }
            if position == end || position[0] == UInt8(ascii: "#") { return hasLabel }
            if hasLabel, Self.entry(&position, end, &last, limit, into: &features) { continue }
            let start = position
            while position < end, !EdgeFields.isBlank(position[0]), position[0] != UInt8(ascii: "#") { position += 1 }
            let token = UnsafeBufferPointer(start: start, count: position - start)
            if !hasLabel {
                try label(token)
                hasLabel = true
            } else {
                try other(token, last, &hasQuery)
            }
        }
    }

    private mutating func label(_ token: UnsafeBufferPointer<UInt8>) throws(RecordDefect) {
        guard !token.contains(UInt8(ascii: ":")) else {
            throw .malformed(expected: "a label first", found: RecordDefect.excerpt(token))
        }
        try pending.takeLabel(token, column: labelName)
    }

    /// An entry with an index above the last one's; false, with nothing changed, for anything else.
    @inline(__always)
    private static func entry(
        _ position: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ last: inout Int32, _ limit: Int32,
        into features: inout SparseFeatures
    ) -> Bool {
        var text = position
        var index: Int64 = 0
        while text < end, text[0] &- 48 < 10, index <= Int64(Int32.max) {
            index = index &* 10 &+ Int64(text[0] &- 48)
            text += 1
        }
        guard index > Int64(last), index <= Int64(Int32.max), text < end, text[0] == UInt8(ascii: ":") else {
            return false
        }
        text += 1
        guard let value = DecimalScan.number(&text, limit: end), value.isFinite,
            text == end || EdgeFields.isBlank(text[0]) || text[0] == UInt8(ascii: "#")
        else { return false }
        let number = Int32(truncatingIfNeeded: index)
        if number <= limit {
            features.columns.append(number &- 1)
            features.values.append(value)
            features.width = max(features.width, Int(number))
        }
        last = number
        position = text
        return true
    }

    /// A group, which learning here has no use for, or what is wrong with an entry.
    private func other(
        _ token: UnsafeBufferPointer<UInt8>, _ last: Int32, _ hasQuery: inout Bool
    ) throws(RecordDefect) {
        let found = RecordDefect.excerpt(token)
        guard let colon = token.firstIndex(of: UInt8(ascii: ":")) else {
            throw .malformed(expected: "index:value", found: found)
        }
        let name = UnsafeBufferPointer(rebasing: token[..<colon])
        let text = UnsafeBufferPointer(rebasing: token[(colon + 1)...])
        if name.elementsEqual("qid".utf8), last == 0, !hasQuery {
            guard DigitScan.integer(text) != nil else {
                throw .malformed(expected: "an integer behind qid", found: found)
            }
            hasQuery = true
            return
        }
        guard let index = DigitScan.integer(name), index >= 1, index <= Int64(Int32.max) else {
            throw .malformed(expected: "an index from 1 to \(Int32.max)", found: found)
        }
        if index <= Int64(last) { throw .malformed(expected: "an index above \(last)", found: found) }
        throw .malformed(expected: "a finite value", found: found)
    }
}
