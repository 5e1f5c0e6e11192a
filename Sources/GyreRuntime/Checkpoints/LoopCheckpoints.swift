import Foundation
import GyreColumns
import GyreOperators
import GyrePlan
import GyreState
import GyreTime
import Synchronization

/// The checkpoints of one run's loops: what it goes on from, and what it writes.
///
/// A loop's state is a value that the job's inputs determine. So loops that run beside each other are checkpointed
/// each at its own rounds, and a manifest holds the newest state of each (`CheckpointRules` 1).
final class LoopCheckpoints: Sendable {
    let everyRounds: Int
    private let store: CheckpointStore
    private let plan: Plan
    private let clock: @Sendable () -> UInt64
    /// The newest state of each loop, by name; held while a manifest is written.
    private let newest: Mutex<[String: CheckpointManifest.Loop]>

    /// Opens the folder; nil where the plan has no loop that checkpoints hold.
    ///
    /// - Throws: `CheckpointError` where the folder or a loop of the plan cannot be used.
    init?(_ plan: Plan, policy: CheckpointPolicy, configuration: JobConfiguration) throws {
        let loops = plan.keptLoops
        if loops.isEmpty { return nil }
        for loop in loops { try Self.check(loop, in: plan) }
        let clock = configuration.clock
        self.plan = plan
        self.clock = { clock.nanoseconds() }
        everyRounds = policy.everyRounds
        store = try CheckpointStore(
            policy: policy,
            job: JobRecord(plan, workers: configuration.parallelism, identity: policy.identity))
        newest = Mutex(
            Dictionary((store.resumed?.loops ?? []).map { ($0.name, $0) }) { first, _ in first })
        for loop in loops {
            guard let kept = resumed(loop), kept.round > loop.maximumRounds else { continue }
            throw CheckpointError.pastLimit(
                folder: policy.folder, loop: loop.name, round: kept.round, limit: loop.maximumRounds)
        }
    }

    /// Newer checkpoints than the one the run goes on from, which were defective.
    var passedOver: [CheckpointDefect] { store.passedOver }

    private static func check(_ loop: LoopDescription, in plan: Plan) throws {
        for node in plan.nodes where node.description.loop == loop.id {
            if (node.implementation as? OperatorFactory)?.isSink == true {
                throw CheckpointError.sinkInLoop(loop: loop.name, node: node.description.name)
            }
        }
        let factory = plan.heads(of: loop.id).first?.implementation as? LoopHeadFactory
        for aggregator in factory?.definition.aggregators ?? [] where aggregator.codec == nil {
            throw CheckpointError.aggregatorNotCodable(
                loop: loop.name, aggregator: aggregator.name, type: "\(aggregator.valueType)")
        }
    }

    // MARK: Going on

    private func resumed(_ loop: LoopDescription) -> CheckpointManifest.Loop? {
        store.resumed?.loops.first { $0.name == loop.name }
    }

    /// Where a loop goes on from; nil where it begins.
    func start(of loop: LoopDescription, definition: LoopDefinition) throws -> LoopStart? {
        guard let kept = resumed(loop) else { return nil }
        var aggregates = definition.zeros
        for aggregator in definition.aggregators {
            guard let codec = aggregator.codec, let bytes = kept.aggregates[aggregator.name] else { continue }
            var reader = ByteReader([UInt8](bytes))
            aggregates[aggregator.name] = try codec.decode(&reader)
        }
        let end = kept.end.flatMap { LoopEnd(rawValue: $0) }
        return LoopStart(
            resumption: LoopResumption(round: kept.round),
            decision: LoopDecision.resumed(round: kept.round, maximum: loop.maximumRounds, end: end),
            aggregates: AggregateValues(aggregates), accumulators: kept.accumulators)
    }

    func savedState(of place: LoopStatePlace, in loop: LoopDescription) throws -> any LoopStateInput {
        guard let part = resumed(loop)?.parts.first(where: { $0.head == place.head && $0.instance == place.instance })
        else { preconditionFailure("the checkpoint has no \(place.head), instance \(place.instance)") }
        return SavedState(try store.reader(part.file), folder: store.folder.path)
    }

    // MARK: Writing

    func isDue(after round: Int, decision: LoopDecision) -> Bool {
        round > 0 && (decision != .proceed || round % everyRounds == 0)
    }

    func nextSerial() -> UInt64 { store.nextSerial() }

    /// Writes one head's file.
    func write(
        _ place: LoopStatePlace, of loop: LoopDescription, serial: UInt64,
        _ body: (any LoopStateOutput) throws -> Void
    ) throws -> CheckpointManifest.Part {
        let head = plan.heads(of: loop.id).firstIndex { $0.description.uid == place.head } ?? 0
        let name = CheckpointName.stateName(serial, loop: loop.id.index, head: head, instance: place.instance)
        let file = try store.write(name) { try body(StateOutput($0)) }
        return CheckpointManifest.Part(head: place.head, instance: place.instance, file: file)
    }

    /// Makes the checkpoint of a loop whose heads have all written.
    ///
    /// - Parameter startedAt: when the round ended.
    func commit(_ loop: CheckpointManifest.Loop, startedAt: UInt64) throws -> CheckpointFigures {
        let number = try newest.withLock { newest in
            newest[loop.name] = loop
            return try store.commit(plan.loops.compactMap { newest[$0.name] })
        }
        return CheckpointFigures(
            number: number, round: loop.round, bytes: loop.parts.reduce(0) { $0 + $1.file.bytes },
            seconds: Double(clock() - startedAt) * 1e-9)
    }
}

/// Where a loop goes on from.
struct LoopStart: Sendable {
    var resumption: LoopResumption
    /// What follows the round, as it was decided then.
    var decision: LoopDecision
    var aggregates: AggregateValues
    /// By worker.
    var accumulators: [[String: Int64]]
}

/// Frames into a file of the store.
private final class StateOutput: LoopStateOutput {
    private let writer: StateWriter

    init(_ writer: StateWriter) {
        self.writer = writer
    }

    func append(frame: [UInt8]) throws { try writer.append(frame: frame) }
}

/// Frames out of a file of the store.
private final class SavedState: LoopStateInput {
    private let reader: StateReader
    private let folder: String

    init(_ reader: StateReader, folder: String) {
        self.reader = reader
        self.folder = folder
    }

    func nextFrame() throws -> [UInt8]? { try reader.next() }

    func mismatch(_ kind: LoopStateMismatch) -> any Error {
        switch kind {
        case .notUnderstood: reader.notUnderstood
        case .input(let name, let was, let now):
            CheckpointError.otherJob(folder: folder, .identity(name: name, was: was, is: now))
        }
    }
}
