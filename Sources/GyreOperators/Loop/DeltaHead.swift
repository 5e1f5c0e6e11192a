public import GyreColumns
public import GyreTime

/// The head of a delta iteration over a solution set that is hashed by key.
///
/// Ports: 0 the initial solution and 2 the delta, both dealt by the solution's key; 1 the initial workset
/// and 3 the next one; any further ones are watched. Outputs: 0 the workset into the body; 1 the solution
/// set. A delta replaces the element of its key, or adds one; it is applied when the round is decided, so
/// the step of a round sees the solution as the round found it (`LoopRules` 6).
///
/// Worksets and deltas spill beyond the grant. The solution set is looked into at random and cannot: it is refused before
/// it passes the budget.
public final class DeltaHead<K: Key, Element: Sendable>: Operator {
    /// Puts rows into the solution set.
    public typealias Insert = @Sendable (UnsafePointer<Element>, Int, inout KeyTable<K, Element>) throws -> Void

    private enum State {
        case indexing
        case awaiting
        case feeding
        case yielding(Int)
        case finished
    }

    private let insert: Insert
    private let feedbackPorts: Int
    private let head: Int
    private let rows: (solution: ElementType, workset: ElementType)
    private var state = State.indexing
    private var round = 0
    private var solution = SolutionSet<K, Element>(head: 0)
    /// The workset of the round that is being fed; from the arrival on, that of the next.
    private var current: BatchQueue?
    /// Deltas up to the arrival, to be applied when the round is decided.
    private var settling: BatchQueue?
    /// What has come back since the arrival. Other workers may have read the decision before this one has,
    /// and then send it rows of a later round.
    private var next: BatchQueue?
    private var deltas: BatchQueue?
    private var portRounds: [Int: Int] = [:]
    private var hasArrived = false
    private var slots: [Int] = []
    private var context: OperatorContext?

    /// - Parameters:
    ///   - head: names the solution set among those of the job.
    ///   - feedbackPorts: how many ports come back.
    ///   - rows: of the solution and of the workset, for snapshots.
    public init(
        head: Int, feedbackPorts: Int, rows: (solution: ElementType, workset: ElementType), insert: @escaping Insert
    ) {
        self.head = head
        self.feedbackPorts = feedbackPorts
        self.rows = rows
        self.insert = insert
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
        current = BatchQueue(rows.workset, memory: context.memory, spill: context.spill)
        next = BatchQueue(rows.workset, memory: context.memory, spill: context.spill)
        settling = BatchQueue(rows.solution, memory: context.memory, spill: context.spill)
        deltas = BatchQueue(rows.solution, memory: context.memory, spill: context.spill)
        if let loop = context.loop {
            solution = loop.solutionSet(headedBy: head) { SolutionSet<K, Element>(head: head) }
            // Both live as long as the worker.
            solution.settle = { [unowned self] in try settle() }
        }
    }

