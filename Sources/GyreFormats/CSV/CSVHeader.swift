/// The first record of a CSV file.
package enum CSVHeader {
    /// Takes the columns' names off the first block of a file, whose records then begin behind them.
    ///
    /// - Throws: `FormatError.badRecord` for a header with broken quotes, or with a name that is not UTF-8.
    package static func take(from block: TextBlock, quoting: RecordQuoting) throws(FormatError) -> [String] {
        try first(of: block, quoting: quoting) { split, next throws(RecordDefect) in
            var names: [String] = []
            for field in split.fields {
                guard let name = String(validating: split.bytes(field), as: UTF8.self) else {
                    throw .invalidUTF8(found: RecordDefect.excerpt(split.bytes(field)))
                }
                names.append(name)
            }
            block.bodyOffset = next
            return names
        }
    }

    /// The fields of the first record behind what has been taken, blank lines aside; nil where there is no record.
    package static func peek(at block: TextBlock, quoting: RecordQuoting) throws(FormatError) -> [[UInt8]]? {
        let base = block.base
        let start = block.bodyOffset
        defer { block.bodyOffset = start }
        while block.bodyOffset < block.count,
            base[block.bodyOffset] == UInt8(ascii: "\n") || base[block.bodyOffset] == UInt8(ascii: "\r")
        {
            block.bodyOffset += 1
        }
        if block.bodyOffset == block.count { return nil }
        return try first(of: block, quoting: quoting) { split, _ in split.fields.map { Array(split.bytes($0)) } }
    }

    private static func first<Value>(
        of block: TextBlock, quoting: RecordQuoting, _ body: (CSVSplit, Int) throws(RecordDefect) -> Value
    ) throws(FormatError) -> Value {
        var split = CSVSplit(quoting: quoting)
        let base = UnsafePointer(block.base)
        let offset = block.bodyOffset
        do throws(RecordDefect) {
            let next = try split.record(from: base + offset, end: base + block.count)
            return try body(split, next - base)
        } catch {
            throw .badRecord(BadRecord(file: block.path, line: block.line(at: offset), defect: error))
        }
    }
}
