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

    @inlinable
    func store(_ rows: UnsafeBufferPointer<VertexValue<Value>>) {
        for row in rows { values.base[Int(row.position)] = row.value }
    }

    /// How many vertices there are.
    public var count: Int { values.count }

    /// The value of the vertex at a position.
    public subscript(position: Int) -> Value { values[position] }

    /// All values as an array.
    public var elements: [Value] { Array(values.elements) }
}
