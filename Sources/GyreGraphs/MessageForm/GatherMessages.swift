public import GyreColumns
public import GyreOperators

/// Gather-sum-apply in message form: one worker's vertices, and what they are told.
///
/// Each vertex sends what its neighbours would have gathered; the receiver puts the messages into the order of
/// its rows and sums them as the shared-memory form does. Senders' ranges ascend, a sender goes through its
/// vertices in order, and rows are sorted by source: so senders one after the other give the order of rows.
@usableFromInline
final class GatherMessages<Program: GatherSumApply> {
    @usableFromInline typealias Message = VertexMessage<Program.Sum>

    @usableFromInline let program: Program
    @usableFromInline let graph: Graph<Program.Edge>
    @usableFromInline let rows: Adjacency<Program.Edge>
    @usableFromInline let outgoing: Adjacency<Program.Edge>
    @usableFromInline let ranges: VertexRanges
    private let lease: MemoryLease
    @usableFromInline let worker: Int
    @usableFromInline let range: Range<Int>
    @usableFromInline var values: [Program.Value] = []
    @usableFromInline let identity: ProgramIdentity<Program.Edge>
    @usableFromInline var messages: [Program.Message] = []
    @usableFromInline var received: [[Message]]
    @usableFromInline var inbox: [Program.Sum] = []
    @usableFromInline var cursors: [Int] = []
    @usableFromInline var vertex: Int
    @usableFromInline var edge: Int?
    @usableFromInline var resultChunk: Int

    @usableFromInline static var batchSize: Int { 2048 }
    @usableFromInline static var partials: Aggregator<[Program.Summary]> {
        Aggregator(name: "partials", zero: []) { $0 + $1 }
    }

    @usableFromInline
    init(
        _ program: Program, _ graph: Graph<Program.Edge>, rows: Adjacency<Program.Edge>,
        outgoing: Adjacency<Program.Edge>, worker: Int, workers: Int,
        node: String
    ) throws {
        self.program = program
        self.graph = graph
        identity = ProgramIdentity(program, on: graph)
        self.rows = rows
        self.outgoing = outgoing
        self.worker = worker
        ranges = VertexRanges(rows, workers: workers)
        range = ranges.starts[worker]..<ranges.starts[worker + 1]
        lease = try graph.leaseMemory(
            forEachVertex: MemoryLayout<Program.Value>.stride + MemoryLayout<Program.Message>.stride, of: range.count,
            node: node)
        received = (0..<workers).map { _ in [] }
        vertex = range.lowerBound
        resultChunk = ranges.chunks[worker]
    }

    @inlinable
    func initialise(_ loop: LoopContext) -> PartitionCounts {
        let table = VertexTable(graph)
        var partials: [Program.Summary] = []
        for chunk in ranges.chunks[worker]..<ranges.chunks[worker + 1] {
            var partial = Program.Summary.zero
            for number in rows.chunks.range(chunk) {
                let vertex = Vertex(number: number, vertices: table)
                let value = program.initial(vertex)
                values.append(value)
                messages.append(program.message(value, of: vertex))
                program.summarise(value, before: value, of: vertex, into: &partial)
            }
            partials.append(partial)
        }
        loop.contribute(partials, to: Self.partials.name)
        return PartitionCounts(workset: range.count, changed: range.count)
    }

    @inlinable
    func send() -> Batch? {
        let batch = RowBatch<Message>(capacity: Self.batchSize)
        while vertex < range.upperBound {
            let end = outgoing.offsets.base[vertex + 1]
            var edge = edge ?? outgoing.offsets.base[vertex]
            let message = messages[vertex - range.lowerBound]
            while edge < end, batch.count < batch.capacity {
                let target = outgoing.neighbors.base[edge]
                let carried = Program.Edge.isWeighted ? outgoing.values.base[edge] : Program.Edge(weight: 1)
                batch.append(
                    Message(
                        target: target, receiver: ranges.owner(of: target), sender: UInt16(truncatingIfNeeded: worker),
                        content: program.gather(message, over: carried)))
                edge += 1
            }
            if edge < end {
                self.edge = edge
                return batch
            }
            self.edge = nil
            vertex += 1
        }
        if batch.count > 0 { return batch }
        vertex = range.lowerBound
        return nil
    }

    @inlinable
    func receive(_ batch: Batch) {
        for message in batch.rows(of: Message.self).elements { received[Int(message.sender)].append(message) }
    }

    @inlinable
    func apply(_ loop: LoopContext) -> PartitionCounts {
        let first = rows.offsets.base[range.lowerBound]
        inbox = [Program.Sum](repeating: program.zero, count: rows.offsets.base[range.upperBound] - first)
        cursors = range.map { rows.offsets.base[$0] - first }
        for sender in received.indices {
            for message in received[sender] {
                let place = Int(message.target) - range.lowerBound
                inbox[cursors[place]] = message.content
                cursors[place] += 1
            }
            received[sender].removeAll(keepingCapacity: true)
        }
        let table = VertexTable(graph)
        let previous = Self.total(loop.previous[Self.partials])
        var partials: [Program.Summary] = []
        inbox.withUnsafeBufferPointer { inbox in
            for chunk in ranges.chunks[worker]..<ranges.chunks[worker + 1] {
                var partial = Program.Summary.zero
                for number in rows.chunks.range(chunk) {
                    let (start, end) = (rows.offsets.base[number] - first, rows.offsets.base[number + 1] - first)
                    let sum =
                        start == end
                        ? RowSum.fold(program, count: 0) { _ in program.zero }
                        : RowSum.gathered(program, inbox.baseAddress.unsafelyUnwrapped, from: start, to: end)
                    let vertex = Vertex(number: number, vertices: table)
                    let place = number - range.lowerBound
                    let before = values[place]
                    let value = program.apply(sum, to: before, of: vertex, previous: previous)
                    values[place] = value
                    messages[place] = program.message(value, of: vertex)
                    program.summarise(value, before: before, of: vertex, into: &partial)
                }
                partials.append(partial)
            }
        }
        loop.contribute(partials, to: Self.partials.name)
        return PartitionCounts(workset: range.count, changed: range.count)
    }

    /// The chunks' reductions, which stand in the order of chunks, combined in it.
    @inlinable
    static func total(_ partials: [Program.Summary]) -> Program.Summary {
        var total = Program.Summary.zero
        for partial in partials { total.add(partial) }
        return total
    }

    @inlinable
    func result() -> Batch? {
        guard resultChunk < ranges.chunks[worker + 1] else { return nil }
        defer { resultChunk += 1 }
        return graph.rows(of: rows.chunks.range(resultChunk)) { values[$0 - range.lowerBound] }
    }

    @inlinable
    var step: PartitionStep {
        PartitionStep(
            initialise: { self.initialise($0) }, send: { _ in self.send() }, receive: { self.receive($0) },
            apply: { self.apply($0) }, result: { self.result() },
            identity: { self.identity.entries }, save: { try self.save(into: &$0) },
            restore: { try self.restore(from: &$0) })
    }
}
