import Foundation
import Gyre
import GyreLearning
import GyreLearningAlgorithms
import Synchronization
import Testing

/// Trainings that are stopped after their rounds, and go on from their checkpoint to the same bits.
@Suite struct LinearModelCheckpointTests {
    private final class Folder: Sendable {
        let path = NSTemporaryDirectory() + "gyre-linear-checkpoints-" + UUID().uuidString
        deinit { try? FileManager.default.removeItem(atPath: path) }
        var policy: CheckpointPolicy { CheckpointPolicy(folder: path, everyRounds: 1) }
    }

    private final class StopSwitch: Sendable {
        private let execution = Mutex<JobExecution?>(nil)
        func connect(_ execution: JobExecution?) { self.execution.withLock { $0 = execution } }
        func pull() { execution.withLock { $0 }?.cancel() }
    }

    enum Subject: CaseIterable {
        case logistic, wideLogistic, squared, factor

        var loop: String {
            switch self {
            case .logistic, .wideLogistic: "logistic-regression"
            case .squared, .factor: "linear-regression"
            }
        }

        var table: FeatureTable {
            switch self {
            case .logistic: return LinearModelData(rows: 20_000, features: 4, seed: 1, isBinary: true).table
            case .wideLogistic: return LinearModelData(rows: 60, features: 20, seed: 2, isBinary: true).table
            case .squared: return LinearModelData(rows: 20_000, features: 4, seed: 3).table
            case .factor:
                var data = LinearModelData(rows: 20_000, features: 3, seed: 4)
                for row in data.rows.indices { data.rows[row][2] = data.rows[row][0] - data.rows[row][1] }
                return data.table
            }
        }

        /// Writes the training down; the bits of what was fitted.
        func write(_ table: FeatureTable, _ job: Job) throws -> () -> [UInt64] {
            switch self {
            case .logistic, .wideLogistic:
                let fitted = try LogisticRegression(tolerance: 1e-9).training(on: table, in: job).collect()
                return { fitted.elements.flatMap { $0.coefficients + [$0.intercept] }.map(\.bitPattern) }
            case .squared, .factor:
                let estimator = LinearRegression(solver: self == .factor ? .normal : .lbfgs, tolerance: 1e-12)
                let fitted = try estimator.training(on: table, in: job).collect()
                return { fitted.elements.flatMap { $0.coefficients + [$0.intercept] }.map(\.bitPattern) }
            }
        }
    }

    @Test(arguments: Subject.allCases) func goesOnFromItsRounds(subject: Subject) throws {
        let table = subject.table
        let plain = Job()
        let expected = try subject.write(table, plain)
        let result = try plain.run(JobConfiguration(parallelism: 2))
        let rounds = try #require(result.loops[subject.loop]?.rounds.count)
        #expect(subject == .factor ? rounds == 2 : rounds > 3)
        for stop in Set([1, 2, rounds / 2, rounds - 1, rounds]).sorted() where stop > 0 {
            let folder = Folder()
            try stopped(subject, table, folder, after: stop)
            let job = Job()
            let found = try subject.write(table, job)
            let resumed = try job.run(JobConfiguration(parallelism: 2, checkpoint: folder.policy))
            let note = "stopped after round \(stop)"
            #expect(found() == expected(), "\(note)")
            let loop = try #require(resumed.loops[subject.loop])
            #expect(loop.resumedFromRound == (stop == 1 ? nil : stop - 1), "\(note)")
            #expect(loop.rounds.map(\.number) == Array(stop...rounds), "\(note)")
            // Once more, of what has ended.
            let again = Job()
            let same = try subject.write(table, again)
            let last = try again.run(JobConfiguration(parallelism: 2, checkpoint: folder.policy))
            #expect(same() == expected(), "\(note)")
            #expect(last.loops[subject.loop]?.rounds == [], "\(note)")
        }
    }

    /// Runs a training up to the end of a round, before its state is saved.
    private func stopped(_ subject: Subject, _ table: FeatureTable, _ folder: Folder, after stop: Int) throws {
        let stopSwitch = StopSwitch()
        let job = Job()
        _ = try subject.write(table, job)
        let execution = try job.prepare(
            JobConfiguration(
                parallelism: 2,
                onProgress: { event in
                    if case .round(subject.loop, let round) = event, round.number == stop { stopSwitch.pull() }
                }, checkpoint: folder.policy))
        stopSwitch.connect(execution)
        defer { stopSwitch.connect(nil) }
        do { _ = try execution.run() } catch JobError.cancelled {}
    }

    @Test func otherParametersOrRowsAreRefused() throws {
        let folder = Folder()
        let table = Subject.logistic.table
        func fit(_ estimator: LogisticRegression, _ table: FeatureTable) throws {
            _ = try estimator.fit(table, configuration: JobConfiguration(parallelism: 2, checkpoint: folder.policy))
        }
        try fit(LogisticRegression(), table)
        try fit(LogisticRegression(), table)
        for (estimator, other) in [
            (LogisticRegression(l2: 2), table), (LogisticRegression(tolerance: 1e-5), table),
            (LogisticRegression(fitsIntercept: false), table),
            (LogisticRegression(), LinearModelData(rows: 20_000, features: 4, seed: 5, isBinary: true).table),
        ] {
            #expect(throws: CheckpointError.self) { try fit(estimator, other) }
        }
    }
}
