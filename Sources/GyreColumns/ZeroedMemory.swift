import Glibc

/// Memory that begins as zeros, for tables that are read and written at random.
///
/// From 1 MiB on it comes from the system in huge pages, where the system has them: a probe then seldom waits for a
/// page table, and first touch costs one fault for 2 MiB instead of 512. The system zeroes it.
@usableFromInline
enum ZeroedMemory {
    private static var hugePage: Int { 2 << 20 }
    private static var least: Int { 1 << 20 }

    /// Bytes that an allocation really takes.
    @usableFromInline
    static func size(for byteCount: Int) -> Int {
        byteCount < least ? byteCount : (byteCount + hugePage - 1) & ~(hugePage - 1)
    }

    @usableFromInline
    static func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
        if byteCount < least {
            let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 64)
            memory.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
            return memory
        }
        // One page more than needed, of which what lies before the border is given back.
        let size = size(for: byteCount)
        let mapped = mmap(
            nil, size + hugePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        guard let mapped, mapped != MAP_FAILED else {
            fatalError("the system refuses \(byteCount) bytes of memory: \(String(cString: strerror(errno)))")
        }
        let before = (hugePage - Int(bitPattern: mapped) & (hugePage - 1)) & (hugePage - 1)
        if before > 0 { munmap(mapped, before) }
        let memory = mapped + before
        if before < hugePage { munmap(memory + size, hugePage - before) }
        // Advice: where there are no huge pages, small ones do.
        _ = madvise(memory, size, MADV_HUGEPAGE)
        return memory
    }

    @usableFromInline
    static func deallocate(_ memory: UnsafeMutableRawPointer, byteCount: Int) {
        if byteCount < least { memory.deallocate() } else { munmap(memory, size(for: byteCount)) }
    }
}
