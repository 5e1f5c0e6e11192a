public import GyreColumns
public import GyreTime

/// The head of a loop variable that is replaced in every round.
///
/// Ports: 0 the initial rows; 1 what comes back; any further ones are watched, so that their rows are
/// dropped (port 2's are counted where they decide whether to go on) and their markers awaited. What has come back
/// spills beyond the grant.
/// Outputs: 0 into the body; 1 the result. See `LoopRules`.
public final class BulkHead: Operator {
    private enum State {
        case taking
        case awaiting
        case feeding
        case yielding
        case finished
    }

    private let participant: @Sendable (_ instance: Int, _ instances: Int) -> Int
    private let conditionPort: Int?
    private let feedbackPorts: Int
    private let elements: ElementType
    private var state = State.taking
    private var round = 1
    /// The rows of the round that is being fed; from the arrival on, those of the next.
    private var current: BatchQueue?
    /// What has come back since the arrival. Other workers may have read the decision before this one has,
    /// and then send it rows of a later round.
    private var next: BatchQueue?
    private var conditionCount = 0
    private var portRounds: [Int: Int] = [:]
    private var hasArrived = false
    private var context: OperatorContext?

    /// - Parameters:
    ///   - variable: which loop variable this is, of how many; the loop counts them as participants.
    ///   - feedbackPorts: how many ports come back.
    ///   - conditionPort: the port whose emptiness ends the loop.
    ///   - elements: the rows of the variable, for snapshots.
    public init(variable: Int, feedbackPorts: Int, conditionPort: Int?, elements: ElementType) {
        self.participant = { instance, instances in variable * instances + instance }
        self.feedbackPorts = feedbackPorts
        self.conditionPort = conditionPort
        self.elements = elements
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
        current = BatchQueue(elements, memory: context.memory, spill: context.spill)
        next = BatchQueue(elements, memory: context.memory, spill: context.spill)
    }

    public override var sendsFrontiers: Bool { true }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        switch port {
        case 0:
            // A resumed loop has its rows from the checkpoint.
            if context?.loop?.barrier.resumption == nil { try output.emit(batch) }
        case 1: try next?.append(batch)
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
        if let context, let loop = context.loop, let resumption = loop.barrier.resumption {
            try goOn(from: resumption, context, loop)
            return .idle
        }
        try output.advance(to: .marker(ofRound: 1), port: 0)
        arriveIfComplete()
        return .idle
    }

    public override func resume(into output: Output) throws -> Progress {
        while true {
            switch state {
            case .taking, .finished: return .done
            case .awaiting:
                guard hasArrived, let context, let loop = context.loop else { return .idle }
                guard let decision = loop.barrier.decision(afterRound: round) else {
                    return try loop.saveIfAwaited(context, afterRound: round) { try saveState(into: $0) }
                        ? .more : .idle
                }
                begin(decision)
            case .feeding:
                guard try send(port: 0, into: output) else { return .more }
                state = .awaiting
                try output.advance(to: .marker(ofRound: round), port: 0)
                arriveIfComplete()
                return .idle
            case .yielding:
                guard try send(port: 1, into: output) else { return .more }
                state = .finished
                try output.advance(to: .end, port: 1)
                try output.advance(to: .end, port: 0)
            }
        }
    }

    private func begin(_ decision: LoopDecision) {
        hasArrived = false
        switch decision {
        case .proceed:
            round += 1
            state = .feeding
        case .end:
            state = .yielding
        }
    }

    /// Sends the rows of this round while there is room; false if there is more.
    private func send(port: Int, into output: Output) throws -> Bool {
        while current?.isEmpty == false {
            guard output.hasRoom else { return false }
            if let batch = try current?.popFirst() { try output.emit(batch, port: port) }
        }
        return true
    }

    /// What comes back may come from another variable alone, and be complete before this head has fed its own
    /// rows of the round.
    private func arriveIfComplete() {
        guard case .awaiting = state, !hasArrived, portRounds.count == feedbackPorts,
            portRounds.values.allSatisfy({ $0 >= round }),
            let context, let loop = context.loop
        else { return }
        hasArrived = true
        let nextCount = next?.rowCount ?? 0
        let arrival = LoopArrival(
            participant: participant(context.instance, context.instances), round: round,
            workset: conditionPort == nil ? nextCount : conditionCount, changed: nextCount,
            endsWhenEmpty: conditionPort != nil)
        // What was fed is gone, so its queue is empty.
        (current, next) = (next, current)
        conditionCount = 0
        loop.arrive(arrival)
    }

    /// The rows of the next round, a frame a batch. Nothing else is left of a round that is over.
    private func saveState(into output: any LoopStateOutput) throws {
        let codec = try elements.requiredCodec
        try current?.forEach { batch in try output.frame { try codec.encode(batch, &$0) } }
    }

    private func goOn(from resumption: LoopResumption, _ context: OperatorContext, _ loop: LoopContext) throws {
        let input = try loop.barrier.savedState(of: LoopStatePlace(head: context.uid, instance: context.instance))
        let codec = try elements.requiredCodec
        while try input.read({ try current?.append(try codec.decode(&$0)) }) {}
        round = resumption.round
        hasArrived = true
        loop.arrive(
            LoopArrival(
                participant: participant(context.instance, context.instances), round: round, workset: 0, changed: 0,
                endsWhenEmpty: conditionPort != nil))
    }

    /// A head stands at a border whenever no other is at work on its rows; it need not have said `done`.
    public override func snapshot(into writer: inout ByteWriter) throws {
        let tag: UInt8 =
            switch state {
            case .taking: 0
            case .awaiting: 1
            case .feeding: 2
            case .yielding: 3
            case .finished: 4
            }
        writer.write(tag)
        writer.write(Int64(round))
        writer.write(UInt8(hasArrived ? 1 : 0))
        writer.write(Int64(conditionCount))
        writer.write(portRounds: portRounds)
        try current?.snapshot(into: &writer)
        try next?.snapshot(into: &writer)
    }

    public override func restore(from reader: inout ByteReader) throws {
        switch try reader.read(UInt8.self) {
        case 0: state = .taking
        case 1: state = .awaiting
        case 2: state = .feeding
        case 3: state = .yielding
        case 4: state = .finished
        default: throw CodecError.malformed(expected: "the state of a loop's head")
        }
        round = Int(try reader.read(Int64.self))
        hasArrived = try reader.read(UInt8.self) != 0
        conditionCount = Int(try reader.read(Int64.self))
        portRounds = try reader.readPortRounds()
        try current?.restore(from: &reader)
        try next?.restore(from: &reader)
    }
}
