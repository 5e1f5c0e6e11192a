public import GyreColumns
public import GyreTime

/// Merges the parts of a fold in the order of the instances that made them, whatever order they come in.
///
/// Snapshot: the parts so far. In a loop it starts anew with each round.
public final class MergeFoldOperator<Value: Sendable>: Operator {
    /// Adds the value of the next instance.
    public typealias Merge = @Sendable (inout Value, Value) throws -> Void

    private let initial: Value
    private let merge: Merge
    private let parts: ElementType
    private var received: [FoldPart<Value>] = []
    private var context: OperatorContext?

    /// - Parameter parts: rows of type `FoldPart<Value>`.
    public init(initial: Value, parts: ElementType, merge: @escaping Merge) {
        self.initial = initial
        self.parts = parts
        self.merge = merge
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) -> Progress {
        received += batch.rows(of: FoldPart<Value>.self).elements
        return .done
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard let context, context.completes(frontier) else { return .done }
        received.sort { $0.instance < $1.instance }
        var value = initial
        for part in received {
            do { try merge(&value, part.value) } catch { throw RecordError(part.value, error) }
        }
        received = []
        try output.emit(RowBatch(CollectionOfOne(value)))
        return .done
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        try writer.write(batches: CollectionOfOne(RowBatch(received)), by: parts)
    }

    public override func restore(from reader: inout ByteReader) throws {
        received = try reader.readBatches(by: parts).flatMap { Array($0.rows(of: FoldPart<Value>.self).elements) }
    }
}
