public import GyreColumns

extension Graph {
    /// The rows of some vertices, by number: their positions, and their values as `value` finds them by number.
    @inlinable @inline(__always)
    func rows<Value: BitwiseCopyable & Sendable & Codable>(of numbers: Range<Int>, value: (Int) -> Value) -> Batch {
        let batch = RowBatch<VertexValue<Value>>(capacity: max(1, numbers.count))
        for number in numbers {
            (batch.rows + batch.count).initialize(
                to: VertexValue(
                    position: UInt32(truncatingIfNeeded: position(ofNumber: number)), value: value(number)))
            batch.count += 1
        }
        return batch
    }
}
