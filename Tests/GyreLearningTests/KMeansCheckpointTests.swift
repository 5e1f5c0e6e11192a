import Foundation
import Gyre
import GyreLearning
import GyreLearningAlgorithms
import Synchronization
import Testing

/// K-means that is stopped after its rounds, and goes on to the same bits.
@Suite struct KMeansCheckpointTests {
    private final class Folder: Sendable {
        let path = NSTemporaryDirectory() + "gyre-kmeans-checkpoints-" + UUID().uuidString
        deinit { try? FileManager.default.removeItem(atPath: path) }
        var policy: CheckpointPolicy { CheckpointPolicy(folder: path, everyRounds: 1) }
    }

    private final class StopSwitch: Sendable {
        private let execution = Mutex<JobExecution?>(nil)
        func connect(_ execution: JobExecution?) { self.execution.withLock { $0 = execution } }
        func pull() { execution.withLock { $0 }?.cancel() }
    }

    private func table(sparse: Bool) -> FeatureTable {
        var random = RandomBlobs(seed: 21)
        let rows = random.rows(9_000, columns: 3, centres: 5, spread: 7)
        let weights = rows.map { _ in random.unit() }
        return sparse ? FeatureTable(sparse: rows, weights: weights) : FeatureTable(rows, weights: weights)
    }

    /// Runs up to the end of a round, before its state is saved.
    private func stop(
        _ estimator: KMeans, _ table: FeatureTable, _ folder: Folder, workers: Int, after stop: Int
    ) throws {
        let stopSwitch = StopSwitch()
        let job = Job("fit")
        _ = try estimator.training(on: table, in: job).collect()
        let execution = try job.prepare(
            JobConfiguration(
                parallelism: workers,
                onProgress: { event in
                    if case .round("kmeans", let round) = event, round.number == stop { stopSwitch.pull() }
                }, checkpoint: folder.policy))
        stopSwitch.connect(execution)
        defer { stopSwitch.connect(nil) }
        #expect(throws: JobError.cancelled) { try execution.run() }
    }

    @Test(arguments: [false, true], [1, 3]) func goesOnFromItsRounds(sparse: Bool, workers: Int) throws {
        let table = table(sparse: sparse)
        // More rounds than sums are kept for; strict, so that one bit would lead elsewhere.
        let estimator = KMeans(k: 15, iterations: 36, tolerance: 0)
        let expected = try estimator.fit(table)
        let rounds = try #require(expected.training).rounds
        #expect(rounds > 33)
        for stop in [1, 2, 17, 31, 32, 33, rounds - 1] {
            let folder = Folder()
            try self.stop(estimator, table, folder, workers: workers, after: stop)
            let job = Job("fit")
            let fitted = try estimator.training(on: table, in: job).collect()
            let result = try job.run(JobConfiguration(parallelism: workers, checkpoint: folder.policy))
            let found = try #require(fitted.elements.first)
            #expect(found.centroids == expected.centroids, "stopped after round \(stop)")
            #expect(found.training == expected.training, "stopped after round \(stop)")
            if stop > 1 { #expect(result.loops["kmeans"]?.resumedFromRound == stop - 1) }
            // Once more, of what has ended.
            let again = try estimator.fit(
                table, configuration: JobConfiguration(parallelism: workers, checkpoint: folder.policy))
            #expect(again.centroids == expected.centroids && again.training == expected.training)
        }
    }

    @Test func anotherStartIsRefused() throws {
        let folder = Folder()
        let table = table(sparse: false)
        let configuration = JobConfiguration(parallelism: 2, checkpoint: folder.policy)
        _ = try KMeans(k: 3, iterations: 3).fit(table, configuration: configuration)
        #expect(throws: CheckpointError.self) {
            try KMeans(k: 3, iterations: 3, seed: 2).fit(table, configuration: configuration)
        }
    }
}
