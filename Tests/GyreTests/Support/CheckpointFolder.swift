import Foundation
import Gyre
import GyreTesting

/// A folder for the checkpoints of a test, removed at the end.
final class CheckpointFolder: Sendable {
    let path = NSTemporaryDirectory() + "gyre-checkpoints-" + UUID().uuidString

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func policy(_ every: Int = 1) -> CheckpointPolicy { CheckpointPolicy(folder: path, everyRounds: every) }
}

extension Job {
    /// Runs the job until a loop has done a number of rounds, and stops it there.
    ///
    /// - Returns: the result where the loop ended before.
    func run(
        _ mode: RunMode, checkpoint: CheckpointPolicy?, stoppingAfter round: Int? = nil, of loop: String = "loop"
    ) throws -> JobResult? {
        let stop = StopSwitch()
        var configuration = JobConfiguration(
            parallelism: mode.parallelism, batchSize: mode.batchSize, channelCapacity: 2, clock: VirtualClock(),
            checkpoint: checkpoint)
        configuration.onProgress = { event in
            if case .round(loop, let figures) = event, figures.number == round { stop.pull() }
        }
        let execution = try prepare(configuration)
        stop.connect(execution)
        // The run holds its folder for as long as it lives.
        defer { stop.connect(nil) }
        do {
            guard let seed = mode.seed else { return try execution.run() }
            return try SeededScheduler(seed: seed).run(execution)
        } catch JobError.cancelled {
            return nil
        }
    }
}
