import Glibc

/// A vector in memory that all workers of a process reach: the storage of dense solution sets and graphs.
///
/// This is the one type of the kernel that shares mutable memory between workers without a channel. Proof
/// of `@unchecked Sendable`, from the rules of supersteps (`LoopRules`, `ChunkClaims`):
///
/// 1. While it is built, a position is written only by the worker that holds the claim on its chunk.
/// 2. In a round, a vector is either *previous*, read by all and written by none, or *next*, written only
///    through claimed chunks and read by none but the claimant. Publishing is the round's meeting, which
///    orders all writes of round r before all reads of round r + 1, and swaps the two.
/// 3. The exception is the monotone mode, where positions are lowered in place by atomic operations.
///
/// Memory comes from `mmap`, so that it is zero and goes back to the system when the vector is released.
public final class SharedVector<Element: BitwiseCopyable>: @unchecked Sendable {
    /// The first element.
    public let base: UnsafeMutablePointer<Element>
    /// How many elements there are.
    public let count: Int
    private let byteCount: Int

    /// Makes a vector of zero bytes.
    public init(count: Int) {
        self.count = count
        let page = 4096
        byteCount = max(page, (count * MemoryLayout<Element>.stride + page - 1) / page * page)
        guard
            let memory = mmap(
                nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0),
            memory != MAP_FAILED
        else { fatalError("the system has no \(byteCount) bytes of memory left") }
        if byteCount >= 1 << 22 { _ = madvise(memory, byteCount, MADV_HUGEPAGE) }
        base = memory.bindMemory(to: Element.self, capacity: Swift.max(count, 1))
    }

    deinit {
        munmap(base, byteCount)
    }

    /// Gives the pages behind the first `used` elements back to the system; they read as zero again.
    public func release(from used: Int) {
        let page = 4096
        let start = (used * MemoryLayout<Element>.stride + page - 1) / page * page
        guard start < byteCount else { return }
        madvise(UnsafeMutableRawPointer(base) + start, byteCount - start, MADV_DONTNEED)
    }

    /// One element.
    @inlinable
    public subscript(_ position: Int) -> Element {
        get {
            precondition(position >= 0 && position < count, "position \(position) of \(count)")
            return base[position]
        }
        set {
            precondition(position >= 0 && position < count, "position \(position) of \(count)")
            base[position] = newValue
        }
    }

    /// All elements, while the vector lives.
    @inlinable
    public var elements: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }
}
