/// Why a job did not deliver its result, apart from what its operators threw.
public enum JobError: Error, Equatable, Sendable {
    /// `cancel` was called.
    case cancelled
    /// No worker can go on: a bug of ours, found by the seeded scheduler.
    case stuck
    /// A checkpoint of a job with loops was asked for.
    case checkpointOfLoop
}
