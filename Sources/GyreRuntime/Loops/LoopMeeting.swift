import GyreOperators
import GyrePlan
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
    }

    private let description: LoopDescription
    private let definition: LoopDefinition
    private let participants: Int
    private let clock: any ElapsedTimeClock
    private let wakeAll: @Sendable () -> Void
    /// Told of each round and of the end; a loop that has nothing to do ends without a round.
    private let report: @Sendable (LoopDescription, LoopRound?, LoopEnd?) -> Void
    private let state: Mutex<State>
    private let decidedRound = Atomic<Int>(-1)

    init(
        description: LoopDescription, definition: LoopDefinition, participants: Int, firstRound: Int,
        clock: any ElapsedTimeClock, wakeAll: @escaping @Sendable () -> Void,
        report: @escaping @Sendable (LoopDescription, LoopRound?, LoopEnd?) -> Void
    ) {
        self.description = description
        self.definition = definition
        self.participants = participants
        self.clock = clock
        self.wakeAll = wakeAll
        self.report = report
        var state = State(aggregates: AggregateValues(definition.zeros))
        state.round = firstRound
        state.startedAt = clock.nanoseconds()
        self.state = Mutex(state)
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
            report(description, figures, end)
        } else if end != nil {
            report(description, nil, end)
        }
        state.startedAt = now
        state.round += 1
        state.arrived = 0
        state.workset = 0
        state.changed = 0
        state.worksetDecides = false
        state.partials = []
        decidedRound.store(round, ordering: .sequentiallyConsistent)
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
