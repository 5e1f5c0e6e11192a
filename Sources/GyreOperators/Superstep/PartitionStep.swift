public import GyreColumns

/// The work of a dense iteration in message form: what one worker does with its own part of the solution set.
///
/// Nothing is shared between workers; what one must know of another's vertices comes as rows over an exchange.
/// The closures are formed where the program's types are known and belong to one worker.
public struct PartitionStep {
    /// Makes the initial values.
    public var initialise: (LoopContext) -> PartitionCounts
    /// Fills a batch with messages of this round from the place where the last call ended; nil when all are sent.
    public var send: (_ round: Int) -> Batch?
    /// Takes messages of this round.
    public var receive: (Batch) -> Void
    /// Works on what has come; all messages of the round are there.
    public var apply: (LoopContext) -> PartitionCounts
    /// The next rows of this worker's part; nil when there are no more.
    public var result: () -> Batch?
    /// What the state is computed of (`DenseState.identity`).
    public var identity: () -> [String: String]
    /// Writes this worker's part between two rounds, in one frame, and reads it back in place of `initialise`.
    public var save: (inout ByteWriter) throws -> Void
    public var restore: (inout ByteReader) throws -> Void

    public init(
        initialise: @escaping (LoopContext) -> PartitionCounts, send: @escaping (_ round: Int) -> Batch?,
        receive: @escaping (Batch) -> Void, apply: @escaping (LoopContext) -> PartitionCounts,
        result: @escaping () -> Batch?, identity: @escaping () -> [String: String],
        save: @escaping (inout ByteWriter) throws -> Void, restore: @escaping (inout ByteReader) throws -> Void
    ) {
        self.identity = identity
        self.save = save
        self.restore = restore
        self.initialise = initialise
        self.send = send
        self.receive = receive
        self.apply = apply
        self.result = result
    }
}

/// How much a worker has to do, and has done.
public struct PartitionCounts: Sendable {
    public var workset: Int
    public var changed: Int

    public init(workset: Int, changed: Int) {
        self.workset = workset
        self.changed = changed
    }
}

/// The step of one worker, which three operators of the loop share.
final class PartitionState {
    let step: PartitionStep
    var counts = PartitionCounts(workset: 0, changed: 0)

    init(step: PartitionStep) {
        self.step = step
    }

    static func of(
        _ context: OperatorContext, head: Int, make: (Int, Int) throws -> PartitionStep
    ) rethrows -> PartitionState {
        guard let loop = context.loop else { preconditionFailure("\(context.name) is not in a loop") }
        let step = try make(context.instance, context.instances)
        return loop.solutionSet(headedBy: head) { PartitionState(step: step) }
    }
}
