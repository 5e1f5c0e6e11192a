import GyreOperators

extension Graph {
    /// The graph without self-loops and with one edge, the first by value, of parallel ones.
    ///
    /// Rows are shortened in place, so this graph must not be used any more. O(edges), one thread.
    func simplified() -> Graph {
        let sameRows = isUndirected
        let newIncoming = incoming.map(Graph.simplify)
        let newOutgoing = sameRows ? newIncoming : outgoing.map(Graph.simplify)
        let (out, into) = (SharedVector<UInt32>(count: vertexCount), SharedVector<UInt32>(count: vertexCount))
        if let rows = newIncoming ?? newOutgoing {
            let (own, other) = newIncoming == nil ? (out, into) : (into, out)
            for vertex in 0..<vertexCount {
                own.base[vertex] = UInt32(rows.offsets.base[vertex + 1] - rows.offsets.base[vertex])
            }
            for edge in 0..<rows.edgeCount { other.base[Int(rows.neighbors.base[edge])] += 1 }
        }
        return Graph(
            identifiers: identifiers, numberOfPosition: numberOfPosition, positionOfNumber: positionOfNumber,
            outDegrees: out, inDegrees: into, incoming: newIncoming, outgoing: newOutgoing, rejected: rejected,
            isUndirected: isUndirected, account: account)
    }

    @specialized(where Edge == Unweighted)
    @specialized(where Edge == Double)
    @specialized(where Edge == Float)
    private static func simplify(_ rows: Adjacency<Edge>) -> Adjacency<Edge> {
        let (offsets, neighbors, values) = (rows.offsets.base, rows.neighbors.base, rows.values.base)
        var kept = 0
        var start = 0
        for vertex in 0..<(rows.offsets.count - 1) {
            let end = offsets[vertex + 1]
            var last: UInt32?
            for edge in start..<end where neighbors[edge] != UInt32(vertex) && neighbors[edge] != last {
                last = neighbors[edge]
                neighbors[kept] = neighbors[edge]
                if Edge.isWeighted { values[kept] = values[edge] }
                kept += 1
            }
            start = end
            offsets[vertex + 1] = kept
        }
        rows.neighbors.release(from: kept)
        return Adjacency(
            offsets: rows.offsets, neighbors: rows.neighbors, values: rows.values,
            chunks: ChunkLayout(vertices: rows.offsets.count - 1, offsets: rows.offsets.elements))
    }
}
