public import GyreColumns
public import GyreTime

/// Folds all rows of an instance into one value, emitted when the round or the input is complete.
///
/// Snapshot: the value. In a loop it starts anew with each round.
public final class FoldOperator<In, Value: Sendable>: Operator {
    /// Folds rows into the value.
    public typealias Kernel = @Sendable (UnsafePointer<In>, Int, inout Value) throws -> Void

    private let initial: Value
    private let kernel: Kernel
    private let codec: StateCodec<Value>?
    private var value: Value
    private var context: OperatorContext?

    public init(initial: Value, codec: StateCodec<Value>?, kernel: @escaping Kernel) {
        self.initial = initial
        self.value = initial
        self.codec = codec
        self.kernel = kernel
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        let input = batch.rows(of: In.self)
        var local = value
        value = initial
        defer { value = local }
        try kernel(input.rows, input.count, &local)
        return .done
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard let context, context.completes(frontier) else { return .done }
        try output.emit(RowBatch(CollectionOfOne(value)))
        value = initial
        return .done
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        try codec?.encode(value, &writer)
    }

    public override func restore(from reader: inout ByteReader) throws {
        if let codec { value = try codec.decode(&reader) }
    }
}
