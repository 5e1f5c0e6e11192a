public import GyreOperators

/// The arrays of one direction as plain pointers, for inner loops: passing objects would count references.
///
/// Valid while the adjacency lives.
@usableFromInline
struct RowPointers<Edge: EdgeValue>: BitwiseCopyable {
    @usableFromInline let offsets: UnsafePointer<Int>
    @usableFromInline let neighbors: UnsafePointer<UInt32>
    @usableFromInline let values: UnsafePointer<Edge>

    @inlinable
    init(_ rows: Adjacency<Edge>) {
        offsets = UnsafePointer(rows.offsets.base)
        neighbors = UnsafePointer(rows.neighbors.base)
        values = UnsafePointer(rows.values.base)
    }

    /// The edges of a vertex.
    @inlinable @inline(__always)
    func row(_ vertex: Int) -> Range<Int> {
        Range(uncheckedBounds: (offsets[vertex], offsets[vertex &+ 1]))
    }

    /// The other end of an edge.
    @inlinable @inline(__always)
    func neighbor(_ edge: Int) -> Int { Int(truncatingIfNeeded: neighbors[edge]) }

    /// What an edge carries.
    @inlinable @inline(__always)
    func value(_ edge: Int) -> Edge { Edge.isWeighted ? values[edge] : Edge(weight: 1) }
}

/// One or two directions of rows that a program follows.
@usableFromInline
struct ProgramRows<Edge: EdgeValue>: BitwiseCopyable {
    @usableFromInline let first: RowPointers<Edge>
    @usableFromInline let second: RowPointers<Edge>
    @usableFromInline let count: Int

    @inlinable
    init(_ rows: [Adjacency<Edge>]) {
        precondition(!rows.isEmpty && rows.count <= 2, "\(rows.count) directions")
        first = RowPointers(rows[0])
        second = RowPointers(rows[rows.count - 1])
        count = rows.count
    }

    /// How many edges a vertex has in all directions.
    @inlinable @inline(__always)
    func degree(_ vertex: Int) -> Int {
        let one = first.offsets[vertex &+ 1] &- first.offsets[vertex]
        return count == 1 ? one : one &+ second.offsets[vertex &+ 1] &- second.offsets[vertex]
    }
}
