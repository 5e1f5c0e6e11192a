import Glibc

/// One line as an edge, whatever the identifiers are: the careful way, which both modes share, so that they refuse
/// the same lines with the same words.
struct EdgeRecord {
    var source: EdgeField
    var target: EdgeField
    var weight = 1.0

    /// Nil for blank lines and comments. `line` ends before its line feed; a carriage return is dropped.
    init?(_ whole: UnsafeBufferPointer<UInt8>, dialect: EdgeDialect, rule: WeightRule) throws(RecordDefect) {
        let line = TextLine.trimmed(whole)
        if TextLine.isBlankOrComment(line) { return nil }
        try TextLine.validate(line)
        let fields = try EdgeFields(line, isQuoted: dialect == .csv)
        if fields.first.count == 0 { throw .missingField(.source) }
        if fields.count < 2 || fields.second.count == 0 { throw .missingField(.target) }
        source = fields.first
        target = fields.second
        let limit: Int
        if case .matrixMarket(let header) = dialect {
            limit = header.isPattern ? 2 : 3
            if limit == 3, fields.count < 3 { throw .missingField(.weight) }
            try header.checkIndex(line, fields.first, limit: header.rows)
            try header.checkIndex(line, fields.second, limit: header.columns)
        } else {
            limit = 3
        }
        if fields.count > limit {
            throw .extraField(found: Self.text(line, limit == 2 ? fields.third : fields.surplus), limit: limit)
        }
        if fields.count == 3 {
            if fields.third.count == 0 { throw .missingField(.weight) }
            weight = try Self.weight(Self.bytes(line, fields.third), rule: rule)
        }
    }

    static func weight(_ text: UnsafeBufferPointer<UInt8>, rule: WeightRule) throws(RecordDefect) -> Double {
        guard let value = DecimalScan.double(text) else {
            let found = RecordDefect.excerpt(text)
            throw DecimalScan.namesNonFinite(text) ? .notFinite(found: found) : .notANumber(found: found)
        }
        if !value.isFinite { throw .notFinite(found: RecordDefect.excerpt(text)) }
        if rule == .nonNegative, value < 0 { throw .negativeWeight(found: RecordDefect.excerpt(text)) }
        return value
    }

    static func bytes(_ line: UnsafeBufferPointer<UInt8>, _ field: EdgeField) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: line[field.start..<field.start + field.count])
    }

    static func text(_ line: UnsafeBufferPointer<UInt8>, _ field: EdgeField) -> String {
        RecordDefect.excerpt(bytes(line, field))
    }
}
