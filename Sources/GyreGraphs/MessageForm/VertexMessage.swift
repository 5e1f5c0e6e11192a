import GyreOperators

/// What travels along an edge in message form.
public struct VertexMessage<Content: BitwiseCopyable & Sendable & Codable>: BitwiseCopyable, Sendable, Codable {
    /// The number of the vertex that it is for.
    public var target: UInt32
    /// The worker that has this vertex.
    public var receiver: UInt16
    /// The worker that sent it.
    public var sender: UInt16
    public var content: Content

    @inlinable
    public init(target: UInt32, receiver: UInt16, sender: UInt16, content: Content) {
        self.target = target
        self.receiver = receiver
        self.sender = sender
        self.content = content
    }
}

/// Which vertices each worker has in message form: contiguous ranges of whole chunks.
@usableFromInline
struct VertexRanges {
    /// By worker the first vertex of its range; one more at the end.
    @usableFromInline let starts: [Int]
    /// By worker the first chunk of its range; one more at the end.
    @usableFromInline let chunks: [Int]

    @usableFromInline
    init<Edge>(_ rows: Adjacency<Edge>, workers: Int) {
        precondition(workers <= Int(UInt16.max), "\(workers) workers")
        chunks = rows.chunks.borders(workers: workers, offsets: rows.offsets.elements)
        starts = chunks.map { rows.chunks.starts[$0] }
    }

    /// The worker that has a vertex.
    @inlinable @inline(__always)
    func owner(of vertex: UInt32) -> UInt16 {
        var owner = 0
        while starts[owner &+ 1] <= Int(vertex) { owner &+= 1 }
        return UInt16(truncatingIfNeeded: owner)
    }
}
