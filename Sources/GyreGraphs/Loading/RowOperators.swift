import GyreColumns
import GyreOperators
import GyreTime

/// Turns chunks into numbered edges for their rows, once the layout is known (port 1). Port 0 brings chunks,
/// which are kept until then and given back to the system one by one.
final class RowEdgeOperator<Edge: EdgeValue>: Operator {
    private let direction: EdgeDirection
    private let isUndirected: Bool
    private let account: MemoryAccount
    private var chunks: [EdgeChunk] = []
    private var position = 0
    private var layout: GraphLayout<Edge>?
    private var isComplete = false
    private var batchSize = 1
    private var result = RowBatch<NumberedEdge<Edge>>(capacity: 1)

    init(direction: EdgeDirection, isUndirected: Bool, account: MemoryAccount) {
        self.direction = direction
        self.isUndirected = isUndirected
        self.account = account
    }

    override func open(_ context: OperatorContext) {
        batchSize = context.batchSize
    }

    override func process(_ batch: Batch, port: Int, into output: Output) -> Progress {
        if port == 0 {
            chunks += batch.rows(of: EdgeChunk.self).elements
        } else {
            layout = batch.rows(of: GraphLayout<Edge>.self).elements.first
        }
        return .done
    }

    override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard frontier == .end else { return .done }
        isComplete = true
        chunks.reverse()
        return try resume(into: output)
    }

    override func resume(into output: Output) throws -> Progress {
        guard isComplete, let layout else { return .done }
        let numbers = layout.numberOfPosition?.base
        while let chunk = chunks.last {
            guard output.hasRoom else { return .more }
            RowBatch.reuse(&result, capacity: batchSize)
            let taken = min(batchSize / (isUndirected ? 2 : 1), chunk.count - position)
            result.count = fill(result.rows, from: chunk, taken, numbers)
            position += taken
            if position == chunk.count {
                account.release(chunk.byteCount)
                chunks.removeLast()
                position = 0
            }
            try output.emit(result)
        }
        isComplete = false
        return .done
    }

    @specialized(where Edge == Unweighted)
    @specialized(where Edge == Double)
    @specialized(where Edge == Float)
    private func fill(
        _ rows: UnsafeMutablePointer<NumberedEdge<Edge>>, from chunk: EdgeChunk, _ taken: Int,
        _ numbers: UnsafeMutablePointer<UInt32>?
    ) -> Int {
        guard let pairs = chunk.narrow?.base else { return 0 }
        let weights = chunk.weights?.base
        let byTarget = direction == .incoming
        var made = 0
        for index in position..<(position + taken) {
            let pair = pairs[index]
            var (source, target) = (UInt32(pair >> 32), UInt32(truncatingIfNeeded: pair))
            if let numbers { (source, target) = (numbers[Int(source)], numbers[Int(target)]) }
            let value = Edge(weight: weights?[index] ?? 1)
            rows[made] =
                byTarget
                ? NumberedEdge(row: target, neighbor: source, value: value)
                : NumberedEdge(row: source, neighbor: target, value: value)
            made += 1
            if isUndirected, source != target {
                rows[made] =
                    byTarget
                    ? NumberedEdge(row: source, neighbor: target, value: value)
                    : NumberedEdge(row: target, neighbor: source, value: value)
                made += 1
            }
        }
        return made
    }
}

/// Fills the rows of a worker's range (port 0 brings its edges, port 1 the layout), and sorts them at the end.
final class RowFillOperator<Edge: EdgeValue>: Operator {
    private let direction: EdgeDirection
    private var early: [RowBatch<NumberedEdge<Edge>>] = []
    private var layout: GraphLayout<Edge>?
    private var sorter = RowSorter<Edge>()
    private var instance = 0
    private var nextRow: Int?

    init(direction: EdgeDirection) {
        self.direction = direction
    }

    override func open(_ context: OperatorContext) {
        instance = context.instance
    }

    override func accepts(port: Int) -> Bool { port == 1 || layout != nil }

    override func process(_ batch: Batch, port: Int, into output: Output) -> Progress {
        if port == 1 {
            layout = batch.rows(of: GraphLayout<Edge>.self).elements.first
        } else if let layout {
            fill(batch.rows(of: NumberedEdge<Edge>.self), layout)
        }
        return .done
    }

    @specialized(where Edge == Unweighted)
    @specialized(where Edge == Double)
    @specialized(where Edge == Float)
    private func fill(_ batch: RowBatch<NumberedEdge<Edge>>, _ layout: GraphLayout<Edge>) {
        guard let rows = direction == .incoming ? layout.incoming : layout.outgoing else { return }
        let cursors = (direction == .incoming ? layout.incomingCursors : layout.outgoingCursors).base
        let (neighbors, values) = (rows.neighbors.base, rows.values.base)
        let edges = batch.rows
        for index in 0..<batch.count {
            let row = Int(edges[index].row)
            let place = cursors[row]
            cursors[row] = place &+ 1
            neighbors[place] = edges[index].neighbor
            if Edge.isWeighted { values[place] = edges[index].value }
        }
    }

    override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard frontier == .end, let layout else { return .done }
        nextRow = (direction == .incoming ? layout.incomingBorders : layout.outgoingBorders)[instance]
        return try resume(into: output)
    }

    @specialized(where Edge == Unweighted)
    @specialized(where Edge == Double)
    @specialized(where Edge == Float)
    override func resume(into output: Output) throws -> Progress {
        guard let layout, let start = nextRow,
            let rows = direction == .incoming ? layout.incoming : layout.outgoing
        else { return .done }
        let borders = direction == .incoming ? layout.incomingBorders : layout.outgoingBorders
        let end = min(start + 4096, borders[instance + 1])
        for row in start..<end { sorter.sort(rows, from: rows.offsets.base[row], to: rows.offsets.base[row + 1]) }
        if end < borders[instance + 1] {
            nextRow = end
            return .more
        }
        nextRow = nil
        return .done
    }
}
