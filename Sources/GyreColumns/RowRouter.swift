/// Computes, for each row of a batch, what its partitioning needs; made where the row's type is known.
public struct RowRouter: Sendable {
    /// Writes, for each row, the stable hash of its key (hash partitioning) or any number whose remainder
    /// by the count of receiving instances names the receiver (custom partitioning).
    public let fill: @Sendable (Batch, UnsafeMutablePointer<UInt64>) throws -> Void

    @inlinable
    public init(fill: @escaping @Sendable (Batch, UnsafeMutablePointer<UInt64>) throws -> Void) {
        self.fill = fill
    }
}
