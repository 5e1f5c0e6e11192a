public import GyrePlan

/// What executes the head of a loop: an operator, and what the loop is made of besides nodes.
public struct LoopHeadFactory: NodeImplementation {
    /// Makes the head; the argument is how many ports come back.
    public let make: @Sendable (_ feedbackPorts: Int) -> Operator
    /// Of the loop's first head; the others' is ignored.
    public let definition: LoopDefinition
    /// 0 where the heads meet once before the first round, else 1.
    public let firstRound: Int
    /// Whether instances keep rows from one round to the next, and so have a share of the memory budget.
    public let isHungry: Bool

    /// Whether checkpoints hold the loop. One that they do not hold runs again.
    public let keepsState: Bool

    public init(
        definition: LoopDefinition, firstRound: Int, keepsState: Bool = true, isHungry: Bool = false,
        make: @escaping @Sendable (_ feedbackPorts: Int) -> Operator
    ) {
        self.definition = definition
        self.firstRound = firstRound
        self.keepsState = keepsState
        self.isHungry = isHungry
        self.make = make
    }
}
