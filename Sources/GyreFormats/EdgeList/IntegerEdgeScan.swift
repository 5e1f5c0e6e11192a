/// The hot loop over lines such as `123456 7890` and `12 34 0.5`: unsigned identifiers of up to 16 digits, one
/// separator, LF or CRLF. It stops in front of any other line.
struct IntegerEdgeScan {
    var text: UnsafePointer<UInt8>
    let end: UnsafePointer<UInt8>
    var lines = 0
    private let takesWeights: Bool
    private let takesNoWeights: Bool
    /// One bit for each byte below 64 that separates fields.
    private let separators: UInt64

    init(text: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, dialect: EdgeDialect) {
        self.text = text
        self.end = end
        switch dialect {
        case .delimited, .csv: (takesWeights, takesNoWeights) = (true, true)
        case .matrixMarket(let header): (takesWeights, takesNoWeights) = (!header.isPattern, header.isPattern)
        }
        // With a comma in the line, blanks belong to a CSV field: `1 2,3` has two of them.
        let comma: UInt64 = 1 << UInt64(UInt8(ascii: ","))
        let blanks: UInt64 = 1 << UInt64(UInt8(ascii: " ")) | 1 << UInt64(UInt8(ascii: "\t"))
        separators = dialect == .csv ? comma : comma | blanks
    }

    /// `columns` must have room for every line left.
    mutating func plainLines(into columns: EdgeColumns) {
        var before = text
        repeat {
            before = text
            if takesNoWeights { shortLines(into: columns) }
            if takesWeights { weightedLines(into: columns) }
            longLines(into: columns)
        } while text != before && text < end
    }

    /// Two identifiers of up to 8 digits and no weight.
    @inline(never)
    private mutating func shortLines(into columns: EdgeColumns) {
        let sources = columns.sources
        let targets = columns.targets
        let end = self.end
        let separators = self.separators
        let before = columns.count
        var count = before
        var start = text
        var ends = DigitRunEnds(of: start)
        // Behind `end` come line feeds, so there is always an end.
        while start < end {
            let middle = ends.next()
            var last = ends.next()
            let first = middle - start
            let second = last - middle &- 1
            if UInt(bitPattern: first &- 1) > 7 || UInt(bitPattern: second &- 1) > 7 { break }
            if !Self.isSeparator(middle[0], separators) || !ends.passLineEnd(&last, before: end) { break }
            sources[count] = Int64(truncatingIfNeeded: DigitScan.value(start, count: first))
            targets[count] = Int64(truncatingIfNeeded: DigitScan.value(middle + 1, count: second))
            count &+= 1
            start = last + 1
        }
        text = start
        lines &+= count &- before
        columns.weights?.advanced(by: before).update(repeating: 1, count: count &- before)
        columns.count = count
    }

    /// Two identifiers of up to 8 digits and a weight of up to 7, with or without a fraction of up to 7: no rule can
    /// refuse such a weight, and one division rounds it correctly.
    @inline(never)
    private mutating func weightedLines(into columns: EdgeColumns) {
        let sources = columns.sources
        let targets = columns.targets
        let weights = columns.weights
        let end = self.end
        let separators = self.separators
        let before = columns.count
        var count = before
        var start = text
        var ends = DigitRunEnds(of: start)
        while start < end {
            let middle = ends.next()
            let space = ends.next()
            let point = ends.next()
            let first = middle - start
            let second = space - middle &- 1
            let whole = point - space &- 1
            if UInt(bitPattern: first &- 1) > 7 || UInt(bitPattern: second &- 1) > 7 { break }
            if UInt(bitPattern: whole &- 1) > 6 { break }
            if !Self.isSeparator(middle[0], separators) || !Self.isSeparator(space[0], separators) { break }
            var digits = DigitScan.value(space + 1, count: whole)
            var scale = 1.0
            var last = point
            if point[0] == UInt8(ascii: ".") {
                last = ends.next()
                let fraction = last - point &- 1
                if UInt(bitPattern: fraction &- 1) > 6 { break }
                let power = DigitScan.powers[fraction]
                digits = digits &* power &+ DigitScan.value(point + 1, count: fraction)
                scale = Double(power)
            }
            if !ends.passLineEnd(&last, before: end) { break }
            sources[count] = Int64(truncatingIfNeeded: DigitScan.value(start, count: first))
            targets[count] = Int64(truncatingIfNeeded: DigitScan.value(middle + 1, count: second))
            if let weights { weights[count] = Double(digits) / scale }
            count &+= 1
            start = last + 1
        }
        text = start
        lines &+= count &- before
        columns.count = count
    }

    /// Identifiers of up to 16 digits, with or without a weight; stops behind a line that the others read faster.
    @inline(never)
    private mutating func longLines(into columns: EdgeColumns) {
        let sources = columns.sources
        let targets = columns.targets
        let weights = columns.weights
        let end = self.end
        let before = columns.count
        var count = before
        let separators = self.separators
        var cursor = text
        while cursor < end {
            let source = DigitScan.long(cursor)
            if source.count == 0 || source.count > 16 { break }
            var next = cursor + source.count
            if !Self.isSeparator(next[0], separators) { break }
            next += 1
            let target = DigitScan.long(next)
            if target.count == 0 || target.count > 16 { break }
            next += target.count
            var weight = 1.0
            let isShort = !Self.isSeparator(next[0], separators)
            if isShort {
                if !takesNoWeights { break }
            } else {
                guard takesWeights, let value = Self.plainWeight(&next) else { break }
                weight = value
            }
            if next[0] == UInt8(ascii: "\r") { next += 1 }
            if next[0] != UInt8(ascii: "\n") { break }
            sources[count] = Int64(truncatingIfNeeded: source.value)
            targets[count] = Int64(truncatingIfNeeded: target.value)
            if let weights { weights[count] = weight }
            count &+= 1
            cursor = next + 1
            if isShort, source.count <= 8, target.count <= 8 { break }
        }
        text = cursor
        lines &+= count &- before
        columns.count = count
    }

    @inline(__always)
    private static func isSeparator(_ byte: UInt8, _ separators: UInt64) -> Bool {
        byte < 64 && (separators &>> UInt64(byte)) & 1 != 0
    }

    /// Digits with a fraction, 15 digits at most, so that no rule can refuse them and the result is exact. `cursor` is
    /// at the separator and moves behind the number.
    @inline(__always)
    private static func plainWeight(_ cursor: inout UnsafePointer<UInt8>) -> Double? {
        let whole = DigitScan.word(cursor + 1)
        if whole.count == 0 || whole.count == 8 { return nil }
        cursor += 1 + whole.count
        if cursor[0] != UInt8(ascii: ".") { return Double(whole.value) }
        let fraction = DigitScan.word(cursor + 1)
        if fraction.count == 0 || fraction.count == 8 { return nil }
        cursor += 1 + fraction.count
        let scale = DigitScan.powers[fraction.count]
        return Double(whole.value &* scale &+ fraction.value) / Double(scale)
    }
}
