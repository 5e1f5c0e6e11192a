import GyreOperators
import Synchronization

/// What the workers of one run share: whether to go on, and what has been reported.
final class JobState: Sendable {
    private struct Contents {
        var failure: (any Error)?
        var result = JobResult()
        /// The checkpoint under way, and the last one that is complete.
        var pending: JobCheckpoint?
        var latest: JobCheckpoint?
        var isEnding = false
    }

    /// How many instances of operators take part in a checkpoint.
    private let participants: Int
    private let requested: Atomic<UInt64>

    private let stop = Atomic<Bool>(false)
    private let contents = Mutex(Contents())

    /// - Parameter restored: the number of the checkpoint that the run goes on from, or 0.
    init(participants: Int, restored: UInt64) {
        self.participants = participants
        requested = Atomic(restored)
    }

    /// Whether workers must leave. Sequentially consistent, for a worker asks right after it has announced
    /// its sleep (`WakeUp`).
    var isStopping: Bool { stop.load(ordering: .sequentiallyConsistent) }

    /// Makes every worker leave. The first failure is the job's.
    func fail(_ error: any Error) {
        contents.withLock { $0.failure = $0.failure ?? error }
        stop.store(true, ordering: .sequentiallyConsistent)
    }

    var failure: (any Error)? { contents.withLock { $0.failure } }

    func record(_ event: ProgressEvent) {
        contents.withLock { contents in
            switch event {
            case .round(let loop, let round): contents.result.loops[loop, default: LoopReport()].rounds.append(round)
            case .loopEnded(let loop, _, let end): contents.result.loops[loop, default: LoopReport()].end = end
            case .resumed(let loop, let round):
                contents.result.loops[loop, default: LoopReport()].resumedFromRound = round
            case .checkpoint(let loop, let figures):
                contents.result.loops[loop, default: LoopReport()].checkpoints.append(figures)
            case .passedOver(let defect): contents.result.passedOver.append(defect)
            case .ended: break
            }
        }
    }

    func add(_ accumulators: [String: Int64]) {
        contents.withLock { $0.result.accumulators.merge(accumulators) { $0 + $1 } }
    }

    /// Each worker's come in one piece, in their order; workers end in any.
    func add(_ choices: [Choice]) {
        contents.withLock { $0.result.choices += choices }
    }

    func result(seconds: Double) -> JobResult {
        contents.withLock { contents in
            contents.result.seconds = seconds
            contents.result.choices.sort { ($0.uid, $0.instance) < ($1.uid, $1.instance) }
            return contents.result
        }
    }

    /// The number of the last checkpoint that was asked for.
    var requestedCheckpoint: UInt64 { requested.load(ordering: .sequentiallyConsistent) }

    /// Asks for a checkpoint; nil while another is under way, or when a worker has left already.
    func requestCheckpoint() -> UInt64? {
        contents.withLock { contents in
            guard contents.pending == nil, !contents.isEnding else { return nil }
            let number = requested.load(ordering: .sequentiallyConsistent) + 1
            contents.pending = JobCheckpoint(number: number)
            requested.store(number, ordering: .sequentiallyConsistent)
            return number
        }
    }

    /// The last checkpoint that is complete.
    var latestCheckpoint: JobCheckpoint? { contents.withLock { $0.latest } }

    /// A worker has nothing left to do; false if it has to take part in a checkpoint first.
    func leave(having taken: UInt64) -> Bool {
        contents.withLock { contents in
            guard taken >= requested.load(ordering: .sequentiallyConsistent) else { return false }
            contents.isEnding = true
            return true
        }
    }
}

extension JobState: SnapshotStore {
    func store(_ bytes: [UInt8], of identity: OperatorIdentity, isFinished: Bool, checkpoint: UInt64) {
        contents.withLock { contents in
            guard contents.pending?.number == checkpoint else { return }
            contents.pending?.parts[.init(uid: identity.uid, instance: identity.instance)] = JobCheckpoint.Part(
                bytes: bytes, isFinished: isFinished)
            if contents.pending?.parts.count == participants {
                contents.latest = contents.pending
                contents.pending = nil
            }
        }
    }
}
