import Synchronization

/// A value as the part of a chunk, for programs whose parts are no more than that.
///
/// Taken and put back whole, under a lock that is free: once a chunk.
public final class ChunkValue<Value: Sendable>: Sendable {
    private let contents: Mutex<Value>

    public init(_ value: Value) {
        contents = Mutex(value)
    }

    public var value: Value {
        get { contents.withLock { $0 } }
        set { contents.withLock { $0 = newValue } }
    }

    /// Changes the value in place.
    public func change<Result: Sendable>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        try contents.withLock { value in try body(&value) }
    }
}
