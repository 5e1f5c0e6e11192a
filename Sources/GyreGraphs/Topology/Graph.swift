public import GyreOperators

/// A directed graph in memory: vertices numbered densely, edges in compressed sparse rows.
///
/// Three orders of vertices: by *identifier*, which users see; by *position*, the place in the order of
/// identifiers; and by *number*, the place in all arrays of the engine. Where few vertices have most of the
/// edges, numbers follow degrees, so that what is read most lies together; elsewhere number is position.
public struct Graph<Edge: EdgeValue>: Sendable {
    /// The vertices' identifiers, by position.
    public let identifiers: VertexIdentifiers
    /// The number of each position; nil where they are the same.
    public let numberOfPosition: SharedVector<UInt32>?
    /// The position of each number; nil where they are the same.
    public let positionOfNumber: SharedVector<UInt32>?
    /// How many edges leave each vertex, by number.
    public let outDegrees: SharedVector<UInt32>
    /// How many edges enter each vertex, by number.
    public let inDegrees: SharedVector<UInt32>
    /// The edges by their targets: rows of sources.
    public let incoming: Adjacency<Edge>?
    /// The edges by their sources: rows of targets. In an undirected graph the same as `incoming`.
    public let outgoing: Adjacency<Edge>?
    /// Records of the input that were left out.
    public let rejected: Int
    /// Bytes that the arrays take.
    public var byteCount: Int {
        let rows = [incoming, isUndirected ? nil : outgoing].compactMap { $0 }
        let edges = rows.reduce(0) { $0 + $1.neighbors.count * (4 + (Edge.isWeighted ? MemoryLayout<Edge>.stride : 0)) }
        return edges + rows.count * (vertexCount + 1) * 8 + vertexCount * (numberOfPosition == nil ? 8 : 16)
    }
    /// Whether each edge stands in both directions.
    public let isUndirected: Bool
    /// What may be taken of memory; programs ask it too.
    let account: MemoryAccount

    /// Takes memory for a run of a program, which keeps `bytes` for each of `vertices` (all, if nil).
    @usableFromInline
    func leaseMemory(forEachVertex bytes: Int, of vertices: Int? = nil, node: String) throws -> MemoryLease {
        try account.lease(bytes * (vertices ?? vertexCount), for: node)
    }

    /// How many vertices there are.
    public var vertexCount: Int { identifiers.count }
    /// How many directed edges there are; in an undirected graph each counts in both directions.
    public var edgeCount: Int { (incoming ?? outgoing)?.edgeCount ?? 0 }

    /// The number of the vertex at a position.
    @inlinable
    public func number(ofPosition position: Int) -> Int {
        numberOfPosition.map { Int($0.base[position]) } ?? position
    }

    /// The position of the vertex with a number.
    @inlinable
    public func position(ofNumber number: Int) -> Int {
        positionOfNumber.map { Int($0.base[number]) } ?? number
    }
}
