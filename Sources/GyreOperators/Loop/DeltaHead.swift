public import GyreColumns
public import GyreTime

/// The head of a delta iteration over a solution set that is hashed by key.
///
/// Ports: 0 the initial solution and 2 the delta, both dealt by the solution's key; 1 the initial workset
/// and 3 the next one; any further ones are watched. Outputs: 0 the workset into the body; 1 the solution
/// set. A delta replaces the element of its key, or adds one; it is applied when the round is decided, so
/// the step of a round sees the solution as the round found it (`LoopRules` 6).
public final class DeltaHead<K: Key, Element: Sendable>: Operator {
    /// Puts rows into the solution set.
    public typealias Insert = @Sendable (UnsafePointer<Element>, Int, inout KeyTable<K, Element>) throws -> Void

    private enum State {
        case indexing
        case awaiting
        case feeding(Int)
        case yielding(Int)
        case finished
    }

    private let insert: Insert
    private let feedbackPorts: Int
    private let head: Int
    private var state = State.indexing
    private var round = 0
    private var solution = SolutionSet<K, Element>()
    private var current: [Batch] = []
    private var next: [Batch] = []
    private var nextCount = 0
    private var deltas: [RowBatch<Element>] = []
    private var deltaCount = 0
    private var portRounds: [Int: Int] = [:]
    private var hasArrived = false
    private var slots: [Int] = []
    private var context: OperatorContext?

    /// - Parameters:
    ///   - head: names the solution set among those of the job.
    ///   - feedbackPorts: how many ports come back.
    public init(head: Int, feedbackPorts: Int, insert: @escaping Insert) {
        self.head = head
        self.feedbackPorts = feedbackPorts
        self.insert = insert
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
        if let loop = context.loop {
            solution = loop.solutionSet(headedBy: head) { SolutionSet<K, Element>() }
        }
    }

    public override var sendsFrontiers: Bool { true }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        switch port {
        case 0:
            let rows = batch.rows(of: Element.self)
            try solution.withTable { try insert(rows.rows, rows.count, &$0) }
        case 1, 3:
            next.append(batch)
            nextCount += batch.count
        case 2:
            deltas.append(batch.rows(of: Element.self))
            deltaCount += batch.count
        default: break
        }
        return .done
    }

    public override func portAdvanced(_ port: Int, to frontier: Frontier) {
        guard port > 1, let completed = frontier.completedRound else { return }
        portRounds[port] = completed
        if portRounds.count == feedbackPorts, portRounds.values.allSatisfy({ $0 >= round }) { arrive() }
    }

    public override func advance(to frontier: Frontier, into output: Output) -> Progress {
        guard frontier == .end else { return .done }
        // Round 0: nobody may look into a solution set before all workers have theirs.
        state = .awaiting
        arrive()
        return .idle
    }

    public override func resume(into output: Output) throws -> Progress {
        while true {
            switch state {
            case .indexing, .finished: return .done
            case .awaiting:
                guard hasArrived, let decision = context?.loop?.barrier.decision(afterRound: round) else {
                    return .idle
                }
                try begin(decision)
            case .feeding(var index):
                while index < current.count {
                    guard output.hasRoom else {
                        state = .feeding(index)
                        return .more
                    }
                    try output.emit(current[index])
                    index += 1
                }
                current = []
                state = .awaiting
                try output.advance(to: .marker(ofRound: round), port: 0)
                return .idle
            case .yielding(let position):
                guard try yieldSolution(from: position, into: output) else { return .more }
                state = .finished
                try output.advance(to: .end, port: 1)
                try output.advance(to: .end, port: 0)
            }
        }
    }

    private func arrive() {
        guard !hasArrived, let context, let loop = context.loop else { return }
        hasArrived = true
        loop.arrive(
            LoopArrival(
                participant: context.instance, round: round, workset: nextCount, changed: deltaCount,
                endsWhenEmpty: true))
    }

    private func begin(_ decision: LoopDecision) throws {
        hasArrived = false
        for delta in deltas { try solution.withTable { try insert(delta.rows, delta.count, &$0) } }
        deltas = []
        deltaCount = 0
        swap(&current, &next)
        nextCount = 0
        switch decision {
        case .proceed:
            round += 1
            state = .feeding(0)
        case .end:
            current = []
            slots = solution.withTable { $0.orderedSlots() }
            state = .yielding(0)
        }
    }

    private func yieldSolution(from start: Int, into output: Output) throws -> Bool {
        var position = start
        let size = context?.batchSize ?? 1024
        while position < slots.count {
            guard output.hasRoom else {
                state = .yielding(position)
                return false
            }
            let end = min(position + size, slots.count)
            let batch = RowBatch<Element>(capacity: end - position)
            solution.withTable { table in
                for slot in slots[position..<end] { batch.append(table.value(inSlot: slot).pointee) }
            }
            try output.emit(batch, port: 1)
            position = end
        }
        return true
    }
}
