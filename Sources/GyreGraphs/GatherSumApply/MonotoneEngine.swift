import Gyre
public import GyreColumns
public import GyreOperators

/// Monotone programs in shared memory, in place.
///
/// A round works on the active vertices in one of two ways. *Push* goes through the active vertices and lowers
/// their neighbours atomically: its cost is their edges. *Pull* goes through all vertices that can still
/// fall and takes the least offer: its cost is at most all edges, read in order and written without
/// contention. The engine takes the cheaper one after each round (Beamer, Asanović, Patterson:
/// Direction-Optimizing Breadth-First Search, 2012). With a step width, vertices whose values lie beyond the
/// present step wait (near–far piles: Davidson, Baxter, Garland, Owens: Work-Efficient Parallel GPU Methods for
/// Single-Source Shortest Paths, 2014).
@usableFromInline
final class MonotoneEngine<Program: MonotoneProgram>: Sendable {
    @usableFromInline typealias Value = Program.Value

    /// What a round does; written at the end of the round before, while nobody works.
    @usableFromInline
    struct Plan: BitwiseCopyable {
        @usableFromInline var pulls: Bool
        /// Which of the two active sets is read.
        @usableFromInline var reads: Int
        /// Values from here on wait.
        @usableFromInline var threshold: Value
        /// Vertices of waiting ones that lie below this have been worked on already.
        @usableFromInline var settled: Value
        /// Edges of vertices that have been active.
        @usableFromInline var exploredEdges: Int
        @usableFromInline var readsFar: Bool
        /// Whether the active set that is read has a list.
        @usableFromInline var isListed: Bool
    }

    @usableFromInline
    struct DirectedRows: BitwiseCopyable {
        @usableFromInline let pushed: ProgramRows<Program.Edge>
        @usableFromInline let pulled: ProgramRows<Program.Edge>

        init(pushed: ProgramRows<Program.Edge>, pulled: ProgramRows<Program.Edge>) {
            self.pushed = pushed
            self.pulled = pulled
        }
    }

    @usableFromInline static var pushChunk: Int { 256 }

    @usableFromInline let program: Program
    @usableFromInline let graph: Graph<Program.Edge>
    /// Rows along which active vertices push, and the rows that receivers pull over.
    @usableFromInline let pushed: [Adjacency<Program.Edge>]
    @usableFromInline let pulled: [Adjacency<Program.Edge>]
    @usableFromInline let chunks: ChunkLayout
    @usableFromInline let values: SharedVector<Value>
    @usableFromInline let sets: [ActiveSet]
    @usableFromInline let far: [ActiveSet]
    @usableFromInline let plan: SharedVector<Plan>
    /// The rows as plain pointers, those to push along and those to pull over: one element, so that inner loops count
    /// no references.
    @usableFromInline let rowPointers: SharedVector<DirectedRows>
    /// By set, then by worker.
    @usableFromInline let views: SharedVector<ActiveView>
    @usableFromInline let workerCount: Int
    @usableFromInline let claims: ChunkClaims
    private let lease: MemoryLease
    private let borders: [Int]
    @usableFromInline let resultBorders: [Int]
    let stepWidth: Value?
    private let totalEdges: Int

    @usableFromInline
    init(
        _ program: Program, _ graph: Graph<Program.Edge>, pushed: [Adjacency<Program.Edge>],
        pulled: [Adjacency<Program.Edge>], meanEdge: Double, lease: MemoryLease,
        workers: Int
    ) {
        self.program = program
        self.graph = graph
        self.pushed = pushed
        self.pulled = pulled
        self.lease = lease
        let count = graph.vertexCount
        values = SharedVector(count: count)
        sets = (0..<2).map { _ in ActiveSet(vertices: count, workers: workers) }
        stepWidth = program.stepWidth(meanEdge: meanEdge)
        far = stepWidth == nil ? [] : (0..<2).map { _ in ActiveSet(vertices: count, workers: workers) }
        plan = SharedVector(count: 1)
        plan.base.pointee = Plan(
            pulls: false, reads: 1, threshold: stepWidth ?? .highest, settled: .lowest, exploredEdges: 0,
            readsFar: false, isListed: true)
        claims = ChunkClaims(workers: workers)
        let rows = pulled.first ?? pushed[0]
        chunks = rows.chunks
        borders = MonotoneEngine.pullBorders(pulled.isEmpty ? pushed : pulled, chunks, workers: workers)
        resultBorders = chunks.vertexBorders(workers: workers)
        totalEdges = pushed.reduce(0) { $0 + $1.edgeCount }
        workerCount = workers
        rowPointers = SharedVector(count: 1)
        let pushRows = ProgramRows(pushed)
        rowPointers.base.pointee = DirectedRows(
            pushed: pushRows, pulled: pulled.isEmpty ? pushRows : ProgramRows(pulled))
        views = SharedVector(count: (sets.count + far.count) * workers)
        for (index, set) in (sets + far).enumerated() {
            for worker in 0..<workers { views.base[index * workers + worker] = set.view(of: worker) }
        }
    }

