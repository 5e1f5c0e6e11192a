/// Bytes that grow at the end: what rows are formatted into.
///
/// One owner at a time, which is why it may cross threads (`@unchecked Sendable`).
public final class TextBuffer: @unchecked Sendable {
    private var storage: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    public private(set) var count = 0

    public init(capacity: Int = 64 << 10) {
        self.capacity = max(capacity, 64)
        storage = .allocate(capacity: self.capacity)
    }

    deinit {
        storage.deallocate()
    }

    /// The bytes so far; valid until the next change.
    public var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: storage, count: count)
    }

    /// Forgets the bytes, keeps the memory.
    public func removeAll() {
        count = 0
    }

    public func append(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    public func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        let target = room(bytes.count)
        target.update(from: start, count: bytes.count)
        count += bytes.count
    }

    @inline(__always)
    func append(_ byte: UInt8) {
        room(1)[0] = byte
        count &+= 1
    }

    /// The end of the text with at least `length` writable bytes behind it; `advance` then states how many were used.
    @inline(__always)
    func room(_ length: Int) -> UnsafeMutablePointer<UInt8> {
        if capacity &- count < length { grow(length) }
        return storage + count
    }

    @inline(__always)
    func advance(_ length: Int) {
        count &+= length
    }

    @inline(never)
    private func grow(_ length: Int) {
        capacity = max(capacity * 2, count + length)
        let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        grown.update(from: storage, count: count)
        storage.deallocate()
        storage = grown
    }
}
