import Gyre
import GyreColumns
import GyreOperators
import Synchronization

/// One run of a training program over a table: what the loop's workers share.
///
/// State, parts and scratch are behind locks that are taken once a chunk; what is behind a part is its claimant's alone.
final class TrainingEngine<Program: TrainingProgram>: Sendable {
    typealias Result = Trained<Program.State, Program.Final>

    let program: Program
    let table: FeatureTable
    let chunks: [TrainingChunk]
    let claims: ChunkClaims
    let trained: Mutex<Result>
    private let parts: Mutex<[Program.Part?]>
    private let scratch: Mutex<[Program.Scratch?]>
    private let failure = Mutex<(any Error)?>(nil)
    private let lease: MemoryLease

    init(_ program: Program, table: FeatureTable, name: String, workers: Int) throws {
        self.program = program
        self.table = table
        let layout = TrainingChunks(rowCount: table.rowCount, fixedPartBytes: program.partByteCount(rows: 0))
        chunks = (0..<layout.count).map { TrainingChunk(index: $0, rows: layout.rows($0), of: table) }
        lease = try table.account.lease(
            chunks.reduce(0) { $0 + program.partByteCount(rows: $1.rows.count) }, for: name)
        claims = ChunkClaims(workers: workers)
        trained = Mutex(
            Trained(state: try program.initialState(), rounds: 0, isConverged: false, figures: [:], finals: []))
        parts = Mutex(Array(repeating: nil, count: layout.count))
        scratch = Mutex(Array(repeating: nil, count: workers))
    }

    /// Round 0 of a chunk.
    func initialise(_ chunk: Int) {
        let part = program.makePart(for: chunks[chunk])
        parts.withLock { $0[chunk] = part }
    }

    /// The part of a chunk, which round 0 or a resumption has made.
    func part(_ chunk: Int) -> Program.Part {
        guard let part = parts.withLock({ $0[chunk] }) else { preconditionFailure("chunk \(chunk) has no part") }
        return part
    }

    func compute(_ chunk: Int, worker: Int, round: Int) throws {
        let state = trained.withLock { $0.state }
        try program.compute(chunks[chunk], part(chunk), state, round: round, scratch: scratch(of: worker))
    }

    private func scratch(of worker: Int) -> Program.Scratch {
        if let made = scratch.withLock({ $0[worker] }) { return made }
        let made = program.makeScratch()
        scratch.withLock { $0[worker] = made }
        return made
    }

    /// Puts the parts together and lays out the next round. Runs alone. An error ends the loop and is its outcome.
    func endRound(_ round: Int) -> RoundSummary {
        claims.begin(count: chunks.count)
        guard round > 0 else {
            return RoundSummary(aggregates: [DenseConvergence.name: false], workset: table.rowCount)
        }
        let parts = chunks.indices.map { part($0) }
        do {
            let end = try trained.withLock { trained in
                let end = try program.endRound(parts, &trained.state, round: round)
                trained.rounds = round
                trained.isConverged = end.isConverged
                trained.figures = end.figures
                return end
            }
            var aggregates: [String: any Sendable] = end.figures
            aggregates[DenseConvergence.name] = end.isConverged
            return RoundSummary(aggregates: aggregates, workset: table.rowCount, changed: end.changed)
        } catch {
            failure.withLock { $0 = error }
            return RoundSummary(aggregates: [DenseConvergence.name: true], workset: table.rowCount)
        }
    }

    /// What the loop yields of a chunk: its last word, and from the first chunk the result.
    func result(_ chunk: Int) -> Batch {
        let failure = failure.withLock { $0 }
        let trained = trained.withLock { $0 }
        return RowBatch(
            CollectionOfOne(
                ChunkOutcome<Program.State, Program.Final>(
                    trained: chunk == 0 ? trained : nil,
                    final: failure == nil ? program.finish(chunks[chunk], part(chunk), trained.state) : nil,
                    failure: failure)))
    }

    /// The kernel's view of the engine.
    var step: DenseStep {
        DenseStep(
            claims: claims, chunkCount: chunks.count, state: state,
            initialise: { chunk, _ in self.initialise(chunk) },
            compute: { chunk, worker, round in try self.compute(chunk, worker: worker, round: round) },
            endRound: { self.endRound($0) }, result: { self.result($0) })
    }
}
