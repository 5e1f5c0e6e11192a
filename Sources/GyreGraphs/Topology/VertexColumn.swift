public import GyreOperators

/// A value for each vertex, by position in the order of identifiers.
///
/// While it is filled, each position is written by the one worker that has the vertex; it is read after the job
/// has run. That is the rule of `SharedVector`.
public final class VertexColumn<Value: BitwiseCopyable & Sendable & Codable>: Sendable {
    @usableFromInline let values: SharedVector<Value>

    @usableFromInline
    init(count: Int) {
        values = SharedVector(count: count)
    }

    /// Puts the rows' values at their positions. By the size of a value and not by its type, for callers are often
    /// generic, and generic code that is not specialised took 30 ns a row.
    @usableFromInline
    func store(_ rows: UnsafeBufferPointer<VertexValue<Value>>) {
        guard let first = rows.baseAddress else { return }
        RowScatter(
            stride: MemoryLayout<VertexValue<Value>>.stride, valueSize: MemoryLayout<Value>.size,
            valueOffset: max(MemoryLayout<UInt32>.size, MemoryLayout<Value>.alignment),
            valueStride: MemoryLayout<Value>.stride
        ).scatter(UnsafeRawPointer(first), count: rows.count, into: UnsafeMutableRawPointer(values.base))
    }

    /// How many vertices there are.
    public var count: Int { values.count }

    /// The value of the vertex at a position.
    public subscript(position: Int) -> Value { values[position] }

    /// Lends all values, by position, without a copy.
    @inlinable
    public func withElements<Result>(_ body: (UnsafeBufferPointer<Value>) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(values) { try body(values.elements) }
    }

    /// All values as an array.
    public var elements: [Value] { Array(values.elements) }
}

/// Rows of a position and a value, put where the position says. What they hold is bits here.
private struct RowScatter {
    /// Bytes from a row to the next.
    let stride: Int
    let valueSize: Int
    /// Where the value begins in a row, which begins with the position.
    let valueOffset: Int
    /// Bytes from a value to the next where they go.
    let valueStride: Int

    func scatter(_ rows: UnsafeRawPointer, count: Int, into values: UnsafeMutableRawPointer) {
        switch (valueSize, valueOffset) {
        case (4, 4): scatter(rows, count, as: UInt32.self, values)
        case (8, 8): scatter(rows, count, as: UInt64.self, values)
        default:
            for row in 0..<count {
                let place = rows + row * stride
                let position = Int(place.load(as: UInt32.self))
                (values + position * valueStride).copyMemory(from: place + valueOffset, byteCount: valueSize)
            }
        }
    }

    @inline(__always)
    private func scatter<Bits: FixedWidthInteger & BitwiseCopyable>(
        _ rows: UnsafeRawPointer, _ count: Int, as bits: Bits.Type, _ values: UnsafeMutableRawPointer
    ) {
        let size = MemoryLayout<Bits>.size
        for row in 0..<count {
            let place = rows + row &* (2 &* size)
            let position = Int(truncatingIfNeeded: place.load(as: UInt32.self))
            values.storeBytes(
                of: place.load(fromByteOffset: size, as: Bits.self), toByteOffset: position &* size, as: Bits.self)
        }
    }
}
