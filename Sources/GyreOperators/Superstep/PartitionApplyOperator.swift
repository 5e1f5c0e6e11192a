public import GyreColumns
public import GyreTime

/// Takes what a worker's vertices are told, and applies it when the round is complete.
public final class PartitionApplyOperator: Operator {
    private let head: Int
    private let make: @Sendable (Int, Int) throws -> PartitionStep
    private var part: PartitionState?
    private var loop: LoopContext?

    public init(head: Int, make: @escaping @Sendable (_ instance: Int, _ instances: Int) throws -> PartitionStep) {
        self.head = head
        self.make = make
    }

    public override func open(_ context: OperatorContext) throws {
        loop = context.loop
        part = try PartitionState.of(context, head: head, make: make)
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) -> Progress {
        part?.step.receive(batch)
        return .done
    }

    public override func advance(to frontier: Frontier, into output: Output) -> Progress {
        guard frontier.completedRound != nil, let part, let loop else { return .done }
        part.counts = part.step.apply(loop)
        return .done
    }
}
