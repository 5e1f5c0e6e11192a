public import GyreOperators
import Synchronization

/// A loop for one operator: arrivals are kept, decisions are made by the test.
public final class HarnessLoop: LoopBarrier {
    private struct State {
        var arrivals: [LoopArrival] = []
        var decisions: [Int: LoopDecision] = [:]
        var aggregates: AggregateValues
        var partials: [String: any Sendable] = [:]
        var awaitedRound: Int?
        var saved: [LoopStatePlace: [[UInt8]]] = [:]
        var resumptions: [@Sendable (Int) -> Void] = []
    }

    private let state: Mutex<State>
    private let aggregators: [AnyAggregator]
    /// Where the loop goes on from.
    public let resumption: LoopResumption?

    /// A loop that goes on from what heads have saved in another after a round.
    public convenience init(resuming other: HarnessLoop, afterRound round: Int, aggregators: [AnyAggregator] = []) {
        self.init(aggregators: aggregators, resumption: LoopResumption(round: round))
        let saved = other.state.withLock { $0.saved }
        state.withLock { $0.saved = saved }
    }

    /// - Parameter aggregators: of the loop; round 1 reads their zeros.
    public convenience init(aggregators: [AnyAggregator] = []) {
        self.init(aggregators: aggregators, resumption: nil)
    }

    private init(aggregators: [AnyAggregator], resumption: LoopResumption?) {
        self.aggregators = aggregators
        self.resumption = resumption
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

    /// Asks heads for their state after a round that is not decided yet.
    public func awaitState(afterRound round: Int?) { state.withLock { $0.awaitedRound = round } }

    /// How many frames heads have saved.
    public var savedFrames: Int { state.withLock { $0.saved.values.reduce(0) { $0 + $1.count } } }

    public func awaitsState(afterRound round: Int) -> Bool { state.withLock { $0.awaitedRound == round } }

    public func save(
        _ place: LoopStatePlace, accumulators: [String: Int64]?, write: (any LoopStateOutput) throws -> Void
    ) throws {
        let frames = FrameList()
        try write(frames)
        state.withLock { state in
            state.saved[place] = frames.frames
            state.awaitedRound = nil
        }
    }

    public func savedState(of place: LoopStatePlace) throws -> any LoopStateInput {
        FrameList(state.withLock { $0.saved[place] } ?? [])
    }

    public func atResumption(_ action: @escaping @Sendable (_ round: Int) -> Void) {
        state.withLock { $0.resumptions.append(action) }
    }
}

/// Frames in memory.
private final class FrameList: LoopStateOutput, LoopStateInput {
    private(set) var frames: [[UInt8]]
    private var position = 0

    init(_ frames: [[UInt8]] = []) {
        self.frames = frames
    }

    func append(frame: [UInt8]) { frames.append(frame) }

    func nextFrame() -> [UInt8]? {
        guard position < frames.count else { return nil }
        position += 1
        return frames[position - 1]
    }

    func mismatch(_ kind: LoopStateMismatch) -> any Error { kind }
}
