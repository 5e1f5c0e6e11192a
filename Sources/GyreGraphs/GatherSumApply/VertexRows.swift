public import GyreColumns
public import GyreOperators

extension Graph {
    /// The rows of some vertices, by number: their positions, and their values as `value` finds them by number.
    @inlinable @inline(__always)
    func rows<Value: BitwiseCopyable & Sendable & Codable>(of numbers: Range<Int>, value: (Int) -> Value) -> Batch {
        let batch = RowBatch<VertexValue<Value>>(capacity: max(1, numbers.count))
        let (rows, positions) = (batch.rows, positionOfNumber?.base)
        for (row, number) in numbers.enumerated() {
            let position = positions?[number] ?? UInt32(truncatingIfNeeded: number)
            (rows + row).initialize(to: VertexValue(position: position, value: value(number)))
        }
        batch.count = numbers.count
        return batch
    }
}
