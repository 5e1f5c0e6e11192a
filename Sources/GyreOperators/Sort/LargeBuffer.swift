import Foundation

/// Uninitialised memory for many values that need no destruction; large blocks in huge pages where the system has them.
///
/// A block that is scattered into touches a page a row; with pages of 4 KiB that is a miss of the address cache each
/// time, and a fault each first time.
struct LargeBuffer: ~Copyable {
    let base: UnsafeMutableRawPointer
    let byteCount: Int

    init(byteCount: Int) {
        let isLarge = byteCount >= 4 << 20
        self.byteCount = byteCount
        base = UnsafeMutableRawPointer.allocate(byteCount: max(64, byteCount), alignment: isLarge ? 2 << 20 : 64)
        // Advice: nothing depends on whether it is taken.
        if isLarge { madvise(base, byteCount, MADV_HUGEPAGE) }
    }

    deinit { base.deallocate() }
}
