/// The bytes that are no digits, one after the other.
///
/// They are found for 64 bytes at once, so that the place of a line does not wait for the digits of the one before:
/// taking one number's length before looking for the next one costs twice the time. Reads up to 127 bytes behind the
/// last such byte asked for.
struct DigitRunEnds {
    private var window: UnsafePointer<UInt8>
    /// The bytes of the window that were not handed out yet.
    private var others: UInt64

    @inline(__always)
    init(of text: UnsafePointer<UInt8>) {
        window = text
        others = DigitScan.others(text)
    }

    @inline(__always)
    mutating func next() -> UnsafePointer<UInt8> {
        while others == 0 {
            window += 64
            others = DigitScan.others(window)
        }
        let place = window + others.trailingZeroBitCount
        others &= others &- 1
        return place
    }

    /// Whether LF or CRLF stands at `place`, which then moves to the LF.
    @inline(__always)
    mutating func passLineEnd(_ place: inout UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>) -> Bool {
        if place[0] == UInt8(ascii: "\n") { return true }
        if place[0] != UInt8(ascii: "\r") || place[1] != UInt8(ascii: "\n") || place + 1 >= end { return false }
        place = next()
        return true
    }
}
