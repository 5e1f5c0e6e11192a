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
    /// - Returns: a row a vertex, each worker a contiguous range of numbers.
    /// - Throws: `GraphError.missingDirection` where the graph has no incoming edges loaded.
    @inlinable @inline(__always)
    public func gatherSumApply<Program: GatherSumApply>(
        _ program: Program, in job: Job, maximum: Int, name: String
    ) throws -> DataStream<VertexValue<Program.Value>> where Program.Edge == Edge {
        guard let rows = incoming else { throw GraphError.missingDirection(EdgeDirection.incoming.rawValue) }
        let graph = self
        return denseIteration(in: job, maximum: maximum, name: name, stepKind: "gatherSumApply", mode: "pull") {
            PullEngine(program, graph, rows, workers: $0).step
        }
    }

    /// A dense iteration over the vertices, whose rounds a step in shared memory works on.
    @usableFromInline
    func denseIteration<Value>(
        in job: Job, maximum: Int, name: String, stepKind: String, mode: String,
        makeStep: @escaping @Sendable (_ workers: Int) throws -> DenseStep
    ) -> DataStream<VertexValue<Value>> {
        let builder = job.builder
        let vertices = builder.add(
            PlanBuilder.NodeDefinition(
                kind: "vertices",
                parameters: [.init("vertices", "\(vertexCount)"), .init("edges", "\(edgeCount)")], inputs: [],
                outputs: [.rows(of: UInt32.self)],
                implementation: OperatorFactory(emission: .oneBatch, isSource: true) { Operator() }))
        let loop = builder.openLoop(
            name: name, kind: "dense", maximumRounds: maximum, aggregators: [], hasCriterion: true)
        let definition = LoopDefinition(criterion: { _, aggregates in aggregates[ConvergenceFlag.aggregator] })
        let shared = "\(name) \(loop.index)"
        let head = builder.add(
            PlanBuilder.NodeDefinition(
                kind: NodeDescription.loopHeadKind, name: name, inputs: [.init(OutputID(node: vertices))],
                outputs: [.rows(of: UInt32.self), .encodableRows(of: VertexValue<Value>.self)], headsLoop: loop,
                implementation: LoopHeadFactory(definition: definition, firstRound: 0) { feedbackPorts in
                    DenseHead(name: shared, feedbackPorts: feedbackPorts, make: makeStep)
                }))
        let step = builder.add(
            PlanBuilder.NodeDefinition(
                kind: stepKind, parameters: [.init("mode", mode)], inputs: [.init(OutputID(node: head))],
                outputs: [.rows(of: UInt32.self)],
                implementation: OperatorFactory(emission: .unbounded) {
                    SuperstepOperator(name: shared, make: makeStep)
                }))
        builder.addFeedback(from: .init(OutputID(node: step)), to: head)
        builder.closeLoop(headedBy: head)
        return DataStream(job: job, output: OutputID(node: head, port: 1))
    }
}

extension DataStream {
    /// A column with each vertex's value at its position in the order of identifiers.
    ///
    /// It can be read once the job has run.
    public func column<Value>(ofVertices count: Int) -> VertexColumn<Value>
    where Element == VertexValue<Value> {
        let column = VertexColumn<Value>(count: count)
        forEachBatch(name: "column") { column.store($0) }
        return column
    }
}
