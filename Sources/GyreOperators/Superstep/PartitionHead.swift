import GyreColumns
public import GyreTime

/// The head of a dense iteration in message form. Ports and outputs as `DenseHead`.
public final class PartitionHead: Operator {
    private enum State {
        case waiting
        case awaiting
        case yielding
        case finished
    }

    private let head: Int
    private let feedbackPorts: Int
    private let make: @Sendable (_ instance: Int, _ instances: Int) throws -> PartitionStep
    private var part: PartitionState?
    private var context: OperatorContext?
    private var state = State.waiting
    private var round = 0
    private var hasArrived = false
    private var portRounds: [Int: Int] = [:]

    public init(
        head: Int, feedbackPorts: Int,
        make: @escaping @Sendable (_ instance: Int, _ instances: Int) throws -> PartitionStep
    ) {
        self.head = head
        self.feedbackPorts = feedbackPorts
        self.make = make
    }

    public override func open(_ context: OperatorContext) throws {
        self.context = context
        part = try PartitionState.of(context, head: head, make: make)
    }

    public override var sendsFrontiers: Bool { true }

    public override func portAdvanced(_ port: Int, to frontier: Frontier) {
        guard port > 0, let completed = frontier.completedRound else { return }
        portRounds[port] = completed
        if portRounds.count == feedbackPorts, portRounds.values.allSatisfy({ $0 >= round }) { arrive() }
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard frontier == .end, let part, let context, let loop = context.loop else { return .done }
        if let resumption = loop.barrier.resumption {
            round = resumption.round
            let input = try loop.barrier.savedState(of: LoopStatePlace(head: context.uid, instance: context.instance))
            try input.require { try $0.check(identity: part.step.identity(), of: input) }
            try input.require { try part.step.restore(&$0) }
        } else {
            part.counts = part.step.initialise(loop)
        }
        state = .awaiting
        arrive()
        return .idle
    }

    public override func resume(into output: Output) throws -> Progress {
        guard let part else { preconditionFailure("resume before open") }
        while true {
            switch state {
            case .waiting, .finished: return .done
            case .awaiting:
                guard hasArrived, let context, let loop = context.loop else { return .idle }
                guard let decision = loop.barrier.decision(afterRound: round) else {
                    return try loop.saveIfAwaited(context, afterRound: round) { output in
                        try output.frame { $0.write(identity: part.step.identity()) }
                        try output.frame { try part.step.save(&$0) }
                    } ? .more : .idle
                }
                hasArrived = false
                if decision == .proceed {
                    round += 1
                    try output.advance(to: .marker(ofRound: round), port: 0)
                    return .idle
                }
                state = .yielding
            case .yielding:
                guard output.hasRoom else { return .more }
                if let rows = part.step.result() {
                    try output.emit(rows, port: 1)
                } else {
                    state = .finished
                    try output.advance(to: .end, port: 1)
                    try output.advance(to: .end, port: 0)
                }
            }
        }
    }

    private func arrive() {
        guard !hasArrived, let context, let loop = context.loop, let part else { return }
        hasArrived = true
        loop.arrive(
            LoopArrival(
                participant: context.instance, round: round, workset: part.counts.workset,
                changed: part.counts.changed, endsWhenEmpty: true))
    }
}
