public import GyreColumns
public import GyreTime

/// Where a join stands in its probe batch.
public struct JoinCursor: Sendable {
    /// The next row to probe with.
    public var row: Int
    /// The match that the row before it goes on behind, if it has more matches.
    public var match: UInt32?

    @inlinable
    public init() {
        row = 0
        match = nil
    }
}

/// An inner hash join: port 1 is built, port 0 probes.
///
/// The whole build side comes first. Until it has ended, port 0 is refused, so its producers wait; where
/// both sides come from one source that would never end, lowering says so (`damsEarlyRows`) and probe batches
/// are kept instead. In a loop a constant build side is built once and serves every round; one that comes
/// from the loop is built anew in each. Snapshot: the build side, and the probe batches that wait for it.
public final class HashJoinOperator<Probe, K: Key, Build, Out>: Operator {
    /// Adds a batch to the build side.
    public typealias Insert = @Sendable (RowBatch<Build>, inout JoinTable<K, Build>) throws -> Void
    /// Probes from the cursor's place on; returns how many rows it initialised at the output.
    public typealias Kernel =
        @Sendable (
            UnsafePointer<Probe>, Int, UnsafePointer<UInt64>?, borrowing JoinTable<K, Build>, inout JoinCursor,
            UnsafeMutablePointer<Out>, Int
        ) throws -> Int

    private let insert: Insert
    private let kernel: Kernel
    private let rows: (probe: ElementType, build: ElementType)
    private var table = JoinTable<K, Build>()
    private var builtThrough = Frontier.start
    private var probedThrough = Frontier.start
    private var completing: Frontier?
    private var waiting: [RowBatch<Probe>] = []
    private var input: RowBatch<Probe>?
    private var cursor = JoinCursor()
    private var result = RowBatch<Out>(capacity: 1)
    private var context: OperatorContext?

    /// - Parameter rows: of both sides, for snapshots.
    public init(
        rows: (probe: ElementType, build: ElementType), insert: @escaping Insert, kernel: @escaping Kernel
    ) {
        self.rows = rows
        self.insert = insert
        self.kernel = kernel
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
    }

    /// Whether the build side of the round that is being probed is complete.
    private var isBuilt: Bool { completing != nil || builtThrough == .end || builtThrough > probedThrough }

    public override func accepts(port: Int) -> Bool {
        port == 1 || isBuilt || context?.damsEarlyRows == true
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        if port == 1 {
            try insert(batch.rows(of: Build.self), &table)
            return .done
        }
        waiting.append(batch.rows(of: Probe.self))
        return isBuilt ? try resume(into: output) : .done
    }

    public override func portAdvanced(_ port: Int, to frontier: Frontier) {
        // An event time completes no build side.
        if port == 1, frontier == .end || frontier.completedRound != nil { builtThrough = frontier }
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard let context, context.completes(frontier) else { return .done }
        completing = frontier
        return try resume(into: output)
    }

    public override func resume(into output: Output) throws -> Progress {
        while let input = nextInput() {
            while cursor.row < input.count || cursor.match != nil {
                let size = context?.batchSize ?? 1024
                RowBatch.reuse(&result, capacity: size)
                result.count = try kernel(input.rows, input.count, input.hashes, table, &cursor, result.rows, size)
                if result.count > 0 { try output.emit(result) }
                if !output.hasRoom { return .more }
            }
            self.input = nil
        }
        if let completed = completing {
            completing = nil
            probedThrough = completed
            // A build side that comes from the loop belongs to the round that has just been probed.
            if builtThrough != .end { table = JoinTable() }
        }
        return .done
    }

    private func nextInput() -> RowBatch<Probe>? {
        if input == nil, !waiting.isEmpty {
            input = waiting.removeFirst()
            cursor = JoinCursor()
        }
        return input
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        writer.write(builtThrough)
        writer.write(probedThrough)
        try writer.write(batches: table.ownedBatches, by: rows.build)
        try writer.write(batches: waiting, by: rows.probe)
    }

    public override func restore(from reader: inout ByteReader) throws {
        builtThrough = try reader.readFrontier()
        probedThrough = try reader.readFrontier()
        for batch in try reader.readBatches(by: rows.build) { try insert(batch.rows(of: Build.self), &table) }
        waiting = try reader.readBatches(by: rows.probe).map { $0.rows(of: Probe.self) }
    }
}
