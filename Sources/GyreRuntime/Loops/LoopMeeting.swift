import Foundation
import GyreColumns
import GyreOperators
import GyrePlan
import GyreState
import GyreTime
import Synchronization

/// Where the heads of one loop meet: counts arrivals, reduces, decides (`LoopRules` 4 and 5).
///
/// The last to arrive decides while it holds the lock; all others are waiting, so the actions at the end
/// of a round run alone. The decided round is published by an atomic that heads poll without the lock.
final class LoopMeeting: LoopBarrier {
    private struct State {
        var round = 0
        var arrived = 0
        var workset = 0
        var changed = 0
        var worksetDecides = false
        var partials: [(participant: Int, values: [String: any Sendable])] = []
        var actions: [@Sendable (Int) -> RoundSummary] = []
        var startedAt: UInt64 = 0
        var decision = LoopDecision.proceed
        var aggregates: AggregateValues
        /// Whether the next meeting is that of the saved round.
        var isResuming = false
        var resumptions: [@Sendable (Int) -> Void] = []
        var saving: Saving?
    }

    /// A checkpoint under way: what the heads have saved of the round that has been decided.
    private struct Saving {
        var round: Int
        var serial: UInt64
        var startedAt: UInt64
        var parts: [CheckpointManifest.Part] = []
        var accumulators: [Int: [String: Int64]] = [:]
    }

    private let description: LoopDescription
    private let definition: LoopDefinition
    private let participants: Int
    private let clock: any ElapsedTimeClock
    private let wakeAll: @Sendable () -> Void
    private let report: @Sendable (ProgressEvent) -> Void
    private let state: Mutex<State>
    private let decidedRound = Atomic<Int>(-1)
    private let checkpoints: LoopCheckpoints?
    private let start: LoopStart?
    /// The round whose state is awaited, or -1.
    private let savingRound = Atomic<Int>(-1)

    /// - Parameter checkpoints: nil where none hold this loop.
    init(
        description: LoopDescription, definition: LoopDefinition, participants: Int, firstRound: Int,
        clock: any ElapsedTimeClock, checkpoints: LoopCheckpoints?, wakeAll: @escaping @Sendable () -> Void,
        report: @escaping @Sendable (ProgressEvent) -> Void
    ) throws {
        self.checkpoints = checkpoints
        start = try checkpoints?.start(of: description, definition: definition)
        self.description = description
        self.definition = definition
        self.participants = participants
        self.clock = clock
        self.wakeAll = wakeAll
        self.report = report
        var state = State(aggregates: AggregateValues(definition.zeros))
        state.round = start?.resumption.round ?? firstRound
        state.isResuming = start != nil
        state.startedAt = clock.nanoseconds()
        self.state = Mutex(state)
        if let start { report(.resumed(loop: description.name, afterRound: start.resumption.round)) }
    }

    var aggregates: AggregateValues { state.withLock { $0.aggregates } }

    func decision(afterRound round: Int) -> LoopDecision? {
        guard decidedRound.load(ordering: .sequentiallyConsistent) >= round else { return nil }
        return state.withLock { $0.decision }
    }

    func atEndOfRound(_ action: @escaping @Sendable (Int) -> RoundSummary) {
        state.withLock { $0.actions.append(action) }
    }

    func arrive(_ arrival: LoopArrival, partials: [String: any Sendable]) {
        let decided = state.withLock { state in
            precondition(
                arrival.round == state.round,
                "loop \"\(description.name)\" is in round \(state.round), not \(arrival.round)")
            state.arrived += 1
            state.changed += arrival.changed
            if arrival.endsWhenEmpty {
                state.worksetDecides = true
            }
            state.workset += arrival.workset
            if !partials.isEmpty { state.partials.append((arrival.participant, partials)) }
            guard state.arrived == participants else { return false }
            decide(&state)
            return true
        }
        if decided { wakeAll() }
    }

    private func decide(_ state: inout State) {
        let round = state.round
        if state.isResuming, let start { return resume(start, &state) }
        var values = combine(state.partials)
        for action in state.actions {
            let summary = action(round)
            values.merge(summary.aggregates) { _, new in new }
            state.workset += summary.workset
            state.changed += summary.changed
        }
        state.aggregates = AggregateValues(values)
        let criterion = round > 0 && definition.criterion?(round, state.aggregates) == true
        let decision = LoopDecision.decide(
            round: round, maximum: description.maximumRounds, worksetDecides: state.worksetDecides,
            workset: state.workset, criterion: criterion)
        state.decision = decision
        let now = clock.nanoseconds()
        let end: LoopEnd? = if case .end(let end) = decision { end } else { nil }
        if round > 0 {
            let figures = LoopRound(
                number: round, seconds: Double(now - state.startedAt) * 1e-9, workset: state.workset,
                changed: state.changed, aggregators: state.aggregates.numbers)
            report(.round(loop: description.name, figures))
        }
        if let end { report(.loopEnded(loop: description.name, rounds: round, end)) }
        state.startedAt = now
        beginNext(&state)
        if let checkpoints, checkpoints.isDue(after: round, decision: decision) {
            state.saving = Saving(round: round, serial: checkpoints.nextSerial(), startedAt: now)
            savingRound.store(round, ordering: .sequentiallyConsistent)
        } else {
            decidedRound.store(round, ordering: .sequentiallyConsistent)
        }
    }

