import Synchronization

/// A thread that does for one worker what may block: it writes, syncs and renames, in the order of the offers.
///
/// The worker never waits: it polls, and is woken when the answer may have changed. The thread starts with the first
/// offer. After an error nothing more is done.
public final class BlockingWork: Sendable {
    /// What a piece of work found.
    public enum Offer: Sendable {
        case taken
        /// Too much is waiting; the caller's wake-up will be called.
        case full
    }

    private struct State {
        var waiting: [@Sendable () throws -> Void] = []
        var isRunning = false
        var isStopped = false
        var hasThread = false
        var failure: (any Error)?
        var wake: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())
    private let arrival = WakeUp()
    private let departure = WakeUp()
    private let capacity: Int

    /// - Parameter capacity: pieces of work that may wait.
    public init(capacity: Int) {
        self.capacity = capacity
    }

    /// Hands over a piece of work.
    ///
    /// - Parameter waits: until all that was handed over before is done; for a driver that steps all workers on one
    ///   thread (`OperatorContext.isStepped`).
    /// - Throws: what an earlier piece has thrown.
    public func offer(
        _ work: @escaping @Sendable () throws -> Void, waits: Bool = false, wake: @escaping @Sendable () -> Void
    ) throws -> Offer {
        if waits { waitUntilIdle() }
        let (offer, starts) = try state.withLock { state -> (Offer, Bool) in
            if let failure = state.failure { throw failure }
            guard state.waiting.count < capacity else {
                state.wake = wake
                return (.full, false)
            }
            state.waiting.append(work)
            defer { state.hasThread = true }
            return (.taken, !state.hasThread)
        }
        if starts {
            WorkerThread { [self] in run() }.detach()
        } else if case .taken = offer {
            arrival.wake()
        }
        return offer
    }

    /// Whether all work is done.
    ///
    /// - Parameter waits: until it is; as in `offer`.
    /// - Throws: what a piece of it has thrown.
    public func isDone(waits: Bool = false, wake: @escaping @Sendable () -> Void) throws -> Bool {
        if waits { waitUntilIdle() }
        return try state.withLock { state in
            if let failure = state.failure { throw failure }
            if state.waiting.isEmpty, !state.isRunning { return true }
            state.wake = wake
            return false
        }
    }

    /// Lets the thread end. What waits is dropped; what is under way is waited for: only where a job ends.
    public func stop() {
        state.withLock { state in
            state.isStopped = true
            state.waiting = []
            state.wake = nil
        }
        arrival.wake()
        while state.withLock({ $0.isRunning }) { departure.sleep { !state.withLock { $0.isRunning } } }
    }

    private func waitUntilIdle() {
        while !isIdle { departure.sleep { isIdle } }
    }

    /// Whether nothing is under way, nor will be.
    private var isIdle: Bool {
        state.withLock { !$0.isRunning && ($0.waiting.isEmpty || $0.failure != nil || $0.isStopped) }
    }

    private func run() {
        while true {
            arrival.sleep { state.withLock { !$0.waiting.isEmpty || $0.isStopped } }
            let next = state.withLock { state -> (@Sendable () throws -> Void)? in
                guard !state.isStopped, state.failure == nil, !state.waiting.isEmpty else { return nil }
                state.isRunning = true
                return state.waiting.removeFirst()
            }
            guard let next else {
                if state.withLock({ $0.isStopped || $0.failure != nil }) { return }
                continue
            }
            var failure: (any Error)?
            do { try next() } catch { failure = error }
            let wake = state.withLock { state -> (@Sendable () -> Void)? in
                state.isRunning = false
                state.failure = failure
                defer { state.wake = nil }
                return state.wake
            }
            wake?()
            departure.wake()
            if failure != nil { return }
        }
    }
}
