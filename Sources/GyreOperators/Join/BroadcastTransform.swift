public import GyreColumns
public import GyreTime

/// A transform whose closure also reads all rows of another stream: a broadcast variable.
///
/// Port 1 is the broadcast side and comes first; port 0 waits for its end (see `HashJoinOperator` for how).
/// In a loop, a broadcast side from outside is read once, one from the loop anew in each round. Snapshot:
/// the variable, and the batches that wait for it.
///
/// Batches that wait spill. The variable cannot: it is an array in the user's hands, and one that does not fit is
/// refused before it passes the budget.
public final class BroadcastTransform<In, Broadcast, Out>: Operator {
    public typealias Kernel = @Sendable (UnsafePointer<In>, Int, [Broadcast], UnsafeMutablePointer<Out>) throws -> Int

    private let kernel: Kernel
    private let rows: (main: ElementType, broadcast: ElementType)
    private var variable: [Broadcast] = []
    private var progress = SideProgress()
    /// Bytes that the variable has been granted.
    private var variableBytes = 0
    private var waiting: BatchQueue?
    private var result = RowBatch<Out>(capacity: 1)
    private var context: OperatorContext?

    /// - Parameter rows: of both sides, for snapshots.
    public init(rows: (main: ElementType, broadcast: ElementType), kernel: @escaping Kernel) {
        self.rows = rows
        self.kernel = kernel
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
        waiting = BatchQueue(rows.main, memory: context.memory, spill: context.spill)
    }

    public override func accepts(port: Int) -> Bool {
        port == 1 || progress.isComplete || context?.damsEarlyRows == true
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        if port == 1 {
            try add(batch)
            return .done
        }
        guard progress.isComplete, waiting?.isEmpty == true else {
            try waiting?.append(batch)
            return progress.isComplete ? try resume(into: output) : .done
        }
        try transform(batch, into: output)
        return .done
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
        while let batch = try waiting?.popFirst() {
            try transform(batch, into: output)
            if !output.hasRoom, waiting?.isEmpty == false { return .more }
        }
        if progress.finish() { forgetVariable() }
        return .done
    }

    private func add(_ batch: Batch) throws {
        // An array that grows has room for up to twice what is in it.
        let bytes = 2 * rows.broadcast.estimatedBytes(of: batch)
        if let memory = context?.memory {
            // Rows that wait give way to the variable, which cannot.
            if !memory.reserve(bytes) {
                _ = try waiting?.spillAll()
                try memory.require(bytes)
            }
            variableBytes += bytes
        }
        variable += batch.rows(of: Broadcast.self).elements
    }

    private func forgetVariable() {
        variable = []
        context?.memory.release(variableBytes)
        variableBytes = 0
    }

    private func transform(_ batch: Batch, into output: Output) throws {
        let input = batch.rows(of: In.self)
        RowBatch.reuse(&result, capacity: input.count)
        result.count = try kernel(input.rows, input.count, variable, result.rows)
        if result.count > 0 { try output.emit(result) }
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        progress.snapshot(into: &writer)
        try writer.write(batches: variable.isEmpty ? [] : [RowBatch(variable)], by: rows.broadcast)
        try waiting?.snapshot(into: &writer)
    }

    public override func restore(from reader: inout ByteReader) throws {
        try progress.restore(from: &reader)
        for batch in try reader.readBatches(by: rows.broadcast) { try add(batch) }
        try waiting?.restore(from: &reader)
    }
}
