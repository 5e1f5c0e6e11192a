import Synchronization

/// Blocks that wait to be filled again. Safe to use from any thread; costs one lock per block.
public final class BlockPool: Sendable {
    private let free = Mutex<[TextBlock]>([])
    private let blockSize: Int
    private let limit: Int

    /// - Parameter limit: the most blocks kept; what comes back beyond that is freed.
    init(blockSize: Int, limit: Int = 64) {
        self.blockSize = blockSize
        self.limit = limit
    }

    /// Gives a block back for reuse; the caller must not touch it afterwards. Blocks that a long line has made
    /// large are freed.
    public func recycle(_ block: TextBlock) {
        guard block.capacity <= 4 * blockSize else { return }
        free.withLock { if $0.count < limit { $0.append(block) } }
    }

    func take() -> TextBlock {
        free.withLock { $0.popLast() } ?? TextBlock(capacity: blockSize)
    }
}
