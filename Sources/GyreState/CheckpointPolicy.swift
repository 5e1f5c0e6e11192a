/// Where and how often the loops of a job are checkpointed (`CheckpointRules`).
///
/// A job that is run again over the same folder goes on from there. Where the folder's last run has ended, the
/// result is made from the state that its loops ended with, without a round.
public struct CheckpointPolicy: Sendable {
    /// What a run does with what it finds.
    public enum Start: Sendable, Equatable {
        /// Goes on from the newest intact checkpoint; begins where there is none.
        case resume
        /// Begins anew, and removes what a run that has ended has left. A run that has not ended is not thrown away:
        /// `CheckpointError.unfinished`.
        case begin
    }

    /// The folder; made where there is none. It belongs to one job.
    public var folder: String
    /// A checkpoint follows each round whose number is a multiple of this, and the last round of each loop.
    public var everyRounds: Int
    /// How many checkpoints stay: the newest, and older ones for the case that it is torn.
    public var keeping: Int
    public var start: Start
    /// What the job computes and of what, in the caller's words: parameters and inputs that the plan does not show. A
    /// checkpoint under another identity is refused, and the entry that differs is named.
    public var identity: [String: String]
    /// Holds the folder from before the run.
    var reservation: CheckpointReservation?

    /// - Precondition: `everyRounds` and `keeping` are at least 1.
    public init(
        folder: String, everyRounds: Int, keeping: Int = 2, start: Start = .resume, identity: [String: String] = [:]
    ) {
        precondition(everyRounds > 0, "a checkpoint every \(everyRounds) rounds, expected at least 1")
        precondition(keeping > 0, "\(keeping) checkpoints are kept, expected at least 1")
        self.folder = folder
        self.everyRounds = everyRounds
        self.keeping = keeping
        self.start = start
        self.identity = identity
    }

    /// The same policy, with the folder held against other runs from now on and looked at: that it can be made, and that
    /// what it holds is sound and of this identity. For callers that do something expensive before the job.
    ///
    /// The folder is held for as long as the answer, or a run with it, lives. One that was made for it and holds nothing
    /// then is removed again.
    public func reserved() throws(CheckpointError) -> CheckpointPolicy {
        var policy = self
        let reservation = try CheckpointReservation(folder: folder)
        _ = try CheckpointStore.recover(reservation.folder, policy: self, job: nil)
        policy.reservation = reservation
        return policy
    }

    /// Removes what the process would leave behind if it ended now: before the first checkpoint, the lock, files under
    /// way, and the folder if it was made for it. From here on no checkpoint can be written. Once there is one, nothing
    /// is removed: it is there to go on from.
    ///
    /// For signals: any thread may call it, whatever the run is doing. Of a policy that is not `reserved`, nothing.
    public func discardUnfinished() {
        reservation?.discardUnfinished()
    }
}