    public override var sendsFrontiers: Bool { true }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        // A resumed loop has its solution set and its workset from the checkpoint.
        if port < 2, context?.loop?.barrier.resumption != nil { return .done }
        switch port {
        case 0: try keep(batch)
        case 1, 3: try next?.append(batch)
        case 2: try deltas?.append(batch)
        default: break
        }
        return .done
    }

    public override func portAdvanced(_ port: Int, to frontier: Frontier) {
        guard port > 1, let completed = frontier.completedRound else { return }
        portRounds[port] = completed
        if portRounds.count == feedbackPorts, portRounds.values.allSatisfy({ $0 >= round }) { arrive() }
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard frontier == .end else { return .done }
        // Round 0: nobody may look into a solution set before all workers have theirs.
        state = .awaiting
        if let context, let loop = context.loop, let resumption = loop.barrier.resumption {
            try goOn(from: resumption, context, loop)
        }
        arrive()
        return .idle
    }

    public override func resume(into output: Output) throws -> Progress {
        while true {
            switch state {
            case .indexing, .finished: return .done
            case .awaiting:
                guard hasArrived, let context, let loop = context.loop else { return .idle }
                guard let decision = loop.barrier.decision(afterRound: round) else {
                    return try loop.saveIfAwaited(context, afterRound: round) { try saveState(into: $0) }
                        ? .more : .idle
                }
                try begin(decision)
            case .feeding:
                while current?.isEmpty == false {
                    guard output.hasRoom else { return .more }
                    if let batch = try current?.popFirst() { try output.emit(batch) }
                }
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
        let arrival = LoopArrival(
            participant: context.instance, round: round, workset: next?.rowCount ?? 0, changed: deltas?.rowCount ?? 0,
            endsWhenEmpty: true)
        // What was fed is gone, so its queue is empty.
        (current, next) = (next, current)
        (settling, deltas) = (deltas, settling)
        loop.arrive(arrival)
    }

    /// Applies the deltas of a round that has been decided.
    private func settle() throws {
        guard settling?.isEmpty == false, context?.loop?.barrier.decision(afterRound: round) != nil else { return }
        try applySettling()
    }

    private func applySettling() throws {
        while let delta = try settling?.popFirst() { try keep(delta) }
    }

    /// Puts rows into the solution set, within the memory that is granted.
    private func keep(_ batch: Batch) throws {
        let elements = batch.rows(of: Element.self)
        guard let memory = context?.memory, memory.budget != nil else {
            return try solution.withTable { try insert(elements.rows, elements.count, &$0) }
        }
        // At most a half of a table's slots are in use, and just after it has grown a quarter.
        let entry = 4 * (8 + MemoryLayout<K>.stride + MemoryLayout<Element>.stride)
        let elsewhere = rows.solution.estimatedBytes(of: batch) / max(1, batch.count) - rows.solution.stride
        let bytes = (entry + max(0, elsewhere))
        while !memory.reserve(bytes * batch.count) {
            // Rows that wait give way to what cannot.
            if try next?.spillAll() == true || current?.spillAll() == true { continue }
            if try deltas?.spillAll() == true || settling?.spillAll() == true { continue }
            try memory.require(bytes * batch.count)
        }
        let before = solution.withTable { $0.count }
        try solution.withTable { try insert(elements.rows, elements.count, &$0) }
        memory.release(bytes * (batch.count - (solution.withTable { $0.count } - before)))
    }

    private func begin(_ decision: LoopDecision) throws {
        try settle()
        hasArrived = false
        switch decision {
        case .proceed:
            round += 1
            state = .feeding
        case .end:
            current?.removeAll()
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

    /// The solution set with the round's deltas, then the next workset; a frame a batch, behind a tag.
    private func saveState(into output: any LoopStateOutput) throws {
        // The round has been decided, and nobody looks into the solution set before all have saved.
        try applySettling()
        let (solutionCodec, worksetCodec) = (try rows.solution.requiredCodec, try rows.workset.requiredCodec)
        let size = context?.batchSize ?? 1024
        let slots = solution.withTable { $0.orderedSlots() }
        for start in stride(from: 0, to: slots.count, by: size) {
            let batch = RowBatch<Element>(capacity: size)
            solution.withTable { table in
                for slot in slots[start..<min(start + size, slots.count)] {
                    batch.append(table.value(inSlot: slot).pointee)
                }
            }
            try output.frame { writer in
                writer.write(UInt8(0))
                try solutionCodec.encode(batch, &writer)
            }
        }
        try current?.forEach { batch in
            try output.frame { writer in
                writer.write(UInt8(1))
                try worksetCodec.encode(batch, &writer)
            }
        }
    }

    private func goOn(from resumption: LoopResumption, _ context: OperatorContext, _ loop: LoopContext) throws {
        let input = try loop.barrier.savedState(of: LoopStatePlace(head: context.uid, instance: context.instance))
        let (solutionCodec, worksetCodec) = (try rows.solution.requiredCodec, try rows.workset.requiredCodec)
        while try input.read({ reader in
            switch try reader.read(UInt8.self) {
            case 0: try keep(try solutionCodec.decode(&reader))
            case 1: try next?.append(try worksetCodec.decode(&reader))
            default: throw CodecError.malformed(expected: "the state of a loop's head")
            }
        }) {}
        round = resumption.round
    }

    /// A head stands at a border whenever no other is at work on its rows; it need not have said `done`.
    public override func snapshot(into writer: inout ByteWriter) throws {
        let (tag, position): (UInt8, Int) =
            switch state {
            case .indexing: (0, 0)
            case .awaiting: (1, 0)
            case .feeding: (2, 0)
            case .yielding(let index): (3, index)
            case .finished: (4, 0)
            }
        writer.write(tag)
        writer.write(Int64(tag == 3 ? position : 0))
        writer.write(Int64(round))
        writer.write(UInt8(hasArrived ? 1 : 0))
        writer.write(portRounds: portRounds)
        try writer.write(batches: CollectionOfOne(solutionRows()), by: rows.solution)
        try settling?.snapshot(into: &writer)
        try deltas?.snapshot(into: &writer)
        try current?.snapshot(into: &writer)
        try next?.snapshot(into: &writer)
    }

    private func solutionRows() -> RowBatch<Element> {
        solution.withTable { table in
            let slots = table.orderedSlots()
            return RowBatch(slots.map { table.value(inSlot: $0).pointee })
        }
    }

    public override func restore(from reader: inout ByteReader) throws {
        let tag = try reader.read(UInt8.self)
        let position = Int(try reader.read(Int64.self))
        round = Int(try reader.read(Int64.self))
        hasArrived = try reader.read(UInt8.self) != 0
        portRounds = try reader.readPortRounds()
        for batch in try reader.readBatches(by: rows.solution) {
            try keep(batch)
        }
        try settling?.restore(from: &reader)
        try deltas?.restore(from: &reader)
        try current?.restore(from: &reader)
        try next?.restore(from: &reader)
        switch tag {
        case 0: state = .indexing
        case 1: state = .awaiting
        case 2: state = .feeding
        case 3:
            slots = solution.withTable { $0.orderedSlots() }
            state = .yielding(position)
        case 4: state = .finished
        default: throw CodecError.malformed(expected: "the state of a loop's head")
        }
    }
}
