/// What a loop is at run time. The rules of rounds, which every type in this folder keeps:
///
/// 1. **Scope.** A loop has one or more *heads* (a loop variable each), a *body*, and a *feedback* edge from
///    the body to each head. Every instance of every node takes part in every round, with data or without.
/// 2. **Start.** Round 1 is the loop's initial input. A head passes it on, then sends marker 1 when the
///    input has ended. Heads that index an input first (a solution set) meet once before round 1: that is
///    round 0, which is never counted and always continues.
/// 3. **Order.** The marker of round r follows all data of round r on every channel. An operator passes it
///    on when it has it from all its input channels, after it has emitted what the round completes.
///    Constants are inputs from outside; they stand at `end` and are kept, not read again.
/// 4. **End of a round.** When a head has marker r from all channels of all its feedback edges, all rows of
///    round r + 1 that this worker will get have arrived (channels are first in, first out). It *arrives*
///    with its counts. Operators of the body whose output nobody reads are connected to a head too, so
///    that nothing is still at work when all have arrived.
/// 5. **Decision.** When all heads of all workers have arrived, the last one combines the counts, and the
///    aggregators' partials in the order of workers, and decides once for all: the workset is empty, the
///    criterion holds, the maximum is reached, or round r + 1 begins. Actions that were registered for
///    the end of a round run then, alone, before anybody may read the decision.
/// 6. **Visibility.** What round r wrote (an aggregate, a delta to a solution set, a superstep's values) is
///    read in round r + 1 and not before.
/// 7. **Result.** After the last round, bulk: the rows that came back; delta and dense: the solution set,
///    with the last delta applied.
/// 8. **No waiting.** A feedback edge takes any amount. A head that waits for a decision answers `idle`, and
///    the decision wakes its worker.
/// 9. **Checkpoints.** Where one is due after round r, the decision is made and held back: each head saves what it
///    will go on from, and when all have, the decision is published. So nobody works on the loop while it is saved,
///    and no row of a later round is on its way. A resumed loop takes part in the meeting of the saved round again
///    (`LoopResumption`).
public enum LoopRules {}

/// What one head reports when it has seen the end of a round.
public struct LoopArrival: Sendable {
    /// Which head of the loop, counted over variables and workers.
    public var participant: Int
    /// The round that has ended.
    public var round: Int
    /// Rows that will be worked on in the next round.
    public var workset: Int
    /// Rows that changed the solution in this round.
    public var changed: Int
    /// Whether an empty workset, summed over all that say so, ends the loop.
    public var endsWhenEmpty: Bool

    public init(participant: Int, round: Int, workset: Int, changed: Int, endsWhenEmpty: Bool) {
        self.participant = participant
        self.round = round
        self.workset = workset
        self.changed = changed
        self.endsWhenEmpty = endsWhenEmpty
    }
}

/// Why a loop ended.
public enum LoopEnd: String, Sendable, Codable {
    case emptyWorkset
    case criterion
    case maximumRounds
}

/// What follows a round.
public enum LoopDecision: Equatable, Sendable {
    case proceed
    case end(LoopEnd)

    /// Decides, from what all have reported. Pure, so that it is the same everywhere.
    public static func decide(
        round: Int, maximum: Int, worksetDecides: Bool, workset: Int, criterion: Bool
    ) -> LoopDecision {
        if round == 0 { return worksetDecides && workset == 0 ? .end(.emptyWorkset) : .proceed }
        if worksetDecides && workset == 0 { return .end(.emptyWorkset) }
        if criterion { return .end(.criterion) }
        return round >= maximum ? .end(.maximumRounds) : .proceed
    }

    /// What follows a round whose decision was saved; the limit of rounds may have changed since.
    public static func resumed(round: Int, maximum: Int, end: LoopEnd?) -> LoopDecision {
        switch end {
        case .emptyWorkset, .criterion: end.map { .end($0) } ?? .proceed
        case .maximumRounds, nil: round >= maximum ? .end(.maximumRounds) : .proceed
        }
    }
}

/// Figures of one round, for progress, metrics and the report.
public struct LoopRound: Sendable, Equatable {
    /// From 1.
    public var number: Int
    public var seconds: Double
    /// Rows to work on in the next round.
    public var workset: Int
    /// Rows that changed the solution.
    public var changed: Int
    /// The aggregators that are numbers.
    public var aggregators: [String: Double]

    public init(number: Int, seconds: Double, workset: Int, changed: Int, aggregators: [String: Double]) {
        self.number = number
        self.seconds = seconds
        self.workset = workset
        self.changed = changed
        self.aggregators = aggregators
    }
}
