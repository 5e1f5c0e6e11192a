package import GyreColumns
package import GyreOperators
package import GyrePlan

/// A loop over a dense solution set in shared memory, as it is written into a plan: what graphs and learning are made of.
///
/// A source without rows (or a stream that ends first), the head, and one superstep whose chunks all workers claim
/// (`DenseStep`, `ChunkClaims`). The step's summary of each round holds `DenseConvergence.name`, which ends the loop.
package struct DenseIteration: Sendable {
    /// The loop's name, in `explain` and in reports.
    package var name: String
    /// The most rounds.
    package var maximum: Int
    /// The kind and the parameters of the source that starts the loop, where no stream does.
    package var sourceKind: String
    package var sourceParameters: [NodeDescription.Parameter]
    /// The kind and the parameters of the superstep.
    package var stepKind: String
    package var stepParameters: [NodeDescription.Parameter]
    /// Whether checkpoints hold the loop; else it runs again.
    package var keepsState: Bool

    package init(
        name: String, maximum: Int, sourceKind: String, sourceParameters: [NodeDescription.Parameter] = [],
        stepKind: String, stepParameters: [NodeDescription.Parameter] = [], keepsState: Bool = true
    ) {
        self.name = name
        self.maximum = maximum
        self.sourceKind = sourceKind
        self.sourceParameters = sourceParameters
        self.stepKind = stepKind
        self.stepParameters = stepParameters
        self.keepsState = keepsState
    }
}

/// How an engine tells its loop's criterion that it has converged.
package enum DenseConvergence {
    package static let name = "converged"
    static let aggregator = Aggregator<Bool>(name: name, zero: false) { $0 || $1 }
}

extension Job {
    /// Adds a dense iteration.
    ///
    /// - Parameters:
    ///   - input: a stream without rows, behind whose end on all workers the loop begins.
    ///   - elements: of the rows that the step makes of its chunks when the loop is over.
    ///   - makeStep: called once a run.
    /// - Returns: the chunks' rows, each worker a contiguous range of chunks.
    package func add<Row: Sendable>(
        _ iteration: DenseIteration, after input: DataStream<UInt32>? = nil, elements: ElementType,
        of type: Row.Type = Row.self, makeStep: @escaping @Sendable (_ workers: Int) throws -> DenseStep
    ) -> DataStream<Row> {
        let start =
            input?.output.node
            ?? builder.add(
                PlanBuilder.NodeDefinition(
                    kind: iteration.sourceKind, parameters: iteration.sourceParameters, inputs: [],
                    outputs: [.rows(of: UInt32.self)],
                    implementation: OperatorFactory(emission: .oneBatch, isSource: true) { Operator() }))
        let loop = builder.openLoop(
            name: iteration.name, kind: "dense", maximumRounds: iteration.maximum, aggregators: [],
            hasCriterion: true)
        let definition = LoopDefinition(criterion: { _, aggregates in aggregates[DenseConvergence.aggregator] })
        let shared = "\(iteration.name) \(loop.index)"
        let head = builder.add(
            PlanBuilder.NodeDefinition(
                kind: NodeDescription.loopHeadKind, name: iteration.name,
                inputs: [.init(OutputID(node: start), input == nil ? .forward : .broadcast)],
                outputs: [.rows(of: UInt32.self), elements], headsLoop: loop,
                implementation: LoopHeadFactory(
                    definition: definition, firstRound: 0, keepsState: iteration.keepsState
                ) { feedbackPorts in
                    DenseHead(name: shared, feedbackPorts: feedbackPorts, make: makeStep)
                }))
        let step = builder.add(
            PlanBuilder.NodeDefinition(
                kind: iteration.stepKind, parameters: iteration.stepParameters,
                inputs: [.init(OutputID(node: head))], outputs: [.rows(of: UInt32.self)],
                implementation: OperatorFactory(emission: .unbounded) {
                    SuperstepOperator(name: shared, make: makeStep)
                }))
        builder.addFeedback(from: .init(OutputID(node: step)), to: head)
        builder.closeLoop(headedBy: head)
        return DataStream(job: self, output: OutputID(node: head, port: 1))
    }
}
