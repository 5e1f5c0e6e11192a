import Synchronization

/// A thread that reads ahead of the workers: it may block, they may not.
///
/// It calls `produce` until that answers nil or throws, and keeps at most `capacity` items that nobody has
/// taken. Workers poll; each consumer that found nothing is woken when there is something again.
public final class ReadAhead<Item: Sendable>: Sendable {
    /// What a poll finds.
    public enum Answer: Sendable {
        case item(Item)
        /// Nothing yet; the caller's wake-up will be called.
        case notYet
        case end
        /// What `produce` threw; comes after all items that were produced before.
        case failed(any Error)
    }

    private struct State {
        var items: [Item] = []
        var end: Answer?
        var isStopped = false
        var waiting: [@Sendable () -> Void] = []
        var producerWaits = false
    }

    private let state = Mutex(State())
    private let room = WakeUp()
    private let capacity: Int

    /// Starts the thread.
    ///
    /// - Parameter makeProducer: called on the thread; what it returns never leaves the thread.
    public init(capacity: Int, makeProducer: @escaping @Sendable () throws -> () throws -> Item?) {
        self.capacity = capacity
        let thread = WorkerThread { [self] in
            do {
                let produce = try makeProducer()
                while let item = try produce() {
                    guard offer(item) else { return }
                }
                finish(.end)
            } catch {
                finish(.failed(error))
            }
        }
        thread.detach()
    }

    /// Takes the next item, if there is one.
    public func poll(wake: @escaping @Sendable () -> Void) -> Answer {
        let (answer, isWaiting) = state.withLock { state -> (Answer, Bool) in
            if !state.items.isEmpty { return (.item(state.items.removeFirst()), state.producerWaits) }
            if let end = state.end { return (end, false) }
            state.waiting.append(wake)
            return (.notYet, false)
        }
        if isWaiting { room.wake() }
        return answer
    }

    /// Ends the reading: nothing more is produced, and what is kept can still be taken.
    public func stop() {
        state.withLock { $0.isStopped = true }
        room.wake()
        finish(.end)
    }

    private func offer(_ item: Item) -> Bool {
        room.sleep {
            state.withLock { state in
                state.producerWaits = state.items.count >= capacity && !state.isStopped
                return !state.producerWaits
            }
        }
        let waiting = state.withLock { state -> [@Sendable () -> Void]? in
            state.producerWaits = false
            if state.isStopped { return nil }
            state.items.append(item)
            defer { state.waiting = [] }
            return state.waiting
        }
        guard let waiting else { return false }
        for wake in waiting { wake() }
        return true
    }

    private func finish(_ end: Answer) {
        let waiting = state.withLock { state in
            if state.end == nil { state.end = end }
            defer { state.waiting = [] }
            return state.waiting
        }
        for wake in waiting { wake() }
    }
}
