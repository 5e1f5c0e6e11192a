public import GyreOperators

/// Where an operator under test stands.
public struct HarnessSettings {
    /// Input ports that are no feedback; their frontiers' minimum is the operator's.
    public var ports = 1
    /// Ports behind these that close a loop.
    public var feedbackPorts = 0
    public var batchSize = 64
    /// Batches that find room before the operator has to yield.
    public var room = Int.max
    public var instance = 0
    public var instances = 1
    public var loop: LoopContext?
    public var damsEarlyRows = false

    public init() {}

    func context() -> OperatorContext {
        OperatorContext(
            uid: "harness", name: "harness", instance: instance, instances: instances, batchSize: batchSize, loop: loop,
            accumulators: Accumulators(), shared: SharedObjects(), damsEarlyRows: damsEarlyRows, wake: {})
    }
}
