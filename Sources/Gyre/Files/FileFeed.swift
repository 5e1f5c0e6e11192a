import GyreFormats
import GyreOperators
import GyreRuntime
import Synchronization

/// What the instances of one file source share: the blocks that are read ahead, and how the reading went wrong.
///
/// Block n goes to instance n modulo their number: the rows of an instance, and their order, are the same in each run.
final class FileFeed: Sendable {
    /// What an instance is to do about a failure.
    enum Verdict {
        /// Blocks before it are still being parsed, and may hold an earlier one.
        case undecided
        case fail(any Error)
    }

    private struct State {
        /// Blocks that each instance has done with.
        var finished: [Int]
        var hasEnded: [Bool]
        /// The first failure that is known: the block's number, `Int.max` for what lies behind all blocks.
        var failure: (block: Int, line: Int, error: any Error)?
        var waiting: [@Sendable () -> Void] = []
    }

    private let instances: Int
    private let ahead: ReadAhead<TextBlock>
    private let pool = PoolPlace()
    private let state: Mutex<State>

    init(_ input: RecordInput, instances: Int) {
        self.instances = instances
        state = Mutex(
            State(
                finished: Array(repeating: 0, count: instances), hasEnded: Array(repeating: false, count: instances)))
        ahead = ReadAhead(capacity: 2, lanes: instances) { [pool] in
            let reader = try input.makeReader()
            pool.set(reader.pool)
            return { try reader.next() }
        }
    }

    /// The instance's next block.
    func poll(for context: OperatorContext) -> ReadAhead<TextBlock>.Answer {
        ahead.poll(lane: context.instance, waits: context.isStepped, wake: context.wake)
    }

    /// An instance has done with its block.
    func finish(_ block: TextBlock, of instance: Int) {
        pool.recycle(block)
        change { $0.finished[instance] += 1 }
    }

    /// An instance gets no more blocks.
    func end(_ instance: Int) { change { $0.hasEnded[instance] = true } }

    /// A record, or the reading behind all blocks (`instance` nil), makes the job fail.
    func fail(_ error: any Error, line: Int, instance: Int?) {
        change { state in
            let block = instance.map { state.finished[$0] * instances + $0 } ?? Int.max
            if let known = state.failure, (known.block, known.line) <= (block, line) { return }
            state.failure = (block, line, error)
        }
        ahead.stop()
    }

    /// Whether there is a failure before the block that the instance would parse next.
    func failsBeforeNextBlock(of instance: Int) -> Bool {
        state.withLock { state in
            state.failure.map { $0.block < state.finished[instance] * instances + instance } ?? false
        }
    }

    /// Whether something has gone wrong, and what was first in the order of the input.
    ///
    /// - Parameter wake: called when an undecided verdict may have changed.
    func verdict(wake: @escaping @Sendable () -> Void) -> Verdict? {
        state.withLock { state in
            guard let failure = state.failure else { return nil }
            let isFirst = (0..<instances).allSatisfy { instance in
                state.hasEnded[instance] || state.finished[instance] * instances + instance >= failure.block
            }
            if isFirst { return .fail(failure.error) }
            state.waiting.append(wake)
            return .undecided
        }
    }

    /// Ends the reading, where the job does.
    func stop() { ahead.stop() }

    private func change(_ body: (inout State) -> Void) {
        let waiting = state.withLock { state in
            body(&state)
            defer { state.waiting = [] }
            return state.waiting
        }
        for wake in waiting { wake() }
    }
}

/// The pool of a reader that lives on another thread.
private final class PoolPlace: Sendable {
    private let pool = Mutex<BlockPool?>(nil)

    func set(_ pool: BlockPool) { self.pool.withLock { $0 = pool } }

    func recycle(_ block: TextBlock) { pool.withLock { $0 }?.recycle(block) }
}
