public import Gyre
public import GyreColumns
public import GyreOperators
import GyrePlan

/// How a vertex program is executed. The result is the same, bit for bit.
public enum ProgramForm: String, CaseIterable, Sendable {
    /// All workers read the vertices in shared memory.
    case sharedMemory
    /// Each worker has its own vertices and hears of others by messages, as it must between processes.
    case messages
}

extension Graph {
    /// Gather-sum-apply by messages.
    @inlinable @inline(__always)
    func gatherByMessages<Program: GatherSumApply>(
        _ program: Program, in job: Job, maximum: Int, name: String
    ) throws -> DataStream<VertexValue<Program.Value>> where Program.Edge == Edge {
        guard let rows = incoming else { throw GraphError.missingDirection(EdgeDirection.incoming.rawValue) }
        guard let outgoing else { throw GraphError.missingDirection(EdgeDirection.outgoing.rawValue) }
        let graph = self
        let definition = LoopDefinition(
            aggregators: [GatherMessages<Program>.partials.erased],
            criterion: { _, aggregates in
                program.isConverged(GatherMessages<Program>.total(aggregates[GatherMessages<Program>.partials]))
            })
        return partitionedIteration(
            in: job, maximum: maximum, name: name, stepKind: "gatherSumApply", definition: definition,
            router: GatherMessages<Program>.Message.router,
            messages: .encodableRows(of: GatherMessages<Program>.Message.self)
        ) {
            try GatherMessages(program, graph, rows: rows, outgoing: outgoing, worker: $0, workers: $1, node: name).step
        }
    }

    /// The fixed point of a monotone program by messages.
    @inlinable @inline(__always)
    func fixedPointByMessages<Program: MonotoneProgram>(
        of program: Program, in job: Job, maximum: Int, name: String
    ) throws -> DataStream<VertexValue<Program.Value>> where Program.Edge == Edge {
        let (pushed, _) = try rows(for: program.reach)
        let graph = self
        return partitionedIteration(
            in: job, maximum: maximum, name: name, stepKind: "gatherMinimumApply", definition: LoopDefinition(),
            router: MonotoneMessages<Program>.Message.router,
            messages: .encodableRows(of: MonotoneMessages<Program>.Message.self)
        ) {
            try MonotoneMessages(program, graph, pushed: pushed, worker: $0, workers: $1, node: name).step
        }
    }

    /// A dense iteration whose workers exchange messages: head, sender, exchange, receiver.
    @usableFromInline
    func partitionedIteration<Value>(
        in job: Job, maximum: Int, name: String, stepKind: String, definition: LoopDefinition, router: RowRouter,
        messages: ElementType, makeStep: @escaping @Sendable (_ worker: Int, _ workers: Int) throws -> PartitionStep
    ) -> DataStream<VertexValue<Value>> {
        let builder = job.builder
        let vertices = builder.add(
            PlanBuilder.NodeDefinition(
                kind: "vertices",
                parameters: [.init("vertices", "\(vertexCount)"), .init("edges", "\(edgeCount)")], inputs: [],
                outputs: [.rows(of: UInt32.self)],
                implementation: OperatorFactory(emission: .oneBatch, isSource: true) { Operator() }))
        let loop = builder.openLoop(
            name: name, kind: "dense", maximumRounds: maximum, aggregators: definition.aggregators.map(\.name),
            hasCriterion: definition.criterion != nil)
        let number = loop.index
        let head = builder.add(
            PlanBuilder.NodeDefinition(
                kind: NodeDescription.loopHeadKind, name: name, inputs: [.init(OutputID(node: vertices))],
                outputs: [.rows(of: UInt32.self), .encodableRows(of: VertexValue<Value>.self)], headsLoop: loop,
                implementation: LoopHeadFactory(definition: definition, firstRound: 0) { feedbackPorts in
                    PartitionHead(head: number, feedbackPorts: feedbackPorts, make: makeStep)
                }))
        let send = builder.add(
            PlanBuilder.NodeDefinition(
                kind: "sendAlongEdges", inputs: [.init(OutputID(node: head))], outputs: [messages],
                implementation: OperatorFactory(emission: .unbounded) {
                    PartitionSendOperator(head: number, make: makeStep)
                }))
        let apply = builder.add(
            PlanBuilder.NodeDefinition(
                kind: stepKind, parameters: [.init("mode", "messages")],
                inputs: [.init(OutputID(node: send), .custom(name: "owner"), router: router)],
                outputs: [.rows(of: UInt32.self)],
                implementation: OperatorFactory(emission: .unbounded) {
                    PartitionApplyOperator(head: number, make: makeStep)
                }))
        builder.addFeedback(from: .init(OutputID(node: apply)), to: head)
        builder.closeLoop(headedBy: head)
        return DataStream(job: job, output: OutputID(node: head, port: 1))
    }
}

extension VertexMessage {
    /// Sends each message to the worker that has its target.
    @inlinable
    static var router: RowRouter {
        RowRouter { batch, receivers in
            let rows = batch.rows(of: VertexMessage.self)
            for index in 0..<rows.count { receivers[index] = UInt64(rows.rows[index].receiver) }
        }
    }
}
