import Synchronization

/// Who works on which chunk in a round: each chunk is claimed by exactly one worker.
///
/// Every worker has a contiguous range of its own, which it goes through first, so that a chunk's data
/// stays in one core's cache over the rounds; then it claims what others have left. Results do not
/// depend on who claims what, since partial results are kept by chunk.
///
/// Cost: one atomic addition a chunk.
public final class ChunkClaims: Sendable {
    private let next: [PaddedCounter]

    /// A counter with a cache line to itself.
    private final class PaddedCounter: Sendable {
        let value = Atomic<Int>(0)
        let end = Atomic<Int>(0)
        private let padding: (Int, Int, Int, Int, Int, Int) = (0, 0, 0, 0, 0, 0)
    }

    /// - Parameter workers: how many take part.
    public init(workers: Int) {
        next = (0..<workers).map { _ in PaddedCounter() }
    }

    /// Lays out a round: worker w owns the chunks `starts[w] ..< starts[w + 1]`.
    ///
    /// Called while nobody claims: before the first round, and at the end of a round.
    public func begin(_ starts: [Int]) {
        precondition(starts.count == next.count + 1, "\(starts.count) borders for \(next.count) workers")
        for worker in next.indices {
            next[worker].value.store(starts[worker], ordering: .relaxed)
            next[worker].end.store(starts[worker + 1], ordering: .releasing)
        }
    }

    /// Lays out a round of `count` chunks in even ranges.
    public func begin(count: Int) {
        begin((0...next.count).map { Share.start(of: $0, among: next.count, total: count) })
    }

    /// The next chunk for a worker; nil when none is left anywhere.
    public func claim(worker: Int) -> Int? {
        for step in next.indices {
            let counter = next[(worker + step) % next.count]
            let end = counter.end.load(ordering: .acquiring)
            if counter.value.load(ordering: .relaxed) >= end { continue }
            let chunk = counter.value.wrappingAdd(1, ordering: .relaxed).oldValue
            if chunk < end { return chunk }
        }
        return nil
    }
}
