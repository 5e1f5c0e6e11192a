public import GyreColumns
public import GyreTime

/// Brings a constant stream into every round of a loop.
///
/// Port 0 is the constant; it is read once and its batches are kept. Port 1 comes from the loop and only
/// says when a round is on: its rows are dropped. When a round is complete on port 1, all kept batches
/// are sent again, shared and read-only; what the memory does not hold is read from disk in each round. Snapshot:
/// the kept batches.
public final class ReplayOperator: Operator {
    private let elements: ElementType
    private var kept: BatchQueue?
    private var reader = BatchQueue.Reader()
    private var ahead: Batch?
    private var isReplaying = false

    /// - Parameter elements: the rows of the constant, for snapshots.
    public init(elements: ElementType) {
        self.elements = elements
    }

    public override func open(_ context: OperatorContext) {
        kept = BatchQueue(elements, memory: context.memory, spill: context.spill)
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        if port == 0 { try kept?.append(batch) }
        return .done
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard frontier.completedRound != nil else { return .done }
        reader = BatchQueue.Reader()
        ahead = try kept?.next(&reader)
        isReplaying = true
        return try resume(into: output)
    }

    public override func resume(into output: Output) throws -> Progress {
        guard isReplaying else { return .done }
        while let batch = ahead {
            try output.emit(batch)
            ahead = try kept?.next(&reader)
            if !output.hasRoom, ahead != nil { return .more }
        }
        isReplaying = false
        return .done
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        try kept?.snapshot(into: &writer)
    }

    public override func restore(from reader: inout ByteReader) throws {
        try kept?.restore(from: &reader)
    }
}
