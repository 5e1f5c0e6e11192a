public import GyreRuntime

/// Runs a job on one thread, in an order that a seed decides: whatever threads could reorder, it does.
///
/// It goes in phases. In each, a random part of all (worker, segment) pairs may run and the rest stands
/// still, so that one worker runs far ahead of another, which fair schedulers never show.
public struct SeededScheduler: Sendable {
    /// The seed; to be printed where a run fails.
    public let seed: UInt64
    /// Called before each step, on the one thread; for checkpoints and cancellation at a certain step.
    public var beforeStep: (@Sendable (_ step: Int) throws -> Void)?

    public init(seed: UInt64, beforeStep: (@Sendable (_ step: Int) throws -> Void)? = nil) {
        self.seed = seed
        self.beforeStep = beforeStep
    }

    private struct Place {
        var worker: Int
        var segment: Int
    }

    /// Runs to the end.
    ///
    /// - Throws: what the job throws, and `JobError.stuck` when no segment of any worker can do anything.
    public func run(_ execution: JobExecution) throws -> JobResult {
        var generator = SeededGenerator(seed: seed)
        let workers = try execution.makeWorkers()
        let places = workers.indices.flatMap { worker in
            (0..<workers[worker].segmentCount).map { Place(worker: worker, segment: $0) }
        }
        var isDone = workers.map { $0.segmentCount == 0 }
        var steps = 0

        func step(_ place: Place) throws -> Bool {
            try beforeStep?(steps)
            steps += 1
            switch try workers[place.worker].step(segment: place.segment) {
            case .worked: return true
            case .idle: return false
            case .done:
                defer { isDone[place.worker] = true }
                return !isDone[place.worker]
            }
        }

        while isDone.contains(false) {
            let share = [0.15, 0.5, 1.0][generator.below(3)]
            let awake = places.filter { _ in Double.random(in: 0..<1, using: &generator) < share }
            var hasWorked = false
            if !awake.isEmpty {
                var misses = 0
                for _ in 0..<(1 + generator.below(64)) where misses < 2 * awake.count {
                    if try step(awake[generator.below(awake.count)]) {
                        hasWorked = true
                        misses = 0
                    } else {
                        misses += 1
                    }
                }
            }
            if !hasWorked, !isDone.allSatisfy({ $0 }) {
                // Two passes: the first may only move what waits in overflow lists, which is no step by itself.
                for _ in 0..<2 where !hasWorked {
                    for place in places.shuffled(using: &generator) where try step(place) { hasWorked = true }
                }
                if !hasWorked, isDone.contains(false) { throw JobError.stuck }
            }
        }
        return try execution.conclude()
    }
}
