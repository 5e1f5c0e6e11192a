import GyreFormats
import Synchronization

/// Bad records, as the library tells of them, from any of its workers.
final class RejectedList: Sendable {
    private let list = Mutex<[BadRecord]>([])

    /// In the order in which they were told.
    var records: [BadRecord] { list.withLock { $0 } }

    /// In the order of the input, whichever worker was first.
    func records(of inputs: [String]) throws -> [BadRecord] {
        let places = Dictionary(
            try InputFiles.resolve(inputs).enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
        return records.sorted { left, right in
            (places[left.file] ?? .max, left.line) < (places[right.file] ?? .max, right.line)
        }
    }

    func append(_ record: BadRecord) {
        list.withLock { $0.append(record) }
    }
}
