/// Where elapsed time comes from. Operators never see it; the runtime and the reports do.
///
/// A clock is passed in, so that tests drive a virtual one.
public protocol ElapsedTimeClock: Sendable {
    /// Nanoseconds since a fixed, arbitrary start. Never falls.
    func nanoseconds() -> UInt64
}

/// The machine's monotonic clock.
public struct MonotonicClock: ElapsedTimeClock {
    /// Makes a clock; all instances agree.
    public init() {}

    public func nanoseconds() -> UInt64 {
        let (seconds, attoseconds) = MonotonicClock.origin.duration(to: .now).components
        return UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
    }

    private static let origin = ContinuousClock.now
}