    /// Where each worker's range of `chunks` begins, without the chunks at the end whose vertices have no row: numbers
    /// by degree put such vertices last.
    private static func pullBorders(
        _ rows: [Adjacency<Program.Edge>], _ chunks: ChunkLayout, workers: Int
    ) -> [Int] {
        var end = chunks.count
        while end > 0, rows.allSatisfy({ $0.offsets.base[chunks.starts[end - 1]] == $0.edgeCount }) { end -= 1 }
        return rows[0].chunks.borders(workers: workers, offsets: rows[0].offsets.elements).map { min($0, end) }
    }

    /// One of the active sets as a worker sees it.
    @inlinable @inline(__always)
    func view(_ set: Int, of worker: Int) -> ActiveView { views.base[set &* workerCount &+ worker] }

    /// Round 0 of a chunk.
    @inlinable
    func initialise(_ chunk: Int, worker: Int) {
        let table = VertexTable(graph)
        let (program, values, rows) = (program, values.base, rowPointers.base.pointee.pushed)
        var active = ActiveAppender(view(0, of: worker))
        for number in chunks.range(chunk) {
            let value = program.initial(Vertex(number: number, vertices: table))
            values[number] = value
            if value < .highest { active.insertOwned(number, edges: rows.degree(number)) }
        }
        active.finish()
    }

    /// A round of a chunk: of active vertices when pushing, of all vertices when pulling.
    @inlinable
    func compute(_ chunk: Int, worker: Int) {
        let plan = plan.base.pointee
        if plan.pulls {
            if program.firstOfferIsFinal {
                pullFirst(chunk, worker: worker, plan)
            } else {
                pullLeast(chunk, worker: worker, plan)
            }
        } else if far.isEmpty {
            push(chunk, worker: worker, plan, waiting: nil)
        } else {
            push(chunk, worker: worker, plan, waiting: view(plan.readsFar ? 3 : 2, of: worker))
        }
    }

    @inlinable @inline(__always)
    func push(_ chunk: Int, worker: Int, _ plan: Plan, waiting: ActiveView?) {
        let active = plan.readsFar ? far[0] : sets[plan.reads]
        let next = view(plan.readsFar ? 0 : 1 - plan.reads, of: worker)
        let (list, range) = active.chunk(chunk, of: Self.pushChunk)
        let vertices = active.lists[list].base
        let (program, values, rows) = (program, values.base, rowPointers.base.pointee.pushed)
        for index in range {
            let vertex = Int(truncatingIfNeeded: vertices[index])
            let value = Value.load(values + vertex)
            if let waiting {
                if plan.readsFar, value < plan.settled { continue }
                if value >= plan.threshold {
                    waiting.insert(vertex, edges: rows.degree(vertex))
                    continue
                }
            }
            var direction = 0
            while direction < rows.count {
                let row = direction == 0 ? rows.first : rows.second
                for edge in row.row(vertex) {
                    let candidate = program.candidate(value, over: row.value(edge))
                    let neighbor = row.neighbor(edge)
                    if candidate < Value.load(values + neighbor), Value.lower(values + neighbor, to: candidate) {
                        if let waiting, candidate >= plan.threshold {
                            waiting.insert(neighbor, edges: rows.degree(neighbor))
                        } else {
                            next.insert(neighbor, edges: rows.degree(neighbor))
                        }
                    }
                }
                direction &+= 1
            }
        }
    }

    /// Pulls the first offer of an active neighbour into vertices that have none.
    @inlinable
    func pullFirst(_ chunk: Int, worker: Int, _ plan: Plan) {
        let active = view(plan.reads, of: worker)
        var next = ActiveAppender(view(1 - plan.reads, of: worker))
        let (program, values) = (program, values.base)
        let (pushRows, rows) = (rowPointers.base.pointee.pushed, rowPointers.base.pointee.pulled)
        for vertex in chunks.range(chunk) where values[vertex] == .highest {
            var direction = 0
            search: while direction < rows.count {
                let row = direction == 0 ? rows.first : rows.second
                for edge in row.row(vertex) {
                    let neighbor = row.neighbor(edge)
                    guard active.contains(neighbor) else { continue }
                    values[vertex] = program.candidate(Value.load(values + neighbor), over: row.value(edge))
                    next.insertOwned(vertex, edges: pushRows.degree(vertex))
                    break search
                }
                direction &+= 1
            }
        }
        next.finish()
    }

