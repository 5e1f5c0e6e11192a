public import GyreOperators
public import GyreState

/// What a finished job leaves besides the rows in its sinks.
public struct JobResult: Sendable {
    /// The rounds of each loop, by the loop's name.
    public var loops: [String: LoopReport] = [:]
    /// The accumulators, summed over all workers.
    public var accumulators: [String: Int64] = [:]
    /// What operators chose from sizes that are known at run time only, by uid and instance.
    public var choices: [Choice] = []
    /// Bytes that operators have written to spill files.
    public var spilledBytes = 0
    /// Checkpoints that were found torn or changed, and passed over for an older one.
    public var passedOver: [CheckpointDefect] = []
    /// Wall time of the run.
    public var seconds = 0.0

    public init() {}
}

/// The rounds of one loop.
public struct LoopReport: Sendable {
    public var rounds: [LoopRound] = []
    /// Why it ended; nil while it runs.
    public var end: LoopEnd?
    /// The round after which this run went on from a checkpoint; nil where it began. `rounds` are those behind it.
    public var resumedFromRound: Int?
    /// The checkpoints that this run has written of the loop.
    public var checkpoints: [CheckpointFigures] = []
}

/// Figures of one checkpoint.
public struct CheckpointFigures: Sendable, Equatable {
    /// Counted from 1 within the folder.
    public var number: UInt64
    /// The round after which it was taken.
    public var round: Int
    /// Of the loop's state.
    public var bytes: Int
    /// How long the loop stood still for it.
    public var seconds: Double

    public init(number: UInt64, round: Int, bytes: Int, seconds: Double) {
        self.number = number
        self.round = round
        self.bytes = bytes
        self.seconds = seconds
    }
}