    /// The meeting of the saved round, once more: it has been reported and saved by the run before.
    private func resume(_ start: LoopStart, _ state: inout State) {
        let round = start.resumption.round
        for action in state.resumptions { action(round) }
        state.isResuming = false
        state.aggregates = start.aggregates
        state.decision = start.decision
        if case .end(let end) = start.decision {
            report(.loopEnded(loop: description.name, rounds: round, end))
        }
        state.startedAt = clock.nanoseconds()
        beginNext(&state)
        decidedRound.store(round, ordering: .sequentiallyConsistent)
    }

    private func beginNext(_ state: inout State) {
        state.round += 1
        state.arrived = 0
        state.workset = 0
        state.changed = 0
        state.worksetDecides = false
        state.partials = []
    }

    // MARK: Checkpoints

    var resumption: LoopResumption? { start?.resumption }

    /// What a worker's sums in this loop go on from.
    func accumulators(ofWorker worker: Int) -> Accumulators {
        guard let saved = start?.accumulators, worker < saved.count else { return Accumulators() }
        return Accumulators(saved[worker])
    }

    func atResumption(_ action: @escaping @Sendable (Int) -> Void) {
        state.withLock { $0.resumptions.append(action) }
    }

    func savedState(of place: LoopStatePlace) throws -> any LoopStateInput {
        guard let checkpoints else { preconditionFailure("loop \"\(description.name)\" goes on from nothing") }
        return try checkpoints.savedState(of: place, in: description)
    }

    func awaitsState(afterRound round: Int) -> Bool {
        savingRound.load(ordering: .sequentiallyConsistent) == round
    }

    func save(
        _ place: LoopStatePlace, accumulators: [String: Int64]?, write: (any LoopStateOutput) throws -> Void
    ) throws {
        guard let checkpoints, let serial = state.withLock({ $0.saving?.serial }) else {
            preconditionFailure("loop \"\(description.name)\" awaits no state")
        }
        let part = try checkpoints.write(place, of: description, serial: serial, write)
        let complete = state.withLock { state -> (saving: Saving, decision: LoopDecision, values: AggregateValues)? in
            state.saving?.parts.append(part)
            if let accumulators { state.saving?.accumulators[place.instance] = accumulators }
            guard let saving = state.saving, saving.parts.count == participants else { return nil }
            state.saving = nil
            return (saving, state.decision, state.aggregates)
        }
        guard let (saving, decision, values) = complete else { return }
        let loop = try record(saving, decision, values)
        report(
            .checkpoint(loop: description.name, try checkpoints.commit(loop, startedAt: saving.startedAt)))
        state.withLock { $0.startedAt = clock.nanoseconds() }
        savingRound.store(-1, ordering: .sequentiallyConsistent)
        decidedRound.store(saving.round, ordering: .sequentiallyConsistent)
        wakeAll()
    }

    private func record(
        _ saving: Saving, _ decision: LoopDecision, _ values: AggregateValues
    ) throws -> CheckpointManifest.Loop {
        var aggregates: [String: Data] = [:]
        for aggregator in definition.aggregators {
            guard let codec = aggregator.codec, let value = values.value(named: aggregator.name) else { continue }
            var writer = ByteWriter()
            try codec.encode(value, &writer)
            aggregates[aggregator.name] = Data(writer.bytes)
        }
        let end: LoopEnd? = if case .end(let end) = decision { end } else { nil }
        return CheckpointManifest.Loop(
            name: description.name, round: saving.round, end: end?.rawValue, aggregates: aggregates,
            accumulators: saving.accumulators.sorted { $0.key < $1.key }.map(\.value),
            parts: saving.parts.sorted { ($0.head, $0.instance) < ($1.head, $1.instance) })
    }

    /// Partials in the order of participants, so that the result does not depend on who came first.
    private func combine(_ partials: [(participant: Int, values: [String: any Sendable])]) -> [String: any Sendable] {
        var values = definition.zeros
        for partial in partials.sorted(by: { $0.participant < $1.participant }) {
            for aggregator in definition.aggregators {
                guard let value = partial.values[aggregator.name], let sum = values[aggregator.name] else { continue }
                values[aggregator.name] = aggregator.combine(sum, value)
            }
        }
        return values
    }
}

extension LoopDefinition {
    /// Each aggregator's value of nothing.
    var zeros: [String: any Sendable] {
        Dictionary(aggregators.map { ($0.name, $0.zero) }) { first, _ in first }
    }
}
