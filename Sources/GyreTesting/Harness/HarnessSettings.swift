public import GyreOperators

/// Where an operator under test stands.
public struct HarnessSettings {
    /// Input ports that are no feedback; their frontiers' minimum is the operator's.
    public var ports = 1
    /// Ports behind these that close a loop.
    public var feedbackPorts = 0
    public var batchSize = 64
    public var batchBytes = Int.max
    /// Batches that find room before the operator has to yield.
    public var room = Int.max
    public var instance = 0
    public var instances = 1
    public var loop: LoopContext?
    public var damsEarlyRows = false
    /// Bytes that the operator may keep; nil if all it wants.
    public var memoryFloor: Int?
    /// What it chooses.
    public var choices = Choices()
    /// Where it spills.
    public var spill = MemorySpillArea()

    public init() {}

    /// What an instance with these settings is told of its place.
    public func context() -> OperatorContext {
        let memory =
            memoryFloor.map { MemoryGrant(node: "harness", floor: $0, budget: 2 * $0, pool: EmptyPool()) }
            ?? MemoryGrant(unlimitedFor: "harness")
        return OperatorContext(
            uid: "harness", name: "harness", instance: instance, instances: instances, batchSize: batchSize,
            batchBytes: batchBytes, loop: loop,
            accumulators: Accumulators(), choices: choices, shared: SharedObjects(), damsEarlyRows: damsEarlyRows,
            memory: memory, spill: spill, wake: {})
    }
}
