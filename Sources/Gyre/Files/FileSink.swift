import GyreColumns
import GyreFormats
import GyreOperators
import GyreRuntime
import GyreTime

/// Writes the rows of one worker as a part of an output. Output: the part, when the input is over.
///
/// Rows are formatted and packed by the worker; a thread of the part's own writes them, so that no worker waits for a
/// disk. Nothing that it writes is visible before `CommitOperator` has all parts; a part that does not get there is
/// removed. Snapshots are refused: a sink of files does not take part in checkpoints yet.
final class FileSink: Operator {
    /// What a part is handed over in.
    private static let chunk = 1 << 20

    private let output: RecordOutput
    private let path: String
    private let arrangement: FileArrangement
    private var target: OutputTarget?
    private let formatter: any RecordFormatter
    private let work = BlockingWork(capacity: 4)
    private let part = PartPlace()
    private var context: OperatorContext?
    private var buffer = TextBuffer(capacity: FileSink.chunk + (64 << 10))
    private var waiting: (@Sendable () throws -> Void)?
    private var rows = 0
    private var hasBegun = false
    private var hasHead = false
    private var isEnding = false
    private var hasConcluded = false

    init(_ output: RecordOutput, path: String, arrangement: FileArrangement) {
        self.output = output
        self.path = path
        self.arrangement = arrangement
        formatter = output.makeFormatter()
    }

    deinit {
        work.stop()
        if !hasConcluded { target?.abandon() }
    }

    override func open(_ context: OperatorContext) {
        self.context = context
        target = context.shared.object(named: "output of \(context.uid)") {
            OutputTarget(path: path, arrangement: arrangement)
        }
    }

    override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        rows += batch.count
        let start = buffer.count
        try formatter.append(batch.base, count: batch.count, into: buffer)
        if !hasBegun { try begin(withRowsFrom: start) }
        if buffer.count >= FileSink.chunk { try handOver() }
        return try drain() ? .done : .more
    }

    override func resume(into output: Output) throws -> Progress {
        guard try drain() else { return .idle }
        return isEnding ? try conclude(into: output) : .done
    }

    override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard frontier == .end else { return .done }
        isEnding = true
        if !hasBegun { try begin(withRowsFrom: 0) }
        try handOver()
        guard try drain() else { return .idle }
        return try conclude(into: output)
    }

    override func snapshot(into writer: inout ByteWriter) throws {
        throw CodecError.unsupported("a sink of files takes no part in checkpoints")
    }

    /// Creates the file, with its head where the rows are not to be joined to another part's.
    private func begin(withRowsFrom start: Int) throws {
        guard let context, let target else { preconditionFailure("a sink is opened first") }
        hasBegun = true
        let (part, ending, instance) = (part, output.ending, context.instance)
        waiting = { part.set(try target.part(instance, ending: ending)) }
        guard target.hasHead(instance), let head = formatter.head else { return }
        hasHead = true
        let whole = TextBuffer(capacity: FileSink.chunk + (64 << 10))
        head.withUnsafeBufferPointer { whole.append($0) }
        whole.append(UnsafeRawBufferPointer(rebasing: buffer.bytes[start...]).bindMemory(to: UInt8.self))
        buffer = whole
    }

    /// Packs what has been formatted and lets it be written after what waits already.
    private func handOver() throws {
        guard let target else { preconditionFailure("a sink is opened first") }
        let packed = try target.compression.pack(buffer, path: path)
        buffer = TextBuffer(capacity: FileSink.chunk + (64 << 10))
        let (part, before) = (part, waiting)
        waiting = {
            try before?()
            try part.write(packed)
        }
    }

    /// Gives what waits to the thread; false while that has too much.
    private func drain() throws -> Bool {
        guard let work = waiting, let context else { return true }
        guard case .taken = try self.work.offer(work, waits: context.isStepped, wake: context.wake) else {
            return false
        }
        waiting = nil
        return true
    }

    private func conclude(into output: Output) throws -> Progress {
        guard let context, let target, try work.isDone(waits: context.isStepped, wake: context.wake)
        else { return .idle }
        guard let made = part.take() else { preconditionFailure("a part ends before it begins") }
        hasConcluded = true
        let written = WrittenPart(
            instance: context.instance, part: made, target: target, head: formatter.head ?? [], hasHead: hasHead,
            rows: rows)
        try output.emit(RowBatch(CollectionOfOne(written)), port: 0)
        return .done
    }
}
