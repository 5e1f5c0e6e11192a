import Synchronization

/// A thread that reads ahead of the workers: it may block, they may not.
///
/// It calls `produce` until that answers nil or throws, and keeps at most `capacity` items a lane that nobody has
/// taken. Workers poll; each consumer that found nothing is woken when there is something again.
///
/// With one lane, whoever polls first has the next item. With several, item n goes to lane n modulo their number, so
/// that which consumer gets what does not depend on time.
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
        var lanes: [Lane]
        /// The lane of the next item.
        var turn = 0
        var end: Answer?
        var isStopped = false
        var producerWaits = false
    }

    private struct Lane {
        var items: [Item] = []
        var waiting: [@Sendable () -> Void] = []
    }

    private let state: Mutex<State>
    private let room = WakeUp()
    /// Where a poll that waits sleeps.
    private let arrival = WakeUp()
    private let capacity: Int

    /// Starts the thread.
    ///
    /// - Parameter makeProducer: called on the thread; what it returns never leaves the thread.
    public init(capacity: Int, lanes: Int = 1, makeProducer: @escaping @Sendable () throws -> () throws -> Item?) {
        self.capacity = capacity
        state = Mutex(State(lanes: Array(repeating: Lane(), count: lanes)))
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

    /// Takes the lane's next item, if there is one.
    ///
    /// - Parameter waits: for the thread, as long as it can go on by itself: then the answer depends on the items and the
    ///   polls alone. For a driver that steps all workers on one thread (`OperatorContext.isStepped`); no worker of a
    ///   thread of its own may wait.
    public func poll(lane: Int = 0, waits: Bool = false, wake: @escaping @Sendable () -> Void) -> Answer {
        while waits, !isSettled(lane) { arrival.sleep { isSettled(lane) } }
        let (answer, isWaiting) = state.withLock { state -> (Answer, Bool) in
            if !state.lanes[lane].items.isEmpty {
                return (.item(state.lanes[lane].items.removeFirst()), state.producerWaits)
            }
            if let end = state.end { return (end, false) }
            state.lanes[lane].waiting.append(wake)
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

    /// Whether the lane's answer does not change before somebody polls.
    private func isSettled(_ lane: Int) -> Bool {
        state.withLock { !$0.lanes[lane].items.isEmpty || $0.end != nil || isFull($0) }
    }

    private func offer(_ item: Item) -> Bool {
        while true {
            room.sleep {
                state.withLock { state in
                    state.producerWaits = isFull(state) && !state.isStopped
                    return !state.producerWaits
                }
            }
            let waiting = state.withLock { state -> [@Sendable () -> Void]? in
                state.producerWaits = false
                // Woken because another lane has room.
                if state.isStopped || isFull(state) { return nil }
                let lane = state.turn
                state.lanes[lane].items.append(item)
                state.turn = (lane + 1) % state.lanes.count
                defer { state.lanes[lane].waiting = [] }
                return state.lanes[lane].waiting
            }
            if let waiting {
                for wake in waiting { wake() }
                arrival.wake()
                return true
            }
            if state.withLock({ $0.isStopped }) { return false }
        }
    }

    private func isFull(_ state: State) -> Bool {
        state.lanes[state.turn].items.count >= capacity
    }

    private func finish(_ end: Answer) {
        let waiting = state.withLock { state in
            if state.end == nil { state.end = end }
            defer { for lane in state.lanes.indices { state.lanes[lane].waiting = [] } }
            return state.lanes.flatMap(\.waiting)
        }
        for wake in waiting { wake() }
        arrival.wake()
    }
}
