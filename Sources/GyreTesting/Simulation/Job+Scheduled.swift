public import Gyre
public import GyreRuntime

extension Job {
    /// Runs the job on this thread in the order that a seed decides.
    ///
    /// - Throws: what `run` throws, and `JobError.stuck`.
    @discardableResult
    public func run(
        scheduledWith seed: UInt64, _ configuration: JobConfiguration = JobConfiguration(parallelism: 2)
    ) throws -> JobResult {
        try SeededScheduler(seed: seed).run(try prepare(configuration))
    }
}
