public import GyreColumns
public import GyreTime

/// Where a cross product stands in a pair of batches.
public struct CrossCursor: Sendable {
    /// The row of port 0.
    public var passing: Int
    /// The row of port 1.
    public var kept: Int

    @inlinable
    public init() {
        passing = 0
        kept = 0
    }
}

/// Every row of port 0 with every row of port 1.
///
/// The whole of port 1 is kept first, in memory as far as it may be and on disk beyond; each batch of port 0 then
/// passes all of it, so a kept side on disk is read once a batch. Port 0 waits as in `HashJoinOperator`;
/// what waits spills too. Order: by
/// batch of port 0, then by batch of port 1, then by row of port 0. In a loop a constant kept side serves every
/// round. Snapshot: the kept side, and the batches that wait for it.
public final class CrossOperator<Passing, Kept, Out>: Operator {
    /// Combines from the cursor's place on; returns how many rows it initialised. It has reached the end when
    /// `cursor.passing` is the first count.
    public typealias Kernel =
        @Sendable (
            UnsafePointer<Passing>, Int, UnsafePointer<Kept>, Int, inout CrossCursor, UnsafeMutablePointer<Out>, Int
        ) throws -> Int

    private let rows: (passing: ElementType, kept: ElementType)
    private let kernel: Kernel
    private var progress = SideProgress()
    private var kept: BatchQueue?
    private var waiting: BatchQueue?
    /// The batch that passes, and where it stands in the kept side.
    private var input: RowBatch<Passing>?
    private var reader = BatchQueue.Reader()
    private var pair: RowBatch<Kept>?
    private var cursor = CrossCursor()
    private var result = RowBatch<Out>(capacity: 1)
    private var context: OperatorContext?

    /// - Parameter rows: of both sides, for spilling and snapshots.
    public init(rows: (passing: ElementType, kept: ElementType), kernel: @escaping Kernel) {
        self.rows = rows
        self.kernel = kernel
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
        kept = BatchQueue(rows.kept, memory: context.memory, spill: context.spill)
        waiting = BatchQueue(rows.passing, memory: context.memory, spill: context.spill)
    }

    public override func accepts(port: Int) -> Bool {
        port == 1 || progress.isComplete || context?.damsEarlyRows == true
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        if port == 1 {
            try kept?.append(batch)
            return .done
        }
        try waiting?.append(batch)
        return progress.isComplete ? try resume(into: output) : .done
    }

    public override func portAdvanced(_ port: Int, to frontier: Frontier) {
        if port == 1 { progress.keep(through: frontier) }
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard let context, context.completes(frontier) else { return .done }
        progress.complete(frontier)
        return try resume(into: output)
    }

    public override func resume(into output: Output) throws -> Progress {
        let size = context?.batchSize ?? 1024
        while let input = try nextInput() {
            while let pair = try nextPair() {
                while cursor.passing < input.count {
                    RowBatch.reuse(&result, capacity: size)
                    result.count = try kernel(
                        input.rows, input.count, pair.rows, pair.count, &cursor, result.rows, size)
                    if result.count > 0 { try output.emit(result) }
                    if !output.hasRoom { return .more }
                }
                self.pair = nil
            }
            self.input = nil
        }
        if progress.finish() { kept?.removeAll() }
        return .done
    }

    private func nextInput() throws -> RowBatch<Passing>? {
        if input == nil {
            input = try waiting?.popFirst()?.rows(of: Passing.self)
            reader = BatchQueue.Reader()
        }
        return input
    }

    private func nextPair() throws -> RowBatch<Kept>? {
        if pair == nil {
            pair = try kept?.next(&reader)?.rows(of: Kept.self)
            cursor = CrossCursor()
        }
        return pair
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        progress.snapshot(into: &writer)
        try kept?.snapshot(into: &writer)
        try waiting?.snapshot(into: &writer)
    }

    public override func restore(from reader: inout ByteReader) throws {
        try progress.restore(from: &reader)
        try kept?.restore(from: &reader)
        try waiting?.restore(from: &reader)
    }
}
