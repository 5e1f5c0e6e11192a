/// A point in event time, in milliseconds since the Unix epoch.
///
/// Timestamps are totally ordered. `min` and `max` are reserved: nothing happens at them.
public struct Timestamp: Hashable, Comparable, Sendable, Codable {
    /// Milliseconds since the Unix epoch.
    public var milliseconds: Int64

    /// Makes the timestamp that lies `milliseconds` after the Unix epoch.
    @inlinable
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Earlier than every event.
    @inlinable
    public static var min: Timestamp { Timestamp(milliseconds: .min) }

    /// Later than every event.
    @inlinable
    public static var max: Timestamp { Timestamp(milliseconds: .max) }

    @inlinable
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }
}
