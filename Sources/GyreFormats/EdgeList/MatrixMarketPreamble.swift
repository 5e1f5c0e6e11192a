/// Reads a Matrix Market file's banner, comments and size line, line by line.
struct MatrixMarketPreamble {
    private var hasBanner = false
    private var isPattern = false
    private var isSymmetric = false

    /// The header once the size line has been read; nil while lines are missing. `line` ends before its line feed.
    mutating func read(_ whole: UnsafeBufferPointer<UInt8>) throws(RecordDefect) -> MatrixMarketHeader? {
        let line = TextLine.trimmed(whole)
        guard hasBanner else {
            try readBanner(line)
            return nil
        }
        if TextLine.isBlankOrComment(line) { return nil }
        let fields = try EdgeFields(line, isQuoted: false)
        guard fields.count == 3,
            let rows = DigitScan.integer(EdgeRecord.bytes(line, fields.first)), rows >= 0,
            let columns = DigitScan.integer(EdgeRecord.bytes(line, fields.second)), columns >= 0,
            let entries = DigitScan.integer(EdgeRecord.bytes(line, fields.third)), entries >= 0,
            !isSymmetric || rows == columns
        else { throw .matrixSize(found: RecordDefect.excerpt(line)) }
        return MatrixMarketHeader(
            rows: rows, columns: columns, entries: entries, isPattern: isPattern, isSymmetric: isSymmetric)
    }

    /// What to report when the file ends inside the preamble.
    var missingLine: RecordDefect {
        hasBanner ? .matrixSize(found: "") : .matrixBanner(found: "")
    }

    private mutating func readBanner(_ line: UnsafeBufferPointer<UInt8>) throws(RecordDefect) {
        let words = String(decoding: line.prefix(200), as: UTF8.self).lowercased().split(
            whereSeparator: \.isWhitespace)
        guard words.count == 5, words[0] == "%%matrixmarket", words[1] == "matrix" else {
            throw .matrixBanner(found: RecordDefect.excerpt(line))
        }
        let isKnown =
            words[2] == "coordinate" && ["real", "integer", "pattern"].contains(words[3])
            && ["general", "symmetric"].contains(words[4])
        guard isKnown else { throw .matrixKind(found: words[2...].joined(separator: " ")) }
        isPattern = words[3] == "pattern"
        isSymmetric = words[4] == "symmetric"
        hasBanner = true
    }
}
