public import Gyre
import GyreColumns
public import GyreOperators
import GyrePlan

extension Graph {
    /// Runs a gather-sum-apply program on the kernel's dense iteration.
    ///
    /// - Parameters:
    ///   - job: the job in which it runs.
    ///   - maximum: the most rounds.
    ///   - name: the loop's name, in `explain` and in the job's result.
    ///   - form: whether workers share memory or exchange messages, which needs outgoing edges too.
    /// - Returns: a row a vertex, each worker a contiguous range of numbers.
    /// - Throws: `GraphError.missingDirection` where the graph has no incoming edges loaded.
    @inlinable @inline(__always)
    public func gatherSumApply<Program: GatherSumApply>(
        _ program: Program, in job: Job, maximum: Int, name: String, form: ProgramForm = .sharedMemory
    ) throws -> DataStream<VertexValue<Program.Value>> where Program.Edge == Edge {
        if form == .messages { return try gatherByMessages(program, in: job, maximum: maximum, name: name) }
        guard let rows = incoming else { throw GraphError.missingDirection(EdgeDirection.incoming.rawValue) }
        let graph = self
        let bytes = MemoryLayout<Program.Value>.stride + 2 * MemoryLayout<Program.Message>.stride
        return denseIteration(in: job, maximum: maximum, name: name, stepKind: "gatherSumApply", mode: "pull") {
            let lease = try graph.leaseMemory(forEachVertex: bytes, node: name)
            return PullEngine(program, graph, rows, lease: lease, workers: $0).step
        }
    }

    /// Runs a monotone program on the kernel's dense iteration, until nothing changes.
    ///
    /// The engine pushes along the rows that the program's reach names, and pulls where the rows of the other
    /// direction are loaded too.
    ///
    /// - Returns: a row a vertex, each worker a contiguous range of numbers.
    /// - Throws: `GraphError.missingDirection` where the rows to push along are not loaded.
    @inlinable @inline(__always)
    public func fixedPoint<Program: MonotoneProgram>(
        of program: Program, in job: Job, maximum: Int, name: String, form: ProgramForm = .sharedMemory
    ) throws -> DataStream<VertexValue<Program.Value>> where Program.Edge == Edge {
        if form == .messages { return try fixedPointByMessages(of: program, in: job, maximum: maximum, name: name) }
        let (pushed, pulled) = try rows(for: program.reach)
        let graph = self
        let meanEdge = meanEdgeValue
        return denseIteration(
            in: job, maximum: maximum, name: name, stepKind: "gatherMinimumApply",
            mode: pulled.isEmpty ? "push" : "push or pull"
        ) {
            let lease = try graph.leaseMemory(forEachVertex: MemoryLayout<Program.Value>.stride + 8, node: name)
            return MonotoneEngine(
                program, graph, pushed: pushed, pulled: pulled, meanEdge: meanEdge, lease: lease,
                workers: $0
            ).step
        }
    }

    /// The rows to push along and those to pull over.
    @usableFromInline
    func rows(for reach: EdgeReach) throws -> (pushed: [Adjacency<Edge>], pulled: [Adjacency<Edge>]) {
        if isUndirected, let incoming { return ([incoming], [incoming]) }
        switch reach {
        case .alongEdges:
            guard let outgoing else { throw GraphError.missingDirection(EdgeDirection.outgoing.rawValue) }
            return ([outgoing], incoming.map { [$0] } ?? [])
        case .bothWays:
            guard let outgoing else { throw GraphError.missingDirection(EdgeDirection.outgoing.rawValue) }
            guard let incoming else { throw GraphError.missingDirection(EdgeDirection.incoming.rawValue) }
            return ([incoming, outgoing], [incoming, outgoing])
        }
    }

    /// The mean of what edges carry as a length, from evenly spaced edges; 1 where they carry nothing.
    @usableFromInline
    var meanEdgeValue: Double {
        guard Edge.isWeighted, let rows = outgoing ?? incoming, rows.edgeCount > 0 else { return 1 }
        let step = max(1, rows.edgeCount / 4096)
        var (sum, count) = (0.0, 0.0)
        for edge in stride(from: 0, to: rows.edgeCount, by: step) {
            sum += rows.values.base[edge].length
            count += 1
        }
        return sum / count
    }

    /// A dense iteration over the vertices, whose rounds a step in shared memory works on; it begins when
    /// `input`, which must have no rows, has ended on all workers.
    @usableFromInline
    func denseIteration<Value>(
        in job: Job, maximum: Int, name: String, stepKind: String, mode: String,
        after input: DataStream<UInt32>? = nil, keepsState: Bool = true,
        makeStep: @escaping @Sendable (_ workers: Int) throws -> DenseStep
    ) -> DataStream<VertexValue<Value>> {
        job.add(
            DenseIteration(
                name: name, maximum: maximum, sourceKind: "vertices",
                sourceParameters: [.init("vertices", "\(vertexCount)"), .init("edges", "\(edgeCount)")],
                stepKind: stepKind, stepParameters: [.init("mode", mode)], keepsState: keepsState),
            after: input, elements: .encodableRows(of: VertexValue<Value>.self), makeStep: makeStep)
    }
}

extension DataStream {
    /// A column with each vertex's value at its position in the order of identifiers.
    ///
    /// It can be read once the job has run.
    @inlinable @inline(__always)
    public func column<Value>(ofVertices count: Int) -> VertexColumn<Value>
    where Element == VertexValue<Value> {
        let column = VertexColumn<Value>(count: count)
        forEachBatch(name: "column") { column.store($0) }
        return column
    }

    /// The same column, and a stream without rows that ends when it is filled.
    func storing<Value>(
        ofVertices count: Int
    ) -> (column: VertexColumn<Value>, stream: DataStream<UInt32>) where Element == VertexValue<Value> {
        let column = VertexColumn<Value>(count: count)
        let stream: DataStream<UInt32> = job.add(
            PlanBuilder.NodeDefinition(
                kind: "column", inputs: [.init(output)], outputs: [.rows(of: UInt32.self)],
                implementation: OperatorFactory(emission: .oneBatch) {
                    ForEachOperator<VertexValue<Value>> { rows, count in
                        column.store(UnsafeBufferPointer(start: rows, count: count))
                    }
                }))
        return (column, stream)
    }
}
