import GyreOperators

/// Where everything of a graph goes, once all degrees are known: the order of numbers, and where each
/// row begins. The rows' storage is allocated here and filled by the workers that own the ranges.
final class GraphLayout<Edge: EdgeValue>: Sendable {
    let identifiers: VertexIdentifiers
    let numberOfPosition: SharedVector<UInt32>?
    let positionOfNumber: SharedVector<UInt32>?
    let outDegrees: SharedVector<UInt32>
    let inDegrees: SharedVector<UInt32>
    let incoming: Adjacency<Edge>?
    let outgoing: Adjacency<Edge>?
    /// The first vertex of each worker's range, by direction, and the number of vertices.
    let incomingBorders: [Int]
    let outgoingBorders: [Int]
    /// The next free place of each row, while it is filled; each owner writes its own.
    let incomingCursors: SharedVector<Int>
    let outgoingCursors: SharedVector<Int>

    init(_ counts: [DegreeCounts], directions: Set<EdgeDirection>, workers: Int) {
        guard let first = counts.first else { preconditionFailure("no worker has counted degrees") }
        let count = first.numbering.identifiers.count
        identifiers = first.numbering.identifiers
        let (outgoing, incoming) = (first.outgoing, first.incoming)
        for other in counts.dropFirst() {
            for vertex in 0..<count {
                outgoing.base[vertex] &+= other.outgoing.base[vertex]
                incoming.base[vertex] &+= other.incoming.base[vertex]
            }
        }
        if let order = DegreeOrder(outgoing: outgoing, incoming: incoming) {
            numberOfPosition = order.numberOfPosition
            positionOfNumber = order.positionOfNumber
            outDegrees = order.permuted(outgoing)
            inDegrees = order.permuted(incoming)
        } else {
            numberOfPosition = nil
            positionOfNumber = nil
            outDegrees = outgoing
            inDegrees = incoming
        }
        let incomingRows = directions.contains(.incoming) ? GraphLayout.rows(inDegrees, workers: workers) : nil
        let outgoingRows = directions.contains(.outgoing) ? GraphLayout.rows(outDegrees, workers: workers) : nil
        self.incoming = incomingRows?.adjacency
        self.outgoing = outgoingRows?.adjacency
        incomingBorders = incomingRows?.borders ?? [Int](repeating: 0, count: workers + 1)
        outgoingBorders = outgoingRows?.borders ?? [Int](repeating: 0, count: workers + 1)
        incomingCursors = GraphLayout.copy(incomingRows?.adjacency.offsets)
        outgoingCursors = GraphLayout.copy(outgoingRows?.adjacency.offsets)
    }

    /// Bytes that a layout will take.
    static func byteCount(_ counts: [DegreeCounts], directions: Set<EdgeDirection>) -> Int {
        guard let vertices = counts.first?.numbering.identifiers.count else { return 0 }
        var edges = 0
        for count in counts {
            for vertex in 0..<vertices { edges += Int(count.incoming.base[vertex]) }
        }
        let row = 4 + (Edge.isWeighted ? MemoryLayout<Edge>.stride : 0)
        return directions.count * (edges * row + vertices * 16) + vertices * 16
    }

    private static func rows(
        _ degrees: SharedVector<UInt32>, workers: Int
    ) -> (adjacency: Adjacency<Edge>, borders: [Int]) {
        let count = degrees.count
        let offsets = SharedVector<Int>(count: count + 1)
        var total = 0
        for vertex in 0..<count {
            offsets.base[vertex] = total
            total += Int(degrees.base[vertex])
        }
        offsets.base[count] = total
        let chunks = ChunkLayout(vertices: count, offsets: offsets.elements)
        let adjacency = Adjacency<Edge>(
            offsets: offsets, neighbors: SharedVector(count: total),
            values: SharedVector(count: Edge.isWeighted ? total : 0), chunks: chunks)
        let borders = chunks.borders(workers: workers, offsets: offsets.elements).map { chunks.starts[$0] }
        return (adjacency, borders)
    }

    private static func copy(_ offsets: SharedVector<Int>?) -> SharedVector<Int> {
        guard let offsets else { return SharedVector(count: 0) }
        let copy = SharedVector<Int>(count: offsets.count)
        copy.base.update(from: offsets.base, count: offsets.count)
        return copy
    }
}
