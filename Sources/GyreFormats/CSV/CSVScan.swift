import Glibc

/// Where fields and records end.
enum CSVScan {
    /// The first delimiter or line feed at or behind `start`; the block's padding makes sure that there is one. Eight
    /// bytes at a time.
    @inline(__always)
    static func fieldEnd(_ start: UnsafePointer<UInt8>, delimiter: UInt8) -> UnsafePointer<UInt8> {
        let delimiters = UInt64(delimiter) &* 0x0101_0101_0101_0101
        let feeds: UInt64 = 0x0A0A_0A0A_0A0A_0A0A
        var position = start
        while true {
            let word = UInt64(littleEndian: UnsafeRawPointer(position).loadUnaligned(as: UInt64.self))
            let found = zeroBytes(word ^ delimiters) | zeroBytes(word ^ feeds)
            if found != 0 { return position + (found.trailingZeroBitCount &>> 3) }
            position += 8
        }
    }

    /// The eighth bit of each byte that is zero; bytes above the lowest such one may be flagged wrongly.
    @inline(__always)
    private static func zeroBytes(_ word: UInt64) -> UInt64 {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
    }

    /// The quote that closes the field whose opening one is at `opening`.
    static func closingQuote(
        _ opening: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, quoting: RecordQuoting
    ) throws(RecordDefect) -> UnsafePointer<UInt8> {
        var position = opening + 1
        while position < end {
            guard let found = memchr(position, Int32(quoting.quote), end - position) else { break }
            let quote = UnsafePointer(found.assumingMemoryBound(to: UInt8.self))
            // Behind the last byte stands padding, which is no quote.
            if quote[1] != quoting.quote || quote + 1 == end { return quote }
            position = quote + 2
        }
        throw .unclosedQuote(found: RecordDefect.excerpt(line(opening, end: end)))
    }

    /// Where the record behind the one at `start` begins, however broken that is: by the rules of `RecordBorders`.
    static func nextRecord(
        _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, quoting: RecordQuoting
    ) -> UnsafePointer<UInt8> {
        var position = start
        var isInside = false
        while position < end {
            let byte = position[0]
            if isInside {
                if byte == quoting.quote {
                    if position + 1 < end, position[1] == quoting.quote { position += 1 } else { isInside = false }
                }
            } else if byte == UInt8(ascii: "\n") {
                return position + 1
            } else if byte == quoting.quote {
                isInside =
                    position == start || position[-1] == quoting.delimiter || position[-1] == UInt8(ascii: "\n")
            }
            position += 1
        }
        return end
    }

    /// From `start` up to the next line feed, for excerpts.
    static func line(_ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        let line = TextLine.at(start, end: end)
        return TextLine.trimmed(line)
    }
}
