import GyreOperators
import Synchronization

/// What the workers of one run share: whether to go on, and what has been reported.
final class JobState: Sendable {
    private struct Contents {
        var failure: (any Error)?
        var result = JobResult()
        var snapshots: [UInt64: [OperatorIdentity: [UInt8]]] = [:]
    }

    private let stop = Atomic<Bool>(false)
    private let contents = Mutex(Contents())

    /// Whether workers must leave.
    var isStopping: Bool { stop.load(ordering: .relaxed) }

    /// Makes every worker leave. The first failure is the job's.
    func fail(_ error: any Error) {
        contents.withLock { $0.failure = $0.failure ?? error }
        stop.store(true, ordering: .sequentiallyConsistent)
    }

    var failure: (any Error)? { contents.withLock { $0.failure } }

    func record(_ round: LoopRound, of loop: String, end: LoopEnd?) {
        contents.withLock { contents in
            contents.result.loops[loop, default: LoopReport()].rounds.append(round)
            contents.result.loops[loop]?.end = end
        }
    }

    func add(_ accumulators: [String: Int64]) {
        contents.withLock { $0.result.accumulators.merge(accumulators) { $0 + $1 } }
    }

    func result(seconds: Double) -> JobResult {
        contents.withLock { contents in
            contents.result.seconds = seconds
            return contents.result
        }
    }

    /// What operators wrote for a checkpoint.
    func snapshots(ofCheckpoint number: UInt64) -> [OperatorIdentity: [UInt8]] {
        contents.withLock { $0.snapshots[number] ?? [:] }
    }
}

extension JobState: SnapshotStore {
    func store(_ bytes: [UInt8], of identity: OperatorIdentity, checkpoint: UInt64) {
        contents.withLock { $0.snapshots[checkpoint, default: [:]][identity] = bytes }
    }
}
