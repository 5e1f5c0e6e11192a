import GyreOperators
import GyrePlan
import GyreState

/// The shared parts of a run: channels, wake-ups, loops. Workers are made of it, each on its own thread.
///
/// Proof of `@unchecked Sendable`: everything in it is immutable after `init`, and what it refers to is
/// `Sendable`; channel ends are handed to one instance each.
final class Assembly: @unchecked Sendable {
    let physical: PhysicalPlan
    let state: JobState
    let wakeUps: [WakeUp]
    private let configuration: JobConfiguration
    private let shared = SharedObjects()
    let spill: SpillFolder
    private let arbiter: MemoryArbiter?
    private let checkpoint: JobCheckpoint?
    /// By edge, sending instance, receiving instance; nil where the one does not reach the other.
    private let channels: [[[Channel?]]]
    private let loops: [LoopMeeting]
    private let headsOfLoop: [Int]
    private let definitions: [LoopDefinition]

    init(_ physical: PhysicalPlan, configuration: JobConfiguration, checkpoint: JobCheckpoint?) throws {
        self.physical = physical
        self.checkpoint = checkpoint
        let participants = physical.chains.reduce(0) { $0 + $1.nodes.count * $1.workers.count }
        precondition(
            checkpoint == nil || checkpoint?.parts.count == participants,
            "checkpoint \(checkpoint?.number ?? 0) has \(checkpoint?.parts.count ?? 0) parts, the plan \(participants)")
        spill = SpillFolder(path: configuration.spillFolder)
        let hungry = physical.chains.reduce(0) { sum, chain in
            sum + chain.workers.count * chain.nodes.count { physical.plan[$0].isHungry }
        }
        arbiter = try configuration.memoryBudget.map { try MemoryArbiter(budget: $0, hungry: hungry) }
        let state = JobState(participants: participants, restored: checkpoint?.number ?? 0)
        self.state = state
        self.configuration = configuration
        let wakeUps = (0..<physical.workers).map { _ in WakeUp() }
        self.wakeUps = wakeUps
        channels = physical.edges.map { edge in
            let senders = physical.chains[edge.from].workers
            let receivers = physical.chains[edge.to].workers
            return senders.indices.map { sender in
                var row = [Channel?](repeating: nil, count: receivers.count)
                let reached = Reach.receivers(
                    of: sender, senders: senders.count, receivers: receivers.count,
                    by: edge.edge.description.partitioning)
                for receiver in reached {
                    row[receiver] = Channel(
                        capacity: configuration.channelCapacity, producer: wakeUps[senders[sender]],
                        consumer: wakeUps[receivers[receiver]])
                }
                return row
            }
        }
        let heads = physical.plan.loops.map { physical.plan.heads(of: $0.id) }
        headsOfLoop = heads.map(\.count)
        let factories = heads.map { $0.first?.implementation as? LoopHeadFactory }
        definitions = factories.map { $0?.definition ?? LoopDefinition() }
        let report: @Sendable (ProgressEvent) -> Void = { event in
            state.record(event)
            configuration.onProgress?(event)
        }
        let checkpoints = try configuration.checkpoint.flatMap {
            try LoopCheckpoints(physical.plan, policy: $0, configuration: configuration)
        }
        for defect in checkpoints?.passedOver ?? [] { report(.passedOver(defect)) }
        let kept = Set(physical.plan.keptLoops.map(\.id))
        loops = try physical.plan.loops.map { loop in
            try LoopMeeting(
                description: loop, definition: factories[loop.id.index]?.definition ?? LoopDefinition(),
                participants: heads[loop.id.index].count * physical.workers,
                firstRound: factories[loop.id.index]?.firstRound ?? 1, clock: configuration.clock,
                checkpoints: kept.contains(loop.id) ? checkpoints : nil,
                wakeAll: { for wakeUp in wakeUps { wakeUp.wake() } }, report: report)
        }
    }

    func wakeAll() {
        for wakeUp in wakeUps { wakeUp.wake() }
    }

