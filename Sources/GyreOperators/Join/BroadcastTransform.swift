public import GyreColumns
public import GyreTime

/// A transform whose closure also reads all rows of another stream: a broadcast variable.
///
/// Port 1 is the broadcast side and comes first; port 0 waits for its end (see `HashJoinOperator` for how).
/// In a loop, a broadcast side from outside is read once, one from the loop anew in each round. Snapshot:
/// the variable, and the batches that wait for it.
public final class BroadcastTransform<In, Broadcast, Out>: Operator {
    public typealias Kernel = @Sendable (UnsafePointer<In>, Int, [Broadcast], UnsafeMutablePointer<Out>) throws -> Int

    private let kernel: Kernel
    private let rows: (main: ElementType, broadcast: ElementType)
    private var variable: [Broadcast] = []
    private var readThrough = Frontier.start
    private var usedThrough = Frontier.start
    private var waiting: [RowBatch<In>] = []
    private var result = RowBatch<Out>(capacity: 1)
    private var completing: Frontier?
    private var context: OperatorContext?

    /// - Parameter rows: of both sides, for snapshots.
    public init(rows: (main: ElementType, broadcast: ElementType), kernel: @escaping Kernel) {
        self.rows = rows
        self.kernel = kernel
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
    }

    private var isRead: Bool { completing != nil || readThrough == .end || readThrough > usedThrough }

    public override func accepts(port: Int) -> Bool {
        port == 1 || isRead || context?.damsEarlyRows == true
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        if port == 1 {
            variable += batch.rows(of: Broadcast.self).elements
            return .done
        }
        waiting.append(batch.rows(of: In.self))
        return isRead ? try resume(into: output) : .done
    }

    public override func portAdvanced(_ port: Int, to frontier: Frontier) {
        // An event time completes no variable.
        if port == 1, frontier == .end || frontier.completedRound != nil { readThrough = frontier }
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard let context, context.completes(frontier) else { return .done }
        completing = frontier
        return try resume(into: output)
    }

    public override func resume(into output: Output) throws -> Progress {
        while !waiting.isEmpty {
            let input = waiting.removeFirst()
            RowBatch.reuse(&result, capacity: input.count)
            result.count = try kernel(input.rows, input.count, variable, result.rows)
            if result.count > 0 { try output.emit(result) }
            if !output.hasRoom, !waiting.isEmpty { return .more }
        }
        if let completed = completing {
            completing = nil
            usedThrough = completed
            if readThrough != .end { variable = [] }
        }
        return .done
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        writer.write(readThrough)
        writer.write(usedThrough)
        try writer.write(batches: variable.isEmpty ? [] : [RowBatch(variable)], by: rows.broadcast)
        try writer.write(batches: waiting, by: rows.main)
    }

    public override func restore(from reader: inout ByteReader) throws {
        readThrough = try reader.readFrontier()
        usedThrough = try reader.readFrontier()
        variable = try reader.readBatches(by: rows.broadcast).flatMap { Array($0.rows(of: Broadcast.self).elements) }
        waiting = try reader.readBatches(by: rows.main).map { $0.rows(of: In.self) }
    }
}
