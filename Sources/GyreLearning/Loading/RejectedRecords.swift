import GyreFormats
import Synchronization

/// The records of a table's input that were refused, from all workers.
final class RejectedRecords: Sendable {
    private struct State {
        var count = 0
        var records: [(place: BlockPosition, record: BadRecord)] = []
    }

    private let keeps: Bool
    private let state = Mutex(State())

    /// - Parameter keeps: whether the records are wanted, or only their number.
    init(keeps: Bool) {
        self.keeps = keeps
    }

    func add(_ record: BadRecord, at place: BlockPosition) {
        state.withLock { state in
            state.count += 1
            if keeps { state.records.append((place, record)) }
        }
    }

    var count: Int { state.withLock { $0.count } }

    /// In the order of the input.
    var records: [BadRecord] {
        state.withLock { state in
            state.records.sorted { ($0.place, $0.record.line) < ($1.place, $1.record.line) }.map(\.record)
        }
    }
}
