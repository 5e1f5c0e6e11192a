/// The lines of a block that may be records.
enum RecordLines {
    /// Gives each line that is not blank, sound text without its end; what is thrown of one refuses it.
    @inline(__always)
    static func forEach(
        in block: TextBlock, onReject: (BadRecord) -> RejectionVerdict,
        _ body: (UnsafeBufferPointer<UInt8>) throws(RecordDefect) -> Void
    ) {
        let end = UnsafePointer(block.base + block.count)
        let isSound = block.traits.isASCII && !block.traits.hasNul
        var offset = block.bodyOffset
        while let (line, start) = next(in: block, end: end, &offset) {
            do throws(RecordDefect) {
                if !isSound { try TextLine.validate(line) }
                try body(line)
            } catch {
                let bad = BadRecord(file: block.path, line: block.line(at: start), defect: error)
                if onReject(bad) == .stop { return }
            }
        }
    }

    /// What `body` makes of the first line that is neither blank nor unsound; unsound ones are for the parser to refuse.
    ///
    /// - Throws: `FormatError.badRecord` for the first line, where the block has no sound one.
    static func first<Value>(
        in block: TextBlock, _ body: (UnsafeBufferPointer<UInt8>) throws(RecordDefect) -> Value
    ) throws(FormatError) -> Value? {
        var offset = block.bodyOffset
        let end = UnsafePointer(block.base + block.count)
        var first: BadRecord?
        while let (line, start) = next(in: block, end: end, &offset) {
            do throws(RecordDefect) {
                try TextLine.validate(line)
                return try body(line)
            } catch {
                first = first ?? BadRecord(file: block.path, line: block.line(at: start), defect: error)
            }
        }
        if let first { throw .badRecord(first) }
        return nil
    }

    /// The next line that is not blank, and where it begins.
    @inline(__always)
    private static func next(
        in block: TextBlock, end: UnsafePointer<UInt8>, _ offset: inout Int
    ) -> (line: UnsafeBufferPointer<UInt8>, start: Int)? {
        while offset < block.count {
            let start = offset
            let whole = TextLine.at(UnsafePointer(block.base + start), end: end)
            offset = min(start + whole.count + 1, block.count)
            let line = TextLine.trimmed(whole)
            if EdgeFields.skipBlanks(line, 0) < line.count { return (line, start) }
        }
        return nil
    }
}
