import Gyre
import Synchronization

/// Bad records that closures on several workers report.
final class Reports: Sendable {
    private let list = Mutex<[BadRecord]>([])

    func add(_ bad: BadRecord) { list.withLock { $0.append(bad) } }

    var sorted: [BadRecord] { list.withLock { $0 }.sorted { ($0.file, $0.line) < ($1.file, $1.line) } }
}
