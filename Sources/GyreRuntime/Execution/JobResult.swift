public import GyreOperators

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
    /// Wall time of the run.
    public var seconds = 0.0
}

/// The rounds of one loop.
public struct LoopReport: Sendable {
    public var rounds: [LoopRound] = []
    /// Why it ended; nil while it runs.
    public var end: LoopEnd?
}
