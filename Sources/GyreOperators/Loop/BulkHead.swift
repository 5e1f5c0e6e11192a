public import GyreColumns
public import GyreTime

/// The head of a loop variable that is replaced in every round.
///
/// Ports: 0 the initial rows; 1 what comes back; any further ones are watched, so that their rows are
/// dropped (port 2's are counted where they decide whether to go on) and their markers awaited.
/// Outputs: 0 into the body; 1 the result. See `LoopRules`.
public final class BulkHead: Operator {
    private enum State {
        case taking
        case awaiting
        case feeding(Int)
        case yielding(Int)
        case finished
    }

    private let participant: @Sendable (_ instance: Int, _ instances: Int) -> Int
    private let conditionPort: Int?
    private let feedbackPorts: Int
    private var state = State.taking
    private var round = 1
    private var current: [Batch] = []
    private var next: [Batch] = []
    private var nextCount = 0
    private var conditionCount = 0
    private var portRounds: [Int: Int] = [:]
    private var hasArrived = false
    private var context: OperatorContext?

    /// - Parameters:
    ///   - variable: which loop variable this is, of how many; the loop counts them as participants.
    ///   - feedbackPorts: how many ports come back.
    ///   - conditionPort: the port whose emptiness ends the loop.
    public init(variable: Int, feedbackPorts: Int, conditionPort: Int?) {
        self.participant = { instance, instances in variable * instances + instance }
        self.feedbackPorts = feedbackPorts
        self.conditionPort = conditionPort
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
    }

    public override var sendsFrontiers: Bool { true }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        switch port {
        case 0: try output.emit(batch)
        case 1:
            next.append(batch)
            nextCount += batch.count
        case conditionPort: conditionCount += batch.count
        default: break
        }
        return .done
    }

    public override func portAdvanced(_ port: Int, to frontier: Frontier) {
        guard port > 0, let completed = frontier.completedRound else { return }
        portRounds[port] = completed
        arriveIfComplete()
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard frontier == .end else { return .done }
        state = .awaiting
        try output.advance(to: .marker(ofRound: 1), port: 0)
        return .idle
    }

    public override func resume(into output: Output) throws -> Progress {
        while true {
            switch state {
            case .taking, .finished: return .done
            case .awaiting:
                guard hasArrived, let decision = context?.loop?.barrier.decision(afterRound: round) else {
                    return .idle
                }
                begin(decision)
            case .feeding(let index):
                guard try send(from: index, port: 0, into: output) else { return .more }
                state = .awaiting
                try output.advance(to: .marker(ofRound: round), port: 0)
                return .idle
            case .yielding(let index):
                guard try send(from: index, port: 1, into: output) else { return .more }
                state = .finished
                try output.advance(to: .end, port: 1)
                try output.advance(to: .end, port: 0)
            }
        }
    }

    private func begin(_ decision: LoopDecision) {
        hasArrived = false
        swap(&current, &next)
        nextCount = 0
        conditionCount = 0
        switch decision {
        case .proceed:
            round += 1
            state = .feeding(0)
        case .end:
            state = .yielding(0)
        }
    }

    /// Sends the rows of this round while there is room; false if there is more.
    private func send(from start: Int, port: Int, into output: Output) throws -> Bool {
        for index in start..<current.count {
            guard output.hasRoom else {
                if port == 0 { state = .feeding(index) } else { state = .yielding(index) }
                return false
            }
            try output.emit(current[index], port: port)
        }
        current = []
        return true
    }

    private func arriveIfComplete() {
        guard !hasArrived, portRounds.count == feedbackPorts, portRounds.values.allSatisfy({ $0 >= round }),
            let context, let loop = context.loop
        else { return }
        hasArrived = true
        loop.arrive(
            LoopArrival(
                participant: participant(context.instance, context.instances), round: round,
                workset: conditionPort == nil ? nextCount : conditionCount, changed: nextCount,
                endsWhenEmpty: conditionPort != nil))
    }
}
