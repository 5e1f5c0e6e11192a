public import GyreOperators

/// The edges of a graph in one direction, in compressed sparse rows: the neighbours of vertex v are at
/// `offsets[v] ..< offsets[v + 1]`, ascending, parallel edges by weight.
///
/// One array each for all workers; a worker writes the rows of its own range while the graph is loaded, and
/// nobody afterwards.
public struct Adjacency<Edge: EdgeValue>: Sendable {
    /// Where each vertex's row begins; one more than there are vertices.
    public let offsets: SharedVector<Int>
    /// The other end of each edge.
    public let neighbors: SharedVector<UInt32>
    /// What each edge carries; empty where edges carry nothing.
    public let values: SharedVector<Edge>
    /// Fixed chunks of vertices with about as many edges each, the same at any parallelism.
    public let chunks: ChunkLayout

    public init(
        offsets: SharedVector<Int>, neighbors: SharedVector<UInt32>, values: SharedVector<Edge>, chunks: ChunkLayout
    ) {
        self.offsets = offsets
        self.neighbors = neighbors
        self.values = values
        self.chunks = chunks
    }

    /// How many edges there are.
    public var edgeCount: Int { offsets.count == 0 ? 0 : offsets.base[offsets.count - 1] }
}

/// Ranges of vertices that are worked on as one: the unit of claims and of partial results.
///
/// A chunk ends at a multiple of 64 vertices, so that a word of a bitmap belongs to one chunk; it has at most
/// 4,096 vertices, and about 16,384 edges unless 64 vertices have more.
public struct ChunkLayout: Sendable, Equatable {
    /// Where each chunk begins, and the number of vertices at the end.
    public let starts: [Int]

    /// How many chunks there are.
    public var count: Int { starts.count - 1 }

    /// The vertices of a chunk.
    @inlinable
    public func range(_ chunk: Int) -> Range<Int> { starts[chunk]..<starts[chunk + 1] }

    /// - Parameter offsets: the number of edges before each vertex.
    public init(vertices: Int, offsets: UnsafeBufferPointer<Int>) {
        var starts = [0]
        var vertex = 0
        while vertex < vertices {
            var end = min(vertex + 64, vertices)
            while end < vertices, end - vertex < 4096, offsets[min(end + 64, vertices)] - offsets[vertex] <= 16_384 {
                end = min(end + 64, vertices)
            }
            starts.append(end)
            vertex = end
        }
        self.starts = starts
    }

    /// The chunks at which each worker's range begins, such that the ranges have about as many vertices: what giving
    /// out values costs.
    public func vertexBorders(workers: Int) -> [Int] {
        let total = starts.last ?? 0
        var borders = [0]
        for worker in 1..<max(workers, 1) {
            let goal = Share.start(of: worker, among: workers, total: total)
            borders.append(max(borders[worker - 1], starts.firstIndex { $0 >= goal } ?? count))
        }
        borders.append(count)
        return borders
    }

    /// The chunks at which each worker's range begins, such that the ranges have about as many edges.
    public func borders(workers: Int, offsets: UnsafeBufferPointer<Int>) -> [Int] {
        let total = (offsets.last ?? 0) + (starts.last ?? 0)
        var borders = [0]
        for worker in 1..<max(workers, 1) {
            let goal = Share.start(of: worker, among: workers, total: total)
            var chunk = borders[worker - 1]
            while chunk < count, offsets[starts[chunk]] + starts[chunk] < goal { chunk += 1 }
            borders.append(chunk)
        }
        borders.append(count)
        return borders
    }
}
