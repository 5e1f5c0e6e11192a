import GyreOperators
public import GyrePlan
import GyreTime

/// One run of a plan.
///
/// `run` blocks its caller; `cancel` may be called from any other thread and makes `run` throw
/// `JobError.cancelled` as soon as every worker has finished the batch or chunk it is at.
public final class JobExecution: Sendable {
    private let assembly: Assembly
    private let configuration: JobConfiguration

    /// Lowers the plan.
    ///
    /// With a checkpoint policy, the folder is opened, and held against other runs for as long as this object lives.
    ///
    /// - Parameter checkpoint: what to go on from; of the same plan at the same parallelism.
    /// - Throws: `MemoryError.budgetTooSmall` where the plan cannot run within the budget; `CheckpointError` where the
    ///   folder of the configuration's policy cannot be used for this plan.
    public init(_ plan: Plan, configuration: JobConfiguration, restoring checkpoint: JobCheckpoint? = nil) throws {
        self.configuration = configuration
        let (chosen, choices) = SmallInputs.gather(plan, configuration)
        assembly = try Assembly(
            Lowering.lower(chosen, workers: configuration.parallelism), configuration: configuration,
            checkpoint: checkpoint)
        assembly.state.add(choices)
    }

    /// Asks for a checkpoint: sources send a barrier between two batches, and every operator writes its state
    /// when the barrier has come on all its channels. May be called from any thread.
    ///
    /// - Returns: its number; nil while another is under way, or when the job is about to end.
    /// - Throws: `JobError.checkpointOfLoop`, for barriers do not pass through loops yet.
    public func triggerCheckpoint() throws -> UInt64? {
        guard assembly.physical.plan.loops.isEmpty else { throw JobError.checkpointOfLoop }
        let number = assembly.state.requestCheckpoint()
        assembly.wakeAll()
        return number
    }

    /// The last checkpoint that is complete.
    public var latestCheckpoint: JobCheckpoint? { assembly.state.latestCheckpoint }

    /// Runs to the end.
    ///
    /// - Throws: `OperatorError` if an operator failed, `JobError.cancelled` after `cancel`.
    public func run() throws -> JobResult {
        let start = configuration.clock.nanoseconds()
        let state = assembly.state
        let spin = configuration.parallelism <= JobConfiguration.availableCores ? configuration.spinNanoseconds : 0
        let threads = (0..<configuration.parallelism).map { number in
            WorkerThread { [assembly, configuration] in
                do {
                    let worker = try assembly.makeWorker(number)
                    try JobExecution.drive(
                        worker, wakeUp: assembly.wakeUps[number], state: state, spin: spin, clock: configuration.clock)
                } catch {
                    state.fail(error)
                    assembly.wakeAll()
                }
            }
        }
        for thread in threads { thread.join() }
        configuration.onProgress?(.ended(spilledBytes: assembly.spill.spilledBytes))
        if let failure = state.failure { throw failure }
        return result(seconds: Double(configuration.clock.nanoseconds() - start) * 1e-9)
    }

    /// Stops the run.
    public func cancel() {
        assembly.state.fail(JobError.cancelled)
        assembly.wakeAll()
    }

    /// The workers, for a driver that steps them by itself on one thread.
    public func makeWorkers() throws -> [Worker] {
        try (0..<configuration.parallelism).map { try assembly.makeWorker($0, isStepped: true) }
    }

    /// What the run leaves, once all workers are done.
    public func conclude() throws -> JobResult {
        configuration.onProgress?(.ended(spilledBytes: assembly.spill.spilledBytes))
        if let failure = assembly.state.failure { throw failure }
        return result(seconds: 0)
    }

    private func result(seconds: Double) -> JobResult {
        var result = assembly.state.result(seconds: seconds)
        result.spilledBytes = assembly.spill.spilledBytes
        return result
    }

    private static func drive(
        _ worker: Worker, wakeUp: WakeUp, state: JobState, spin: UInt64, clock: any ElapsedTimeClock
    ) throws {
        var idleSince: UInt64?
        while true {
            switch try worker.step() {
            case .done: return
            case .worked: idleSince = nil
            case .idle:
                let now = clock.nanoseconds()
                let since = idleSince ?? now
                idleSince = since
                if now - since < spin { continue }
                try wakeUp.sleep { try state.isStopping || worker.step() != .idle }
                idleSince = nil
            }
        }
    }
}
