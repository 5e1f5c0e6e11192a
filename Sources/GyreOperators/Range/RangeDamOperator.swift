public import GyreColumns
public import GyreTime

/// Whether the rows of one key may come to several instances.
public enum RangeTies: Sendable {
    /// They stay together, however many they are.
    case together
    /// They may be cut, by the instance that they come from and their number there.
    case cut
}

/// Deals rows by ranges: port 0 brings rows, which wait until the cuts (port 1) are there; each batch that comes out is for
/// one receiver.
///
/// A single instance deals nothing and passes rows on at once. Snapshot: the rows that wait, and the cuts. In a loop it
/// starts anew with each round.
public final class RangeDamOperator: Operator {
    private let elements: ElementType
    private let order: RowOrder
    private let ties: RangeTies
    private var dam: DammedRows?
    private var cuts: Batch?
    private var context: OperatorContext?
    private var deal: RangeDeal?

    public init(_ elements: ElementType, by order: RowOrder, ties: RangeTies) {
        self.elements = elements
        self.order = order
        self.ties = ties
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
        dam = DammedRows(elements, context)
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        if port == 1 {
            cuts = batch
        } else if context?.instances == 1 {
            try output.emit(batch)
        } else {
            try dam?.append(batch)
        }
        return .done
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard let context, context.completes(frontier) else { return .done }
        deal = try RangeDeal(elements, by: order, ties: ties, cuts: cuts, context)
        return try resume(into: output)
    }

    public override func resume(into output: Output) throws -> Progress {
        guard let deal else { return .done }
        while true {
            // Emits at most one batch a turn, so that room is looked at behind each.
            if let full = try deal.next(from: { try dam?.next() }) {
                try output.emit(full)
                if !output.hasRoom { return .more }
            } else {
                break
            }
        }
        self.deal = nil
        cuts = nil
        dam?.removeAll()
        return .done
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        writer.write(UInt8(cuts == nil ? 0 : 1))
        if let cuts { try writer.write(numbered: cuts, by: elements) }
        try dam?.snapshot(into: &writer)
    }

    public override func restore(from reader: inout ByteReader) throws {
        if try reader.read(UInt8.self) == 1 { cuts = try reader.readNumbered(by: elements) }
        for batch in try reader.readBatches(by: elements) { try dam?.append(batch) }
    }
}
