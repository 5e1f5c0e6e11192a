import GyreColumns
public import GyreOperators
public import GyrePlan

extension DataStream where Element: Codable {
    /// Replaces this stream round by round: a bulk iteration.
    ///
    /// `step` is called once, while the job is written, with the partial solution of a round; what it returns
    /// is the partial solution of the next. The rules of rounds stand in `LoopRules`. Streams from outside
    /// that the step uses are constants: read, hashed or sorted once, and kept.
    ///
    /// - Parameters:
    ///   - maximum: the most rounds, at least 1.
    ///   - aggregators: values that the step adds to with `contribute(to:)` and reads, a round later, with
    ///     `map(reading:)`.
    ///   - until: asked after each round; true ends the loop.
    /// - Returns: the partial solution of the last round.
    public func iterate(
        maximum: Int, name: String = "iterate", aggregators: [AnyAggregator] = [],
        until: (@Sendable (_ round: Int, AggregateValues) -> Bool)? = nil,
        _ step: (DataStream<Element>) throws -> DataStream<Element>
    ) rethrows -> DataStream<Element> {
        try iterate(maximum: maximum, name: name, aggregators: aggregators, until: until) { partial in
            (try step(partial), DataStream<Element>?.none)
        }
    }

    /// A bulk iteration that goes on while another stream of the step has rows.
    ///
    /// `step` returns the next partial solution, and a stream that ends the loop by being empty for a round.
    public func iterate<Condition: Sendable>(
        maximum: Int, name: String = "iterate", aggregators: [AnyAggregator] = [],
        until: (@Sendable (_ round: Int, AggregateValues) -> Bool)? = nil,
        _ step: (DataStream<Element>) throws -> (next: DataStream<Element>, continueWhile: DataStream<Condition>?)
    ) rethrows -> DataStream<Element> {
        let loop = job.builder.openLoop(
            name: name, kind: "bulk", maximumRounds: maximum, aggregators: aggregators.map(\.name),
            hasCriterion: until != nil)
        var hasCondition = false
        let definition = LoopDefinition(aggregators: aggregators, criterion: until)
        let head = bulkHead(loop, name: name, variable: 0, definition: definition)
        let (next, condition) = try step(DataStream(job: job, output: OutputID(node: head)))
        job.builder.addFeedback(from: PlanBuilder.Input(next.output, next.towardsAll), to: head)
        if let condition {
            job.builder.addFeedback(from: PlanBuilder.Input(condition.output, condition.towardsAll), to: head)
            hasCondition = true
        }
        if hasCondition {
            job.builder.replaceImplementation(
                of: head, with: BulkHead.factory(definition, 0, true, .encodableRows(of: Element.self)))
        }
        job.builder.closeLoop(headedBy: head)
        return DataStream(job: job, output: OutputID(node: head, port: 1))
    }

    @usableFromInline
    func bulkHead(_ loop: LoopID, name: String, variable: Int, definition: LoopDefinition) -> NodeID {
        let elements = ElementType.encodableRows(of: Element.self)
        return job.builder.add(
            PlanBuilder.NodeDefinition(
                kind: NodeDescription.loopHeadKind, name: name, inputs: [PlanBuilder.Input(output, towardsAll)],
                outputs: [elements, elements], headsLoop: loop,
                implementation: BulkHead.factory(definition, variable, false, elements)))
    }
}

extension Job {
    /// Replaces two streams round by round, each by what the step makes of both.
    ///
    /// The loop's variables share their rounds; `until` and `aggregators` are as in
    /// `DataStream.iterate`.
    public func iterate<First: Sendable & Codable, Second: Sendable & Codable>(
        _ first: DataStream<First>, _ second: DataStream<Second>, maximum: Int, name: String = "iterate",
        aggregators: [AnyAggregator] = [], until: (@Sendable (_ round: Int, AggregateValues) -> Bool)? = nil,
        _ step: (DataStream<First>, DataStream<Second>) throws -> (DataStream<First>, DataStream<Second>)
    ) rethrows -> (DataStream<First>, DataStream<Second>) {
        let loop = builder.openLoop(
            name: name, kind: "bulk", maximumRounds: maximum, aggregators: aggregators.map(\.name),
            hasCriterion: until != nil)
        let definition = LoopDefinition(aggregators: aggregators, criterion: until)
        let firstHead = first.bulkHead(loop, name: name, variable: 0, definition: definition)
        let secondHead = second.bulkHead(loop, name: name, variable: 1, definition: definition)
        let (nextFirst, nextSecond) = try step(
            DataStream(job: self, output: OutputID(node: firstHead)),
            DataStream(job: self, output: OutputID(node: secondHead)))
        builder.addFeedback(from: PlanBuilder.Input(nextFirst.output, nextFirst.towardsAll), to: firstHead)
        builder.addFeedback(from: PlanBuilder.Input(nextSecond.output, nextSecond.towardsAll), to: secondHead)
        builder.closeLoop(headedBy: firstHead)
        return (
            DataStream(job: self, output: OutputID(node: firstHead, port: 1)),
            DataStream(job: self, output: OutputID(node: secondHead, port: 1))
        )
    }
}

extension BulkHead {
    static func factory(
        _ definition: LoopDefinition, _ variable: Int, _ hasCondition: Bool, _ elements: ElementType
    ) -> LoopHeadFactory {
        LoopHeadFactory(definition: definition, firstRound: 1, isHungry: true) { feedbackPorts in
            BulkHead(
                variable: variable, feedbackPorts: feedbackPorts, conditionPort: hasCondition ? 2 : nil,
                elements: elements)
        }
    }
}
