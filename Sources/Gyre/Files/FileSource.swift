public import GyreColumns
public import GyreFormats
public import GyreOperators

/// Reads records from files. Outputs: 0 the rows, 1 the records that were refused, where the source has that port.
///
/// Blocks are read ahead by a thread of the feed's; an instance polls and never blocks. Rows of an instance are those of
/// its blocks in the order of the input. Snapshot: how many blocks are done and how many rows of the next one; a
/// restored source reads its files again from the beginning and leaves those out.
public final class FileSource: Operator {
    /// What happens to records that are refused.
    public enum Refused: Sendable {
        case policy(BadRecordPolicy)
        /// They are rows of port 1.
        case sideOutput
    }

    private let input: RecordInput
    private let elements: ElementType
    private let refused: Refused
    private let parser: any RecordParser
    /// The parser, if it writes over rows.
    private let replacing: (any RowReplacingParser)?
    private var context: OperatorContext?
    private var feed: FileFeed?
    private var block: TextBlock?
    private var batch: Batch
    /// Blocks that this instance has done with, and rows that it has made of the one at hand.
    private var blocksDone = 0
    private var rowsDone = 0
    /// What a restored source leaves out.
    private var blocksToSkip = 0
    private var rowsToSkip = 0
    private var hasEnded = false

    public init(_ input: RecordInput, elements: ElementType, refused: Refused) {
        self.input = input
        self.elements = elements
        self.refused = refused
        parser = input.makeParser()
        replacing = parser as? any RowReplacingParser
        batch = elements.makeBatch(1)
    }

    deinit {
        // The job has ended or failed, or this instance has read everything.
        feed?.stop()
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
    }

    public override func resume(into output: Output) throws -> Progress {
        guard let context else { preconditionFailure("resume before open") }
        let feed = feed(of: context)
        if hasEnded { return try conclude(feed, context) }
        if let block { return try readRows(of: block, feed, context, into: output) }
        switch feed.poll(for: context) {
        case .notYet:
            return .idle
        case .item(let next):
            // A record before this block has made the job fail already.
            if feed.failsBeforeNextBlock(of: context.instance) { return try end(feed, context) }
            if blocksToSkip > 0 {
                blocksToSkip -= 1
                finish(next, feed, context)
                return .more
            }
            parser.begin(next)
            block = next
            return .more
        case .failed(let error):
            feed.fail(error, line: 0, instance: nil)
            return try end(feed, context)
        case .end:
            return try end(feed, context)
        }
    }

    private func feed(of context: OperatorContext) -> FileFeed {
        if let feed { return feed }
        let made = context.shared.object(named: "files of \(context.uid)") {
            FileFeed(input, instances: context.instances)
        }
        feed = made
        return made
    }

    private func readRows(
        of block: TextBlock, _ feed: FileFeed, _ context: OperatorContext, into output: Output
    ) throws -> Progress {
        var found: [BadRecord] = []
        var hasFailed = false
        // What was sent before the snapshot is made again, and dropped.
        let room = context.batchRows(of: elements.stride)
        let skipped = min(rowsToSkip, room)
        let capacity = skipped > 0 ? skipped : room
        let count: Int
        do {
            count = try parse(capacity, room: room) { bad in
                guard case .policy(.fail) = refused else {
                    found.append(bad)
                    return .skip
                }
                feed.fail(bad, line: bad.line, instance: context.instance)
                hasFailed = true
                return .stop
            }
        } catch {
            // As for a record: a block before this one may hold what goes wrong first.
            feed.fail(error, line: 0, instance: context.instance)
            return try end(feed, context)
        }
        batch.count = count
        // Rows before a record that ends the job are of no use to anybody.
        if hasFailed { return try end(feed, context) }
        rowsDone += count
        if skipped > 0 {
            rowsToSkip -= count
        } else {
            try report(found, context, into: output)
            if count > 0 { try output.emit(batch, port: 0) }
        }
        if count < capacity {
            self.block = nil
            finish(block, feed, context)
        }
        return .more
    }

    /// Makes rows in the batch, whose count is not told yet.
    private func parse(
        _ capacity: Int, room: Int, onReject: (BadRecord) -> RejectionVerdict
    ) throws -> Int {
        if let replacing {
            let stale = Batch.reuseWithRows(&batch, capacity: room, of: elements)
            return try replacing.parse(into: batch.base, capacity: capacity, replacing: stale, onReject: onReject)
        }
        Batch.reuse(&batch, capacity: room, of: elements)
        return try parser.parse(into: batch.base, capacity: capacity, onReject: onReject)
    }

    private func report(_ found: [BadRecord], _ context: OperatorContext, into output: Output) throws {
        guard !found.isEmpty else { return }
        context.accumulators.add(Int64(found.count), to: "\(context.name).refused")
        switch refused {
        case .sideOutput: try output.emit(RowBatch(found), port: 1)
        case .policy(.report(let report)): for bad in found { report(bad) }
        case .policy: break
        }
    }

    private func finish(_ block: TextBlock, _ feed: FileFeed, _ context: OperatorContext) {
        feed.finish(block, of: context.instance)
        blocksDone += 1
        rowsDone = 0
    }

    private func end(_ feed: FileFeed, _ context: OperatorContext) throws -> Progress {
        hasEnded = true
        block = nil
        feed.end(context.instance)
        return try conclude(feed, context)
    }

    private func conclude(_ feed: FileFeed, _ context: OperatorContext) throws -> Progress {
        switch feed.verdict(wake: context.wake) {
        case nil: return .done
        case .undecided: return .idle
        case .fail(let error): throw error
        }
    }

    public override func snapshot(into writer: inout ByteWriter) {
        writer.write(Int64(blocksDone))
        writer.write(Int64(rowsDone))
    }

    public override func restore(from reader: inout ByteReader) throws {
        blocksToSkip = Int(try reader.read(Int64.self))
        rowsToSkip = Int(try reader.read(Int64.self))
    }
}
