import GyreFormats
import GyreOperators
import GyreRuntime
import Synchronization

/// What the readers of one load share: the blocks that are read ahead, and what is known of bad records.
final class EdgeFeed: Sendable {
    /// How the load must go on when the readers are done.
    enum Outcome: Error {
        /// Some identifier is no integer: start over with strings.
        case needsText
    }

    let input: EdgeInput
    let account: MemoryAccount
    let ledger = LineLedger()
    let firstRejection = FirstRejection()
    let rejected = Atomic<Int>(0)
    private let tally = MatrixMarketTally()
    private let needsText = Atomic<Bool>(false)
    private let readersLeft: Atomic<Int>
    private let ahead: ReadAhead<EdgeBlock>
    private let recycle: @Sendable (TextBlock) -> Void
    /// What is to be reported when the lines of all blocks are known.
    private let skipped = Mutex<[Rejection]>([])
    private let failure = Mutex<(any Error)?>(nil)
    private let headers = Mutex<[Int: MatrixMarketHeader]>([:])

    init(_ input: EdgeInput, readers: Int) {
        self.input = input
        account = MemoryAccount(budget: input.memoryBudget)
        readersLeft = Atomic(readers)
        let (files, format) = (input.edges, input.format)
        let pool = BlockPoolBox()
        recycle = { block in pool.recycle(block) }
        ahead = ReadAhead(capacity: 2 * readers + 2) {
            let reader = EdgeListReader(files: files, format: format)
            pool.set(reader.pool)
            return { try reader.next() }
        }
    }

    /// The next block, in the order of the input.
    func poll(for context: OperatorContext) -> ReadAhead<EdgeBlock>.Answer {
        ahead.poll(waits: context.isStepped, wake: context.wake)
    }

    /// A block has been read; `lines` is nil where the rest of it was not.
    func finish(_ block: EdgeBlock, lines: Int?) {
        if let lines { ledger.record(block.text.position, lines: lines, isLastOfFile: block.text.isLastOfFile) }
        if case .matrixMarket(let header) = block.dialect {
            headers.withLock { $0[block.text.position.file] = header }
            tally.record(block)
        }
        recycle(block.text)
    }

    /// Takes a bad record.
    func reject(_ rejection: Rejection) -> RejectionVerdict {
        switch input.onBadRecord {
        case .skip:
            rejected.add(1, ordering: .relaxed)
            return .skip
        case .report:
            rejected.add(1, ordering: .relaxed)
            skipped.withLock { $0.append(rejection) }
            return .skip
        case .fail:
            firstRejection.record(rejection)
            ahead.stop()
            return .stop
        }
    }

    /// An identifier is no integer.
    func requireText() {
        needsText.store(true, ordering: .relaxed)
        ahead.stop()
    }

    /// The reading itself failed, behind everything that was dealt.
    func fail(_ error: any Error) {
        failure.withLock { $0 = $0 ?? error }
    }

    /// A reader has no more blocks; the last one learns how it went.
    ///
    /// - Throws: the first bad record in the order of the input, `Outcome.needsText`, or what reading threw.
    func readerIsDone() throws {
        guard readersLeft.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 else { return }
        if let bad = firstRejection.resolved(files: input.edges, ledger: ledger) { throw bad }
        if needsText.load(ordering: .relaxed) { throw Outcome.needsText }
        if let error = failure.withLock({ $0 }) { throw error }
        for (file, header) in headers.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
            try tally.check(header, of: file, named: input.edges[file].path)
        }
        reportSkipped()
    }

    private func reportSkipped() {
        guard case .report(let report) = input.onBadRecord else { return }
        for rejection in skipped.withLock({ $0 }).sorted(by: { ($0.position, $0.line) < ($1.position, $1.line) }) {
            guard let line = ledger.line(rejection.position, localLine: rejection.line) else { continue }
            let file = input.edges[rejection.position.file].path
            report(BadRecord(file: file, line: line, defect: rejection.defect))
        }
    }

    /// Vertices that a Matrix Market header declares.
    var declaredVertices: [Int64] { headers.withLock { $0.values.map(\.vertices) } }

    /// Ends the reading, where the load does.
    func stop() { ahead.stop() }
}

/// The pool of a reader that lives on another thread.
private final class BlockPoolBox: Sendable {
    private let pool = Mutex<BlockPool?>(nil)

    func set(_ pool: BlockPool) { self.pool.withLock { $0 = pool } }

    func recycle(_ block: TextBlock) { pool.withLock { $0 }?.recycle(block) }
}
