import Foundation

/// Uninitialised memory for many values that need no destruction; large blocks in huge pages where the system has them.
///
/// A block that is scattered into touches a page a row; with pages of 4 KiB that is a miss of the address cache each
/// time, and a fault each first time.
struct LargeBuffer<Value: BitwiseCopyable>: ~Copyable {
    let base: UnsafeMutablePointer<Value>
    private let raw: UnsafeMutableRawPointer

    init(capacity: Int) {
        let bytes = max(1, capacity) * MemoryLayout<Value>.stride
        let isLarge = bytes >= 4 << 20
        raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: isLarge ? 2 << 20 : 64)
        // Advice: nothing depends on whether it is taken.
        if isLarge { madvise(raw, bytes, MADV_HUGEPAGE) }
        base = raw.bindMemory(to: Value.self, capacity: max(1, capacity))
    }

    deinit { raw.deallocate() }
}
