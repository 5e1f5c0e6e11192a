public import GyreTime

/// Sends what a worker's vertices have to say in a round.
public final class PartitionSendOperator: Operator {
    private let head: Int
    private let make: @Sendable (Int, Int) throws -> PartitionStep
    private var part: PartitionState?
    private var round: Int?

    public init(head: Int, make: @escaping @Sendable (_ instance: Int, _ instances: Int) throws -> PartitionStep) {
        self.head = head
        self.make = make
    }

    public override func open(_ context: OperatorContext) throws {
        part = try PartitionState.of(context, head: head, make: make)
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard let completed = frontier.completedRound else { return .done }
        round = completed
        return try resume(into: output)
    }

    public override func resume(into output: Output) throws -> Progress {
        guard let round, let part else { return .done }
        while let messages = part.step.send(round) {
            try output.emit(messages)
            if !output.hasRoom { return .more }
        }
        self.round = nil
        return .done
    }
}