    /// Pulls the least offer of all neighbours.
    @inlinable
    func pullLeast(_ chunk: Int, worker: Int, _ plan: Plan) {
        var next = ActiveAppender(view(1 - plan.reads, of: worker))
        let (program, values) = (program, values.base)
        let (pushRows, rows) = (rowPointers.base.pointee.pushed, rowPointers.base.pointee.pulled)
        for vertex in chunks.range(chunk) {
            let before = values[vertex]
            if before == .lowest { continue }
            var best = before
            var direction = 0
            search: while direction < rows.count {
                let row = direction == 0 ? rows.first : rows.second
                for edge in row.row(vertex) {
                    let candidate = program.candidate(Value.load(values + row.neighbor(edge)), over: row.value(edge))
                    if candidate < best {
                        best = candidate
                        if best == .lowest { break search }
                    }
                }
                direction &+= 1
            }
            if best < before, Value.lower(values + vertex, to: best) {
                next.insertOwned(vertex, edges: pushRows.degree(vertex))
            }
        }
        next.finish()
    }

    /// Chooses what the next round does. Runs alone.
    @usableFromInline
    func endRound(_ round: Int) -> RoundSummary {
        var next = plan.base.pointee
        // Round 0 and pulls fill a set chunk by chunk.
        let wasFilledByChunks = round == 0 || next.pulls
        if next.readsFar {
            // What still waits has been written to the other waiting set, which becomes the one.
            far[0].removeAll(isListed: true)
            swapFar()
            next.readsFar = false
            next.reads = 0
        } else {
            if round > 0 { sets[next.reads].removeAll(isListed: next.isListed) }
            next.reads = round == 0 ? 0 : 1 - next.reads
        }
        var active = sets[next.reads]
        let changed = active.count
        if active.count == 0, let far = far.first, far.count > 0, let stepWidth {
            next.settled = next.threshold
            next.threshold = leastWaiting(far, from: next.settled).advanced(byStep: stepWidth)
            next.readsFar = true
            next.reads = 0
            active = far
        }
        let edges = active.edgeCount
        next.pulls = !pulled.isEmpty && far.isEmpty && isPullCheaper(activeEdges: edges, explored: next.exploredEdges)
        next.exploredEdges += edges
        next.isListed = next.readsFar || !wasFilledByChunks
        if !next.isListed, !next.pulls {
            active.makeList()
            next.isListed = true
        }
        plan.base.pointee = next
        layOut(next)
        let workset = active.count + (next.readsFar ? 0 : far.first?.count ?? 0)
        return RoundSummary(aggregates: [DenseConvergence.name: false], workset: workset, changed: changed)
    }

    /// Lays out the claims of a round.
    func layOut(_ plan: Plan) {
        let active = plan.readsFar ? far[0] : sets[plan.reads]
        if plan.pulls {
            claims.begin(borders)
        } else {
            claims.begin(count: active.chunkCount(of: Self.pushChunk))
        }
    }

    private func isPullCheaper(activeEdges: Int, explored: Int) -> Bool {
        // A pull that ends at the first offer looks at few of the unexplored edges, and once at every vertex; one
        // that must see all offers reads every edge, but without atomic operations.
        program.firstOfferIsFinal
            ? activeEdges > max(0, totalEdges - explored) / 14 + graph.vertexCount / 8 : activeEdges > totalEdges / 4
    }

    /// Exchanges the contents of the two waiting sets.
    private func swapFar() {
        guard far.count == 2 else { return }
        let source = far[1]
        let rows = ProgramRows(pushed)
        for (worker, list) in source.lists.enumerated() {
            for index in 0..<source.counts.base[worker * ActiveSet.stride] {
                let vertex = Int(list.base[index])
                far[0].view(of: worker).insert(vertex, edges: rows.degree(vertex))
            }
        }
        source.removeAll(isListed: true)
    }

    private func leastWaiting(_ far: ActiveSet, from settled: Value) -> Value {
        var least = Value.highest
        for (worker, list) in far.lists.enumerated() {
            for index in 0..<far.counts.base[worker * ActiveSet.stride] {
                let value = values.base[Int(list.base[index])]
                if value >= settled, value < least { least = value }
            }
        }
        return least == .highest ? settled : least
    }

    /// The values of a chunk.
    @inlinable
    func result(_ chunk: Int) -> Batch {
        graph.rows(of: chunks.range(chunk)) { values.base[$0] }
    }

    /// The kernel's view of the engine.
    @inlinable
    var step: DenseStep {
        DenseStep(
            claims: claims, chunkCount: chunks.count, resultBorders: resultBorders, state: state,
            initialise: { chunk, worker in self.initialise(chunk, worker: worker) },
            compute: { chunk, worker, _ in self.compute(chunk, worker: worker) },
            endRound: { self.endRound($0) }, result: { self.result($0) })
    }
}
