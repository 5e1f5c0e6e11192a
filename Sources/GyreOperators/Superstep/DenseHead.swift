public import GyreColumns
public import GyreTime

/// The head of a loop over a dense solution set, whose values are in shared memory and not in batches.
///
/// Port 0 only says when the loop may begin; further ports come back from the body with markers. Before
/// round 1 all workers make the initial values (round 0 of `LoopRules`). Outputs: 0 markers into the body;
/// 1 the solution set, each worker a contiguous range of chunks.
public final class DenseHead: Operator {
    private enum State {
        case waiting
        case initialising
        case restoring(any LoopStateInput)
        case awaiting
        case yielding(Int)
        case finished
    }

    private let name: String
    private let feedbackPorts: Int
    private let make: @Sendable (Int) throws -> DenseStep
    private var step: DenseStep?
    private var context: OperatorContext?
    private var state = State.waiting
    private var round = 0
    private var hasArrived = false
    private var portRounds: [Int: Int] = [:]

    /// - Parameters:
    ///   - name: names the step among the objects that workers share.
    ///   - make: makes the step for a number of workers; called once a run.
    public init(name: String, feedbackPorts: Int, make: @escaping @Sendable (Int) throws -> DenseStep) {
        self.name = name
        self.feedbackPorts = feedbackPorts
        self.make = make
    }

    public override func open(_ context: OperatorContext) throws {
        self.context = context
        step = try DenseStep.shared(by: context, named: name, make: make)
    }

    public override var sendsFrontiers: Bool { true }

    public override func portAdvanced(_ port: Int, to frontier: Frontier) {
        guard port > 0, let completed = frontier.completedRound else { return }
        portRounds[port] = completed
        if portRounds.count == feedbackPorts, portRounds.values.allSatisfy({ $0 >= round }) { arrive() }
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard frontier == .end else { return .done }
        state = .initialising
        if let context, let loop = context.loop, let resumption = loop.barrier.resumption {
            round = resumption.round
            let input = try loop.barrier.savedState(of: LoopStatePlace(head: context.uid, instance: context.instance))
            try step?.keptState.begin(input, worker: context.instance)
            state = .restoring(input)
        }
        return try resume(into: output)
    }

    public override func resume(into output: Output) throws -> Progress {
        guard let context, let step else { preconditionFailure("resume before open") }
        while true {
            switch state {
            case .waiting, .finished: return .done
            case .initialising:
                for _ in 0..<16 {
                    guard let chunk = step.claims.claim(worker: context.instance) else {
                        state = .awaiting
                        arrive()
                        break
                    }
                    try step.initialise(chunk, context.instance)
                }
                if case .initialising = state { return .more }
            case .restoring(let input):
                if try input.read({ try step.keptState.restoreChunk(&$0, context.instance, round) }) { return .more }
                state = .awaiting
                arrive()
            case .awaiting:
                guard hasArrived, let loop = context.loop else { return .idle }
                guard let decision = loop.barrier.decision(afterRound: round) else {
                    return try loop.saveIfAwaited(context, afterRound: round) {
                        try step.keptState.save(
                            step.resultChunks(of: context.instance, among: context.instances),
                            worker: context.instance, into: $0)
                    } ? .more : .idle
                }
                hasArrived = false
                if decision == .proceed {
                    round += 1
                    try output.advance(to: .marker(ofRound: round), port: 0)
                    return .idle
                }
                state = .yielding(step.resultChunks(of: context.instance, among: context.instances).lowerBound)
            case .yielding(let chunk):
                if chunk == step.resultChunks(of: context.instance, among: context.instances).upperBound {
                    state = .finished
                    try output.advance(to: .end, port: 1)
                    try output.advance(to: .end, port: 0)
                } else {
                    guard output.hasRoom else { return .more }
                    let rows = step.result(chunk)
                    if rows.count > 0 { try output.emit(rows, port: 1) }
                    state = .yielding(chunk + 1)
                }
            }
        }
    }

    private func arrive() {
        guard !hasArrived, let context, let loop = context.loop else { return }
        hasArrived = true
        loop.arrive(
            LoopArrival(participant: context.instance, round: round, workset: 0, changed: 0, endsWhenEmpty: true))
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        throw CodecError.unsupported(
            "a dense solution set is in shared memory, which is saved at the end of rounds only")
    }
}
