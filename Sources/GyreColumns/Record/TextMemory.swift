/// Makes strings of ASCII bytes where they are to lie, without validating them once more, and over strings that nobody
/// needs any more.
@usableFromInline
package struct TextMemory: Sendable {
    /// Bytes that have to be readable from the text's first on, however short it is.
    @inlinable package static var readableBytes: Int { 16 }

    /// The longest text whose storage is written over: a long one must not leave its memory to a short one.
    @inlinable static var longestReplaced: Int { 128 }

    @usableFromInline let writesShortTexts: Bool

    package init() {
        writesShortTexts = ShortText.isKnown
    }

    /// Initialises a string: some 20 ns, or 2 for up to 15 bytes.
    @inlinable @inline(__always)
    package func initialize(
        _ target: UnsafeMutablePointer<String>, ascii bytes: UnsafePointer<UInt8>, count: Int
    ) {
        if count <= ShortText.longest, writesShortTexts {
            UnsafeMutableRawPointer(target).storeBytes(
                of: ShortText(ascii: bytes, count: count), as: ShortText.self)
        } else {
            let text = Span(_unsafeElements: UnsafeBufferPointer(start: bytes, count: count))
            target.initialize(to: String(copying: UTF8Span(unchecked: text, isKnownASCII: true)))
        }
    }

    /// Writes over a string: half of what it costs to free its storage and to allocate the next one.
    ///
    /// A storage that somebody else holds too is left alone.
    @inlinable @inline(__always)
    package func replace(
        _ target: UnsafeMutablePointer<String>, ascii bytes: UnsafePointer<UInt8>, count: Int
    ) {
        if count > ShortText.longest, count <= TextMemory.longestReplaced {
            let old = target.pointee.utf8.count
            if old > ShortText.longest, old <= TextMemory.longestReplaced {
                target.pointee.removeAll(keepingCapacity: true)
                target.pointee._writeASCII(UnsafeBufferPointer(start: bytes, count: count))
                return
            }
        }
        target.deinitialize(count: 1)
        initialize(target, ascii: bytes, count: count)
    }
}
