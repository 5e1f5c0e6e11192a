import Synchronization

/// A bounded queue between one producing and one consuming thread, without locks.
///
/// Proof of `@unchecked Sendable`: a slot is written by the producer before it publishes `tail`, and
/// read by the consumer after it has seen that `tail`; the other way round with `head`. Publications are
/// sequentially consistent, because a sleeper's flag is checked right after them (`WakeUp`).
package final class Ring<Element>: @unchecked Sendable {
    private let slots: UnsafeMutablePointer<Element?>
    private let mask: Int
    private let head = Atomic<Int>(0)
    private let tail = Atomic<Int>(0)
    // Each side's own copy of the index that it alone writes, and its last look at the other's.
    private var producerTail = 0
    private var producerHead = 0
    private var consumerHead = 0
    private var consumerTail = 0

    /// - Parameter capacity: a power of two.
    package init(capacity: Int) {
        precondition(capacity > 0 && capacity & (capacity - 1) == 0)
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: nil, count: capacity)
        mask = capacity - 1
    }

    deinit {
        slots.deinitialize(count: mask + 1)
        slots.deallocate()
    }

    /// Producer: adds an element if fewer than `limit` are there.
    package func push(_ element: consuming Element, limit: Int) -> Bool {
        guard hasRoom(limit: limit) else { return false }
        slots[producerTail & mask] = element
        producerTail &+= 1
        tail.store(producerTail, ordering: .sequentiallyConsistent)
        return true
    }

    /// Producer: whether fewer than `limit` elements are there.
    package func hasRoom(limit: Int) -> Bool {
        if producerTail &- producerHead < limit { return true }
        producerHead = head.load(ordering: .sequentiallyConsistent)
        return producerTail &- producerHead < limit
    }

    /// Consumer: takes the oldest element.
    package func pop() -> Element? {
        guard !isEmpty else { return nil }
        let element = slots[consumerHead & mask].take()
        consumerHead &+= 1
        head.store(consumerHead, ordering: .sequentiallyConsistent)
        return element
    }

    /// Consumer: whether there is nothing to take.
    package var isEmpty: Bool {
        if consumerHead != consumerTail { return false }
        consumerTail = tail.load(ordering: .sequentiallyConsistent)
        return consumerHead == consumerTail
    }
}
