public import GyrePlan

/// How much an operator may emit for what it is given; decides where chains end.
public enum Emission: Sendable {
    /// At most one batch for a batch, nothing on a frontier. Others may be chained behind it.
    case oneBatch
    /// Any amount, resumably. The operator ends its chain.
    case unbounded
}

/// What executes a node: makes its instances and says how they behave.
public struct OperatorFactory: NodeImplementation {
    /// Makes an instance; called once a worker, on that worker's thread.
    public let make: @Sendable () -> Operator
    /// How much instances emit.
    public let emission: Emission
    /// Whether the operator has no inputs and runs by `resume`: it answers `done` when it is exhausted.
    public let isSource: Bool
    /// The port that the operator may refuse until its other ports have ended, if any. It is the same for all
    /// instances: one that refused left and one that refused right would stop both sides of each other. Lowering
    /// looks for circles of such waits.
    public let heldPort: Int?
    /// Whether instances keep rows, or a table of them, and so have a share of the memory budget.
    public let isHungry: Bool
    /// Whether rows leave the job here: what a sink has seen in one run is not seen by the next.
    public let isSink: Bool

    /// - Parameters:
    ///   - holdsBack: whether a port may be refused.
    ///   - heldPort: which.
    @inlinable
    public init(
        emission: Emission, isSource: Bool = false, holdsBack: Bool = true, heldPort: Int = 0, isHungry: Bool = false,
        isSink: Bool = false,
        make: @escaping @Sendable () -> Operator
    ) {
        self.heldPort = holdsBack ? heldPort : nil
        self.isHungry = isHungry
        self.make = make
        self.emission = emission
        self.isSource = isSource
        self.isSink = isSink
    }
}
