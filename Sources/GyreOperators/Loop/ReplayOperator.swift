public import GyreColumns
public import GyreTime

/// Brings a constant stream into every round of a loop.
///
/// Port 0 is the constant; it is read once and its batches are kept. Port 1 comes from the loop and only
/// says when a round is on: its rows are dropped. When a round is complete on port 1, all kept batches
/// are sent again, shared and read-only. Snapshot: the kept batches.
public final class ReplayOperator: Operator {
    private let elements: ElementType
    private var kept: [Batch] = []
    private var position = 0
    private var isReplaying = false

    /// - Parameter elements: the rows of the constant, for snapshots.
    public init(elements: ElementType) {
        self.elements = elements
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) -> Progress {
        if port == 0 { kept.append(batch) }
        return .done
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard frontier.completedRound != nil else { return .done }
        position = 0
        isReplaying = true
        return try resume(into: output)
    }

    public override func resume(into output: Output) throws -> Progress {
        guard isReplaying else { return .done }
        while position < kept.count {
            try output.emit(kept[position])
            position += 1
            if !output.hasRoom, position < kept.count { return .more }
        }
        isReplaying = false
        return .done
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        try writer.write(batches: kept, by: elements)
    }

    public override func restore(from reader: inout ByteReader) throws {
        kept = try reader.readBatches(by: elements)
    }
}
