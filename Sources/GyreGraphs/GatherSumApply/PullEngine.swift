import Gyre
public import GyreColumns
public import GyreOperators

/// Gather-sum-apply in shared memory: each vertex pulls from its neighbours.
///
/// What a run keeps: a value a vertex, written by the claimant of its chunk only; and two vectors of
/// messages, of which a round reads one and writes the other.
@usableFromInline
final class PullEngine<Program: GatherSumApply>: Sendable {
    @usableFromInline let program: Program
    @usableFromInline let graph: Graph<Program.Edge>
    @usableFromInline let rows: Adjacency<Program.Edge>
    @usableFromInline let values: SharedVector<Program.Value>
    @usableFromInline let even: SharedVector<Program.Message>
    @usableFromInline let odd: SharedVector<Program.Message>
    /// By chunk.
    @usableFromInline let partials: SharedVector<Program.Summary>
    /// What the last round was reduced to; one element, written at the end of a round.
    @usableFromInline let summary: SharedVector<Program.Summary>
    @usableFromInline let claims: ChunkClaims
    private let lease: MemoryLease
    let borders: [Int]
    @usableFromInline let resultBorders: [Int]

    @usableFromInline
    init(
        _ program: Program, _ graph: Graph<Program.Edge>, _ rows: Adjacency<Program.Edge>, lease: MemoryLease,
        workers: Int
    ) {
        self.program = program
        self.graph = graph
        self.rows = rows
        self.lease = lease
        let count = graph.vertexCount
        values = SharedVector(count: count)
        even = SharedVector(count: count)
        odd = SharedVector(count: count)
        partials = SharedVector(count: rows.chunks.count)
        summary = SharedVector(count: 1)
        summary.base.pointee = .zero
        claims = ChunkClaims(workers: workers)
        borders = rows.chunks.borders(workers: workers, offsets: rows.offsets.elements)
        resultBorders = rows.chunks.vertexBorders(workers: workers)
    }

    /// Round 0 of a chunk.
    @inlinable
    func initialise(_ chunk: Int) {
        let table = VertexTable(graph)
        var partial = Program.Summary.zero
        for number in rows.chunks.range(chunk) {
            let vertex = Vertex(number: number, vertices: table)
            let value = program.initial(vertex)
            values.base[number] = value
            even.base[number] = program.message(value, of: vertex)
            program.summarise(value, before: value, of: vertex, into: &partial)
        }
        partials.base[chunk] = partial
    }

    /// A round of a chunk.
    @inlinable
    func compute(_ chunk: Int, _ round: Int) {
        let table = VertexTable(graph)
        let program = program
        let previous = summary.base.pointee
        let read = UnsafePointer(round & 1 == 1 ? even.base : odd.base)
        let written = round & 1 == 1 ? odd.base : even.base
        let offsets = rows.offsets.base
        let neighbors = UnsafePointer(rows.neighbors.base)
        let edges = UnsafePointer(rows.values.base)
        let values = values.base
        var partial = Program.Summary.zero
        let range = rows.chunks.range(chunk)
        var start = offsets[range.lowerBound]
        for number in range {
            let end = offsets[number &+ 1]
            let sum = RowSum.gather(program, read, neighbors, edges, from: start, to: end)
            start = end
            let vertex = Vertex(number: number, vertices: table)
            let before = values[number]
            let value = program.apply(sum, to: before, of: vertex, previous: previous)
            values[number] = value
            written[number] = program.message(value, of: vertex)
            program.summarise(value, before: before, of: vertex, into: &partial)
        }
        partials.base[chunk] = partial
    }

    /// Reduces the chunks in their order and lays out the next round. Runs alone.
    @usableFromInline
    func endRound(_ round: Int) -> RoundSummary {
        var total = Program.Summary.zero
        for chunk in 0..<rows.chunks.count { total.add(partials.base[chunk]) }
        summary.base.pointee = total
        claims.begin(borders)
        var aggregates: [String: any Sendable] = total.figures
        aggregates[DenseConvergence.name] = round > 0 && program.isConverged(total)
        return RoundSummary(aggregates: aggregates, workset: graph.vertexCount, changed: graph.vertexCount)
    }

    /// The values of a chunk.
    @inlinable
    func result(_ chunk: Int) -> Batch {
        graph.rows(of: rows.chunks.range(chunk)) { values.base[$0] }
    }

    /// The kernel's view of the engine.
    @inlinable
    var step: DenseStep {
        DenseStep(
            claims: claims, chunkCount: rows.chunks.count, resultBorders: resultBorders, state: state,
            initialise: { chunk, _ in self.initialise(chunk) },
            compute: { chunk, _, round in self.compute(chunk, round) }, endRound: { self.endRound($0) },
            result: { self.result($0) })
    }
}
