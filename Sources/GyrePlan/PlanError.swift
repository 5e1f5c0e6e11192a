/// Why a plan cannot run.
public enum PlanError: Error, Equatable, Sendable {
    /// Two nodes were given the same uid.
    case duplicateUID(String)
    /// A loop was built in the step of another loop, over a stream of that loop.
    case nestedLoop(outer: String, inner: String)
    /// A stream of a loop's step was used outside the step. Only what the loop returns leaves it.
    case escapedLoop(loop: String, node: String)
    /// A step returned a stream that does not come from the loop's own input, so that every round would
    /// be the same.
    case stepIgnoresInput(loop: String)
    /// A maximum, a parallelism or another number is out of its range.
    case outOfRange(node: String, parameter: String, value: Int, expected: String)
    /// Rows of this type cannot cross workers, since they have no codec.
    case notEncodable(node: String, elementType: String)
    /// A global edge leads to a node with several instances, all but one of which would get nothing.
    case globalIntoSeveral(node: String)
    /// A join was given a strategy by which it cannot be carried out.
    case unsuitedStrategy(node: String, strategy: String, join: String)
    /// An edge that is forward joins nodes with different numbers of instances.
    case forwardBetweenParallelisms(from: String, to: String)
    /// A stream adds to an aggregator, but is the same in every round, or belongs to no loop.
    case contributesOutsideLoop(node: String, aggregator: String)
    /// A stream adds to an aggregator that its loop was not given.
    case unknownAggregator(node: String, aggregator: String, loop: String)
}

extension PlanError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .duplicateUID(let uid):
            "two nodes have the uid \"\(uid)\"; give each its own"
        case .nestedLoop(let outer, let inner):
            "loop \"\(inner)\" is built inside the step of loop \"\(outer)\"; a loop inside a loop is not supported: "
                + "build it before the outer loop, or unroll it"
        case .escapedLoop(let loop, let node):
            "node \"\(node)\" uses a stream of loop \"\(loop)\" outside its step; only what the loop returns leaves it"
        case .stepIgnoresInput(let loop):
            "the step of loop \"\(loop)\" returns a stream that does not depend on its input"
        case .outOfRange(let node, let parameter, let value, let expected):
            "node \"\(node)\": \(parameter) is \(value), expected \(expected)"
        case .notEncodable(let node, let elementType):
            "node \"\(node)\" moves rows of type \(elementType) between workers, but the type is not Codable"
        case .globalIntoSeveral(let node):
            "a global edge leads to node \"\(node)\", which has several instances"
        case .contributesOutsideLoop(let node, let aggregator):
            "node \"\(node)\" adds to aggregator \"\(aggregator)\" but does not depend on a loop's input"
        case .unknownAggregator(let node, let aggregator, let loop):
            "node \"\(node)\" adds to aggregator \"\(aggregator)\", which loop \"\(loop)\" was not given"
        case .unsuitedStrategy(let node, let strategy, let join):
            "node \"\(node)\": an \(join) join cannot be carried out as \"\(strategy)\", for no worker sees all partners of "
                + "the rows that it would have to emit alone"
        case .forwardBetweenParallelisms(let from, let to):
            "a forward edge joins \"\(from)\" and \"\(to)\", which have different parallelisms"
        }
    }
}
