import Gyre
import GyreTesting
import Testing

/// One way to run a job: on threads, or on one thread in the order of a seed.
struct RunMode: CustomTestStringConvertible, Sendable {
    var parallelism: Int
    var batchSize: Int
    var seed: UInt64?

    var testDescription: String {
        "parallelism \(parallelism), batches of \(batchSize)" + (seed.map { ", seed \($0)" } ?? ", threads")
    }

    /// A few of each kind; more workers than this machine has cores among them.
    static let all: [RunMode] =
        [1, 2, 3, 7].flatMap { parallelism in
            [1, 7, 2048].map { RunMode(parallelism: parallelism, batchSize: $0) }
                + (1...6).map { RunMode(parallelism: parallelism, batchSize: [1, 3, 64][$0 % 3], seed: UInt64($0)) }
        }
}

extension Job {
    @discardableResult
    func run(_ mode: RunMode, channelCapacity: Int = 2) throws -> JobResult {
        let configuration = JobConfiguration(
            parallelism: mode.parallelism, batchSize: mode.batchSize, channelCapacity: channelCapacity,
            clock: VirtualClock())
        guard let seed = mode.seed else { return try run(configuration) }
        return try run(scheduledWith: seed, configuration)
    }
}
