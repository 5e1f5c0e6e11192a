public import GyreTime

/// What the runtime tells one instance of an operator about its place.
public final class OperatorContext {
    /// The node's uid.
    public let uid: String
    /// The node's name.
    public let name: String
    /// The number of this instance.
    public let instance: Int
    /// How many instances the node has.
    public let instances: Int
    /// How many rows a batch holds at most.
    public let batchSize: Int
    /// How many bytes of rows a batch should take at most, so that what a chain works on stays in cache.
    public let batchBytes: Int
    /// The loop in whose rounds the node takes part.
    public let loop: LoopContext?
    /// Named sums that the job's result reports.
    public let accumulators: Accumulators
    /// What this worker's operators chose at run time.
    public let choices: Choices
    /// Objects that the instances of one process share.
    public let shared: SharedObjects
    /// Whether an operator that must finish one port first keeps the rows of the others meanwhile, instead of
    /// refusing them: both descend from one source, which would wait for ever.
    public let damsEarlyRows: Bool
    /// Whether one thread steps all workers, in an order of its own: then an operator waits for what threads beside the
    /// workers do for it, so that what happens depends on that order alone. On threads of their own workers never wait.
    public let isStepped: Bool
    /// Bytes up to which the rows that all instances have to sort are work for one of them; 0 where that is not to be
    /// chosen.
    public let smallInputBytes: Int
    /// What the instance may keep in memory.
    public let memory: MemoryGrant
    /// Where it puts the rest.
    public let spill: any SpillArea
    /// Wakes the worker this instance runs on; may be called from any thread.
    public let wake: @Sendable () -> Void

    public init(
        uid: String, name: String, instance: Int, instances: Int, batchSize: Int, batchBytes: Int = .max,
        loop: LoopContext?, accumulators: Accumulators, choices: Choices = Choices(), shared: SharedObjects,
        damsEarlyRows: Bool = false, isStepped: Bool = false,
        smallInputBytes: Int = 0,
        memory: MemoryGrant, spill: any SpillArea, wake: @escaping @Sendable () -> Void
    ) {
        self.uid = uid
        self.name = name
        self.instance = instance
        self.instances = instances
        self.batchSize = batchSize
        self.batchBytes = batchBytes
        self.loop = loop
        self.accumulators = accumulators
        self.choices = choices
        self.shared = shared
        self.damsEarlyRows = damsEarlyRows
        self.isStepped = isStepped
        self.smallInputBytes = smallInputBytes
        self.memory = memory
        self.spill = spill
        self.wake = wake
    }

    /// How many rows of a type an operator that makes them puts into a batch: `batchSize`, or what fits into
    /// `batchBytes`, but not less than 64 for it, below which the costs of a batch lead.
    public func batchRows(of stride: Int) -> Int {
        min(batchSize, max(64, batchBytes / max(1, stride)))
    }

    /// Whether a frontier completes what the operator has been collecting: a round inside a loop, the
    /// whole input outside.
    ///
    /// In a loop, `end` only says that no further round comes; the last round has been completed by its
    /// marker.
    public func completes(_ frontier: Frontier) -> Bool {
        loop == nil ? frontier == .end : frontier.completedRound != nil
    }
}

/// Sums by name, kept by each worker and added up when the job ends.
public final class Accumulators {
    /// The sums so far.
    public private(set) var values: [String: Int64] = [:]

    /// - Parameter values: to go on from.
    public init(_ values: [String: Int64] = [:]) {
        self.values = values
    }

    /// Adds to the sum of the given name.
    public func add(_ amount: Int64, to name: String) {
        values[name, default: 0] += amount
    }
}
