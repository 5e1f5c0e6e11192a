public import GyreColumns
public import GyreTime

/// Keeps all rows in memory. Snapshot: the rows, also when the input is over.
///
/// Batches that are at least half full are kept as they are, for whoever made them takes another as long as they are
/// held; what others bring is gathered in batches of its own.
public final class CollectOperator<Element: Sendable>: Operator {
    private let target: Collected<Element>
    private var batches: [RowBatch<Element>] = []
    /// The last of `batches`, where rows may still be added to it.
    private var gathering: RowBatch<Element>?
    private var instance = 0
    private var batchSize = 1

    public init(into target: Collected<Element>) {
        self.target = target
    }

    public override func open(_ context: OperatorContext) {
        instance = context.instance
        batchSize = context.batchSize
        target.store([], of: instance)
        if instance == 0 { target.keepInstances(below: context.instances) }
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) -> Progress {
        let rows = batch.rows(of: Element.self)
        if rows.count * 2 >= rows.capacity, rows.count > 1 {
            batches.append(rows)
            gathering = nil
            return .done
        }
        guard rows.count > 0 else { return .done }
        let target = gatheringBatch(roomFor: rows.count)
        (target.rows + target.count).initialize(from: rows.rows, count: rows.count)
        target.count += rows.count
        return .done
    }

    private func gatheringBatch(roomFor rows: Int) -> RowBatch<Element> {
        if let gathering, gathering.capacity - gathering.count >= rows { return gathering }
        // Grows with what has come, so that a handful of rows takes little.
        let batch = RowBatch<Element>(capacity: max(rows, min(max(batchSize, 64), 16 * (batches.count + 1))))
        batches.append(batch)
        gathering = batch
        return batch
    }

    public override func advance(to frontier: Frontier, into output: Output) -> Progress {
        if frontier == .end { target.store(batches, of: instance) }
        return .done
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        try writer.write(batches: batches, by: .rows(of: Element.self))
    }

    public override func restore(from reader: inout ByteReader) throws {
        batches = try reader.readBatches(by: .rows(of: Element.self)).map { $0.rows(of: Element.self) }
        // If the input was over already, nobody will say so again.
        target.store(batches, of: instance)
    }
}
