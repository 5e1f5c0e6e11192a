public import GyreColumns
public import GyreOperators

/// A monotone program in message form: active vertices send offers, receivers keep the least.
@usableFromInline
final class MonotoneMessages<Program: MonotoneProgram> {
    @usableFromInline typealias Message = VertexMessage<Program.Value>

    @usableFromInline let program: Program
    @usableFromInline let graph: Graph<Program.Edge>
    @usableFromInline let pushed: [Adjacency<Program.Edge>]
    @usableFromInline let ranges: VertexRanges
    private let lease: MemoryLease
    @usableFromInline let worker: Int
    @usableFromInline let range: Range<Int>
    @usableFromInline var values: [Program.Value] = []
    @usableFromInline let identity: ProgramIdentity<Program.Edge>
    @usableFromInline var active: [UInt32] = []
    @usableFromInline var next: [UInt32] = []
    @usableFromInline var isNext: [Bool] = []
    /// Where sending stands: the place in `active`, the direction, the edge.
    @usableFromInline var place = 0
    @usableFromInline var direction = 0
    @usableFromInline var edge: Int?
    @usableFromInline var resultVertex: Int

    @usableFromInline static var batchSize: Int { 2048 }

    @usableFromInline
    init(
        _ program: Program, _ graph: Graph<Program.Edge>, pushed: [Adjacency<Program.Edge>], worker: Int, workers: Int,
        node: String
    ) throws {
        self.program = program
        self.graph = graph
        identity = ProgramIdentity(program, on: graph)
        self.pushed = pushed
        self.worker = worker
        ranges = VertexRanges(pushed[0], workers: workers)
        range = ranges.starts[worker]..<ranges.starts[worker + 1]
        lease = try graph.leaseMemory(
            forEachVertex: MemoryLayout<Program.Value>.stride + 9, of: range.count, node: node)
        resultVertex = range.lowerBound
    }

    @inlinable
    func initialise() -> PartitionCounts {
        let table = VertexTable(graph)
        for number in range {
            let value = program.initial(Vertex(number: number, vertices: table))
            values.append(value)
            isNext.append(false)
            if value < .highest { active.append(UInt32(truncatingIfNeeded: number)) }
        }
        return PartitionCounts(workset: active.count, changed: active.count)
    }

    @inlinable
    func send() -> Batch? {
        let batch = RowBatch<Message>(capacity: Self.batchSize)
        while place < active.count {
            let vertex = Int(active[place])
            let value = values[vertex - range.lowerBound]
            while direction < pushed.count {
                let rows = pushed[direction]
                let end = rows.offsets.base[vertex + 1]
                var edge = edge ?? rows.offsets.base[vertex]
                while edge < end, batch.count < batch.capacity {
                    let target = rows.neighbors.base[edge]
                    let carried = Program.Edge.isWeighted ? rows.values.base[edge] : Program.Edge(weight: 1)
                    batch.append(
                        Message(
                            target: target, receiver: ranges.owner(of: target),
                            sender: UInt16(truncatingIfNeeded: worker),
                            content: program.candidate(value, over: carried)))
                    edge += 1
                }
                if edge < end {
                    self.edge = edge
                    return batch
                }
                self.edge = nil
                direction += 1
            }
            direction = 0
            place += 1
        }
        if batch.count > 0 { return batch }
        place = 0
        active = []
        return nil
    }

    @inlinable
    func receive(_ batch: Batch) {
        for message in batch.rows(of: Message.self).elements {
            let place = Int(message.target) - range.lowerBound
            guard message.content < values[place] else { continue }
            // A vertex that has not sent yet in this round sends the lower value; it is sent again all the same.
            values[place] = message.content
            if !isNext[place] {
                isNext[place] = true
                next.append(message.target)
            }
        }
    }

    @inlinable
    func apply() -> PartitionCounts {
        active = next
        next = []
        for vertex in active { isNext[Int(vertex) - range.lowerBound] = false }
        return PartitionCounts(workset: active.count, changed: active.count)
    }

    @inlinable
    func result() -> Batch? {
        guard resultVertex < range.upperBound else { return nil }
        let end = min(range.upperBound, resultVertex + Self.batchSize)
        defer { resultVertex = end }
        return graph.rows(of: resultVertex..<end) { values[$0 - range.lowerBound] }
    }

    @inlinable
    var step: PartitionStep {
        PartitionStep(
            initialise: { _ in self.initialise() }, send: { _ in self.send() }, receive: { self.receive($0) },
            apply: { _ in self.apply() }, result: { self.result() },
            identity: { self.identity.entries }, save: { try self.save(into: &$0) },
            restore: { try self.restore(from: &$0) })
    }
}
