public import GyreColumns

/// The work of a dense iteration, cut into chunks: what one run of a loop over a dense solution set shares.
///
/// The closures are formed where the program's types are known, and are called once a chunk. A chunk is a
/// fixed range of positions that does not depend on the number of workers.
public struct DenseStep: Sendable {
    /// Makes the initial values of a chunk of positions.
    public var initialise: @Sendable (_ chunk: Int, _ worker: Int) throws -> Void
    /// How many chunks `initialise` and `result` have.
    public var chunkCount: Int
    /// Works on a chunk of a round.
    public var compute: @Sendable (_ chunk: Int, _ worker: Int, _ round: Int) throws -> Void
    /// Runs alone after each round (also after round 0, the initial values): publishes, reduces the chunks'
    /// partials in their order, and lays out the next round in `claims`.
    public var endRound: @Sendable (_ round: Int) -> RoundSummary
    /// The rows of a chunk of the solution set, when the loop is over.
    public var result: @Sendable (_ chunk: Int) -> Batch
    /// Who works on what.
    public var claims: ChunkClaims
    /// Where the chunks begin whose rows each worker gives out, and the number of chunks: contiguous ranges, which
    /// the maker balances by rows where chunks differ in them. Nil cuts by number of chunks.
    public var resultBorders: [Int]?
    /// How the vectors get into checkpoints and back; nil where the loop runs again instead.
    public var state: DenseState?

    public init(
        claims: ChunkClaims, chunkCount: Int, resultBorders: [Int]? = nil, state: DenseState? = nil,
        initialise: @escaping @Sendable (_ chunk: Int, _ worker: Int) throws -> Void,
        compute: @escaping @Sendable (_ chunk: Int, _ worker: Int, _ round: Int) throws -> Void,
        endRound: @escaping @Sendable (_ round: Int) -> RoundSummary,
        result: @escaping @Sendable (_ chunk: Int) -> Batch
    ) {
        self.claims = claims
        self.chunkCount = chunkCount
        self.resultBorders = resultBorders
        self.state = state
        self.initialise = initialise
        self.compute = compute
        self.endRound = endRound
        self.result = result
    }

    /// The chunks that a worker gives out as rows, and writes to checkpoints.
    func resultChunks(of worker: Int, among workers: Int) -> Range<Int> {
        if let resultBorders { return resultBorders[worker]..<resultBorders[worker + 1] }
        let start = Share.start(of: worker, among: workers, total: chunkCount)
        return start..<Share.start(of: worker + 1, among: workers, total: chunkCount)
    }

    /// Asked only of loops that checkpoints hold (`LoopHeadFactory.keepsState`).
    var keptState: DenseState {
        guard let state else { preconditionFailure("the loop's plan says that it keeps its state, its step does not") }
        return state
    }

    /// The step of this run, made by whichever operator comes first.
    static func shared(
        by context: OperatorContext, named name: String, make: @Sendable (Int) throws -> DenseStep
    ) throws -> DenseStep {
        let box = try context.shared.object(named: name) {
            let step = try make(context.instances)
            step.claims.begin(count: step.chunkCount)
            context.loop?.barrier.atEndOfRound { step.endRound($0) }
            if let state = step.state { context.loop?.barrier.atResumption { state.resume($0) } }
            return DenseStepBox(step)
        }
        return box.step
    }
}

private final class DenseStepBox: Sendable {
    let step: DenseStep
    init(_ step: DenseStep) { self.step = step }
}
