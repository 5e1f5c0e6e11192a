import GyreOperators

/// One worker: an instance of every node that is placed on it, run in turn.
///
/// It is steppable, and knows nothing of threads: `WorkerThread` drives it in earnest, GyreTesting's
/// seeded scheduler in tests.
public final class Worker {
    /// What a step came to.
    public enum Step: Sendable {
        case worked
        /// Nothing to do until another worker sends something.
        case idle
        case done
    }

    /// From 0.
    public let number: Int
    private let segments: [Segment]
    private let accumulators: [Accumulators]
    private let choices: Choices
    private let state: JobState
    private var unfinished: Int

    init(number: Int, segments: [Segment], accumulators: [Accumulators], choices: Choices, state: JobState) {
        self.number = number
        self.segments = segments
        self.accumulators = accumulators
        self.choices = choices
        self.state = state
        unfinished = segments.count
    }

    /// Gives each segment a turn, those nearest to the sinks first.
    public func step() throws -> Step {
        var worked = false
        var open = 0
        for segment in segments.reversed() where !segment.isFinished {
            if state.isStopping { return .done }
            try segment.join(checkpoint: state.requestedCheckpoint)
            if try segment.turn() { worked = true }
            if !segment.isFinished { open += 1 }
        }
        return try conclude(open: open, worked: worked)
    }

    /// Gives one segment a turn; for schedulers that choose an order of their own.
    public func step(segment index: Int) throws -> Step {
        if state.isStopping { return .done }
        try segments[index].join(checkpoint: state.requestedCheckpoint)
        let worked = segments[index].isFinished ? false : try segments[index].turn(sourceBatches: 1)
        return try conclude(open: segments.count { !$0.isFinished }, worked: worked)
    }

    /// How many segments there are to choose from.
    public var segmentCount: Int { segments.count }

    private func conclude(open: Int, worked: Bool) throws -> Step {
        let checkpoint = state.requestedCheckpoint
        for segment in segments where segment.isFinished { try segment.join(checkpoint: checkpoint) }
        guard open == 0 else { return worked ? .worked : .idle }
        if unfinished > 0 {
            guard state.leave(having: checkpoint) else { return .worked }
            unfinished = 0
            for sums in accumulators { state.add(sums.values) }
            state.add(choices.recorded)
        }
        return .done
    }
}
