public import GyreColumns
public import GyreTime

/// Emits the rows of an instance in order when a round or the input is complete.
///
/// Not generic: rows are moved by their descriptor. Snapshot: all rows, those on disk too. In a loop it starts anew with
/// each round.
public final class SortOperator: Operator {
    private let elements: ElementType
    private let order: RowOrder
    private var sorter: RowSorter?
    private var context: OperatorContext?
    private var isEmitting = false
    private var result: Batch

    public init(_ elements: ElementType, by order: RowOrder) {
        self.elements = elements
        self.order = order
        result = elements.makeBatch(1)
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
        sorter = RowSorter(elements, by: order, in: context)
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        try sorter?.add(batch)
        return .done
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard let context, context.completes(frontier) else { return .done }
        try sorter?.finish()
        isEmitting = true
        return try resume(into: output)
    }

    public override func resume(into output: Output) throws -> Progress {
        guard isEmitting, let context else { return .done }
        while true {
            Batch.reuse(&result, capacity: context.batchSize, of: elements)
            try sorter?.fill(result)
            guard result.count > 0 else { break }
            try output.emit(result)
            if !output.hasRoom { return .more }
        }
        isEmitting = false
        sorter?.removeAll()
        return .done
    }

    public override func snapshot(into writer: inout ByteWriter) throws { try sorter?.snapshot(into: &writer) }

    public override func restore(from reader: inout ByteReader) throws { try sorter?.restore(from: &reader) }
}
