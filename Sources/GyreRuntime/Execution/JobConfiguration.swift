import Foundation
public import GyreOperators
public import GyreState
public import GyreTime

/// How a job runs; what it computes does not depend on it.
public struct JobConfiguration: Sendable {
    /// Worker threads; by default one a core. Once it is set, every operator spans all of them
    /// (`gathersSmallInputs`).
    public var parallelism: Int {
        didSet { gathersSmallInputs = false }
    }
    /// Whether operators behind an exchange run as one instance where little comes to them, by what is known when the job
    /// is written or when a sort has seen its rows. `explain` shows it. On unless a parallelism was asked for.
    public var gathersSmallInputs: Bool
    /// Rows a batch at most.
    public var batchSize: Int
    /// Bytes of rows that a source puts into a batch at most: a chain works on one batch from end to end, and is
    /// fastest while that stays in the first-level cache.
    public var batchBytes: Int
    /// Batches under way in a channel, a power of two.
    public var channelCapacity: Int
    /// How long an idle worker spins before it sleeps. Workers beyond the number of cores never spin.
    public var spinNanoseconds: UInt64
    /// Where elapsed time comes from.
    public var clock: any ElapsedTimeClock
    /// Bytes that operators may keep in memory; nil if all they want. What can spill spills beyond it, what
    /// cannot fails before it.
    public var memoryBudget: Int?
    /// Where spill files are made; they have no names and vanish with the process.
    public var spillFolder: String
    /// Told what happens, on a worker's thread; must be quick.
    public var onProgress: (@Sendable (ProgressEvent) -> Void)?
    /// Where and how often loops are checkpointed; nil never.
    public var checkpoint: CheckpointPolicy?

    public init(
        parallelism: Int? = nil, gathersSmallInputs: Bool? = nil, batchSize: Int = 2048, batchBytes: Int = 24 << 10,
        channelCapacity: Int = 8,
        spinNanoseconds: UInt64 = 20_000, clock: any ElapsedTimeClock = MonotonicClock(),
        memoryBudget: Int? = nil, spillFolder: String = JobConfiguration.temporaryFolder,
        onProgress: (@Sendable (ProgressEvent) -> Void)? = nil, checkpoint: CheckpointPolicy? = nil
    ) {
        self.checkpoint = checkpoint
        self.gathersSmallInputs = gathersSmallInputs ?? (parallelism == nil)
        let parallelism = parallelism ?? JobConfiguration.availableCores
        precondition(parallelism > 0, "parallelism is \(parallelism), expected at least 1")
        precondition(batchSize > 0, "batch size is \(batchSize), expected at least 1")
        precondition(batchBytes > 0, "batch bytes are \(batchBytes), expected at least 1")
        precondition(
            channelCapacity > 0 && channelCapacity & (channelCapacity - 1) == 0,
            "channel capacity is \(channelCapacity), expected a power of two")
        self.parallelism = parallelism
        self.batchSize = batchSize
        self.batchBytes = batchBytes
        self.channelCapacity = channelCapacity
        self.spinNanoseconds = spinNanoseconds
        self.clock = clock
        self.memoryBudget = memoryBudget
        self.spillFolder = spillFolder
        self.onProgress = onProgress
    }

    /// Where the system keeps temporary files.
    public static var temporaryFolder: String { FileManager.default.temporaryDirectory.path }

    /// The cores that this process may use.
    public static var availableCores: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }
}

/// What a running job tells its observer.
public enum ProgressEvent: Sendable {
    /// A round of a loop is complete.
    case round(loop: String, LoopRound)
    /// A loop has ended.
    case loopEnded(loop: String, rounds: Int, LoopEnd)
    /// A loop goes on from the checkpoint of a round; told before anything runs.
    case resumed(loop: String, afterRound: Int)
    /// A checkpoint of a loop is complete.
    case checkpoint(loop: String, CheckpointFigures)
    /// A checkpoint is defective, and an older one is used.
    case passedOver(CheckpointDefect)
    /// The run is over, whatever became of it; told by the thread that waits for it.
    case ended(spilledBytes: Int)
}
