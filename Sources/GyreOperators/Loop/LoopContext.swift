/// The meeting of all heads of a loop at the end of a round; the runtime implements it.
public protocol LoopBarrier: AnyObject, Sendable {
    /// Reports the end of a round, with the worker's partials of the aggregators.
    func arrive(_ arrival: LoopArrival, partials: [String: any Sendable])
    /// What follows the given round, once that is decided.
    func decision(afterRound round: Int) -> LoopDecision?
    /// The aggregates of the last round that was decided.
    var aggregates: AggregateValues { get }
    /// Has `action` run by whoever decides, after each round, while nobody works on the loop. It returns
    /// aggregates to add by name, and the size of the next workset and the count of changes where the
    /// action knows them.
    func atEndOfRound(_ action: @escaping @Sendable (_ round: Int) -> RoundSummary)

    /// Where the loop goes on from; nil where it begins with its first round.
    var resumption: LoopResumption? { get }
    /// What the head in this place has saved for `resumption`.
    func savedState(of place: LoopStatePlace) throws -> any LoopStateInput
    /// Has `action` run by whoever is the last to arrive with its saved state, before anybody goes on.
    func atResumption(_ action: @escaping @Sendable (_ round: Int) -> Void)
    /// Whether all heads have to save their state now, while nobody works on the loop: the round has been decided,
    /// and the decision is held back until all have saved.
    func awaitsState(afterRound round: Int) -> Bool
    /// Saves a head's state.
    ///
    /// - Parameter accumulators: of the worker; nil from all its heads but one.
    func save(
        _ place: LoopStatePlace, accumulators: [String: Int64]?, write: (any LoopStateOutput) throws -> Void) throws
}

/// What an action at the end of a round contributes to the decision.
public struct RoundSummary: Sendable {
    public var aggregates: [String: any Sendable]
    public var workset: Int
    public var changed: Int

    public init(aggregates: [String: any Sendable] = [:], workset: Int = 0, changed: Int = 0) {
        self.aggregates = aggregates
        self.workset = workset
        self.changed = changed
    }
}

/// What a loop is made of besides its nodes; part of the head's implementation.
public struct LoopDefinition: Sendable {
    public var aggregators: [AnyAggregator]
    /// Whether the loop is over, asked after each round.
    public var criterion: (@Sendable (_ round: Int, AggregateValues) -> Bool)?

    public init(
        aggregators: [AnyAggregator] = [], criterion: (@Sendable (_ round: Int, AggregateValues) -> Bool)? = nil
    ) {
        self.aggregators = aggregators
        self.criterion = criterion
    }
}

/// One worker's view of a loop, shared by its instances of the loop's operators.
public final class LoopContext {
    /// The loop's name.
    public let name: String
    /// Where heads meet.
    public let barrier: any LoopBarrier
    private let aggregators: [String: AnyAggregator]
    private var partials: [String: any Sendable] = [:]
    private var solutionSets: [Int: AnyObject] = [:]
    /// Named sums of this worker's operators in the loop; a resumed loop goes on from the saved ones.
    public let accumulators: Accumulators
    private let headsOnThisWorker: Int
    private var arrivals = 0
    /// By head: the round whose state it has saved.
    private var savedRounds: [String: Int] = [:]
    private var saves = 0

    public init(
        name: String, barrier: any LoopBarrier, aggregators: [AnyAggregator], headsOnThisWorker: Int,
        accumulators: Accumulators = Accumulators()
    ) {
        self.accumulators = accumulators
        self.name = name
        self.barrier = barrier
        self.aggregators = Dictionary(aggregators.map { ($0.name, $0) }) { first, _ in first }
        self.headsOnThisWorker = headsOnThisWorker
    }

    /// The aggregates of the previous round; before the first, each aggregator's zero.
    public var previous: AggregateValues { barrier.aggregates }

    /// Adds to an aggregator in the current round.
    public func contribute<Value: Sendable>(_ value: Value, to name: String) {
        guard let aggregator = aggregators[name] else {
            preconditionFailure("loop \"\(self.name)\" has no aggregator \"\(name)\"")
        }
        partials[name] = partials[name].map { aggregator.combine($0, value) } ?? value
    }

    /// Reports that a head of this worker has seen the end of a round. The partials go with the last head.
    public func arrive(_ arrival: LoopArrival) {
        arrivals += 1
        if arrivals == headsOnThisWorker {
            arrivals = 0
            let taken = partials
            partials = [:]
            barrier.arrive(arrival, partials: taken)
        } else {
            barrier.arrive(arrival, partials: [:])
        }
    }

    /// Saves the state of a head of this worker, where that is awaited after the round and not done yet; else false.
    public func saveIfAwaited(
        _ head: OperatorContext, afterRound round: Int, write: (any LoopStateOutput) throws -> Void
    ) throws -> Bool {
        guard barrier.awaitsState(afterRound: round), savedRounds[head.uid] != round else { return false }
        savedRounds[head.uid] = round
        saves = (saves + 1) % headsOnThisWorker
        try barrier.save(
            LoopStatePlace(head: head.uid, instance: head.instance),
            accumulators: saves == 0 ? accumulators.values : nil, write: write)
        return true
    }

    /// This worker's part of a solution set, made by whichever operator comes first.
    public func solutionSet<Set: AnyObject>(headedBy head: Int, make: () -> Set) -> Set {
        if let found = solutionSets[head] {
            guard let typed = found as? Set else { preconditionFailure("a solution set of another type") }
            return typed
        }
        let made = make()
        solutionSets[head] = made
        return made
    }
}
