public import GyreColumns

/// The rows that a checker gives to one port.
public struct PortInput: Sendable {
    /// How many rows there are.
    public let count: Int
    /// A batch of some of them.
    public let batch: @Sendable (Range<Int>) -> Batch
    /// In a loop: whether the rows come from outside, once, instead of in every round.
    public let isConstant: Bool

    /// Rows for a port.
    public static func rows<Row: Sendable>(_ rows: [Row], constant: Bool = false) -> PortInput {
        PortInput(count: rows.count, batch: { RowBatch(rows[$0]) }, isConstant: constant)
    }

    /// The rows cut into batches; none if there are none.
    func batches(of size: Int) -> [Batch] {
        stride(from: 0, to: count, by: size).map { batch($0..<min($0 + size, count)) }
    }

    /// The same port without rows.
    var emptied: PortInput {
        PortInput(count: 0, batch: batch, isConstant: isConstant)
    }
}
