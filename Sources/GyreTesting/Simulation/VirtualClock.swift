public import GyreTime
import Synchronization

/// A clock that moves only when a test moves it.
public final class VirtualClock: ElapsedTimeClock {
    private let elapsed: Atomic<UInt64>

    /// Starts at the given number of nanoseconds.
    public init(nanoseconds: UInt64 = 0) {
        elapsed = Atomic(nanoseconds)
    }

    public func nanoseconds() -> UInt64 { elapsed.load(ordering: .sequentiallyConsistent) }

    /// Moves the clock forward.
    public func advance(byNanoseconds amount: UInt64) {
        elapsed.add(amount, ordering: .sequentiallyConsistent)
    }
}