    /// Makes one worker with its instances; called on the thread that will drive it.
    ///
    /// - Parameter isStepped: whether that thread drives the others too.
    func makeWorker(_ number: Int, isStepped: Bool = false) throws -> Worker {
        let accumulators = Accumulators()
        let choices = Choices()
        let loopContexts = zip(physical.plan.loops, loops).map { loop, meeting in
            LoopContext(
                name: loop.name, barrier: meeting, aggregators: definitions[loop.id.index].aggregators,
                headsOnThisWorker: headsOfLoop[loop.id.index], accumulators: meeting.accumulators(ofWorker: number))
        }
        var segments: [Segment] = []
        for (index, chain) in physical.chains.enumerated() {
            guard let instance = chain.workers.firstIndex(of: number) else { continue }
            segments.append(
                try makeSegment(
                    index, instance: instance, worker: number, accumulators: accumulators, choices: choices,
                    loops: loopContexts, isStepped: isStepped))
        }
        return Worker(
            number: number, segments: segments, accumulators: [accumulators] + loopContexts.map(\.accumulators),
            choices: choices, state: state)
    }

    private func makeSegment(
        _ index: Int, instance: Int, worker: Int, accumulators: Accumulators, choices: Choices,
        loops: [LoopContext], isStepped: Bool
    ) throws -> Segment {
        let chain = physical.chains[index]
        let nodes = chain.nodes.map { physical.plan[$0] }
        let identities = nodes.map {
            OperatorIdentity(uid: $0.description.uid, name: $0.description.name, instance: instance)
        }
        let wakeUp = wakeUps[worker]
        let operators = try zip(nodes, identities).map { node, identity in
            let operatorInstance = make(node)
            let context = OperatorContext(
                uid: identity.uid, name: identity.name, instance: instance, instances: chain.workers.count,
                batchSize: configuration.batchSize, batchBytes: configuration.batchBytes,
                loop: node.description.loop.map { loops[$0.index] },
                accumulators: node.description.loop.map { loops[$0.index].accumulators } ?? accumulators,
                choices: choices, shared: shared, damsEarlyRows: chain.damsEarlyRows,
                isStepped: isStepped,
                smallInputBytes: configuration.gathersSmallInputs ? SmallInputs.sortBytes : 0,
                memory: arbiter?.grant(for: identity.name, isHungry: node.isHungry)
                    ?? MemoryGrant(unlimitedFor: identity.name), spill: spill,
                wake: { wakeUp.wake() })
            try identity.attributing { try operatorInstance.open(context) }
            return operatorInstance
        }
        let ports = chain.inputs.map { edge in
            InputPort(
                channels: channels[edge].compactMap { $0[instance] },
                isFeedback: physical.edges[edge].edge.description.isFeedback)
        }
        let writers = chain.outputs.map { edges in
            edges.map { edge in
                EdgeWriter(
                    edge: physical.edges[edge].edge, channels: channels[edge][instance].compactMap { $0 },
                    batchSize: configuration.batchSize, instance: instance,
                    reader: reader(of: physical.edges[edge], sender: instance))
            }
        }
        let segment = Segment(
            operators: operators, identities: identities, exit: SegmentOutput(writers: writers), ports: ports,
            isSource: chain.isSource, snapshots: state, lastCheckpoint: checkpoint?.number ?? 0)
        try restore(segment, identities)
        return segment
    }

    private func restore(_ segment: Segment, _ identities: [OperatorIdentity]) throws {
        guard let checkpoint else { return }
        for (index, identity) in identities.enumerated() {
            guard let part = checkpoint.parts[.init(uid: identity.uid, instance: identity.instance)] else {
                preconditionFailure(
                    "checkpoint \(checkpoint.number) has no \(identity.uid), instance \(identity.instance)")
            }
            try segment.restore(part.bytes, ofOperator: index)
            if part.isFinished, index == 0 { segment.finishByCheckpoint() }
        }
    }

    /// Named in errors of the edge's key; which instance a row was meant for is not known then.
    private func reader(of edge: PhysicalPlan.Edge, sender: Int) -> OperatorIdentity {
        let node = physical.plan[physical.chains[edge.to].nodes[0]].description
        return OperatorIdentity(uid: node.uid, name: node.name, instance: sender)
    }

    private func make(_ node: PlanNode) -> Operator {
        switch node.implementation {
        case let factory as OperatorFactory: factory.make()
        case let factory as LoopHeadFactory: factory.make(node.edges.count { $0.description.isFeedback })
        default: preconditionFailure("node \(node.description.name) has no implementation")
        }
    }
}
