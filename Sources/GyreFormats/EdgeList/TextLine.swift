import Glibc

/// What all line formats share: line ends, blank lines, comments, sound text.
enum TextLine {
    /// The line from `start` up to its line feed, which the block's padding guarantees.
    @inline(__always)
    static func at(_ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        let length = end - start
        let feed = memchr(start, Int32(UInt8(ascii: "\n")), length)
        let count = feed.map { UnsafeRawPointer($0) - UnsafeRawPointer(start) } ?? length
        return UnsafeBufferPointer(start: start, count: count)
    }

    /// Without a carriage return at its end.
    @inline(__always)
    static func trimmed(_ line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard line.last == UInt8(ascii: "\r") else { return line }
        return UnsafeBufferPointer(start: line.baseAddress, count: line.count - 1)
    }

    @inline(__always)
    static func isBlankOrComment(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = EdgeFields.skipBlanks(line, 0)
        return start == line.count || line[start] == UInt8(ascii: "#") || line[start] == UInt8(ascii: "%")
    }

    /// Refuses NUL bytes and what is not UTF-8.
    static func validate(_ line: UnsafeBufferPointer<UInt8>) throws(RecordDefect) {
        var seen: UInt8 = 0
        var hasNul = false
        for byte in line {
            seen |= byte
            hasNul = hasNul || byte == 0
        }
        if hasNul { throw .nulByte }
        if seen < 0x80 { return }
        if String(validating: line, as: UTF8.self) == nil {
            throw .invalidUTF8(found: RecordDefect.excerpt(line))
        }
    }
}
