public import GyreOperators
import Synchronization

/// A loop for one operator: arrivals are kept, decisions are made by the test.
public final class HarnessLoop: LoopBarrier {
    private struct State {
        var arrivals: [LoopArrival] = []
        var decisions: [Int: LoopDecision] = [:]
        var aggregates: AggregateValues
        var partials: [String: any Sendable] = [:]
    }

    private let state: Mutex<State>
    private let aggregators: [AnyAggregator]

    /// - Parameter aggregators: of the loop; round 1 reads their zeros.
    public init(aggregators: [AnyAggregator] = []) {
        self.aggregators = aggregators
        let zeros = Dictionary(aggregators.map { ($0.name, $0.zero) }) { first, _ in first }
        state = Mutex(State(aggregates: AggregateValues(zeros)))
    }

    /// The loop as an operator sees it.
    public func context(name: String = "loop", heads: Int = 1) -> LoopContext {
        LoopContext(name: name, barrier: self, aggregators: aggregators, headsOnThisWorker: heads)
    }

    /// What heads have reported, in order.
    public var arrivals: [LoopArrival] { state.withLock { $0.arrivals } }

    /// Decides what follows a round; the partials that came become the aggregates.
    public func decide(_ decision: LoopDecision, afterRound round: Int) {
        state.withLock { state in
            state.decisions[round] = decision
            var values = Dictionary(aggregators.map { ($0.name, $0.zero) }) { first, _ in first }
            values.merge(state.partials) { _, new in new }
            state.aggregates = AggregateValues(values)
            state.partials = [:]
        }
    }

    public func arrive(_ arrival: LoopArrival, partials: [String: any Sendable]) {
        state.withLock { state in
            state.arrivals.append(arrival)
            state.partials.merge(partials) { _, new in new }
        }
    }

    public func decision(afterRound round: Int) -> LoopDecision? { state.withLock { $0.decisions[round] } }

    public var aggregates: AggregateValues { state.withLock { $0.aggregates } }

    /// Nothing happens at the end of a round here.
    public func atEndOfRound(_ action: @escaping @Sendable (_ round: Int) -> RoundSummary) {}
}
