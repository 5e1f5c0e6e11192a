import Synchronization

/// Keeps the first rejection in the order of the input, whichever thread finds which when.
///
/// With the ledger it decides what "fail at the first bad record" means: once every earlier block is recorded, no
/// earlier rejection can come. Safe to use from any thread.
public final class FirstRejection: Sendable {
    private let first = Mutex<Rejection?>(nil)

    public init() {}

    public func record(_ rejection: Rejection) {
        first.withLock { first in
            if let known = first, (known.position, known.line) <= (rejection.position, rejection.line) { return }
            first = rejection
        }
    }

    /// Whether blocks at `position` need not be parsed any more: a rejection stands before them.
    public func precedes(_ position: BlockPosition) -> Bool {
        first.withLock { $0.map { $0.position < position } ?? false }
    }

    /// The rejection with its line in the file; nil when there is none, or while an earlier block is missing in the
    /// ledger.
    public func resolved(files: [InputFile], ledger: LineLedger) -> BadRecord? {
        guard let rejection = first.withLock({ $0 }), ledger.isComplete(before: rejection.position),
            let line = ledger.line(rejection.position, localLine: rejection.line)
        else { return nil }
        return BadRecord(file: files[rejection.position.file].path, line: line, defect: rejection.defect)
    }
}
