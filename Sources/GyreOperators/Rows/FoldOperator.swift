public import GyreColumns
public import GyreTime

/// What one instance has made of its rows.
public struct FoldPart<Value: Sendable>: Sendable {
    public var instance: Int
    public var value: Value

    public init(instance: Int, value: Value) {
        self.instance = instance
        self.value = value
    }
}

extension FoldPart: Encodable where Value: Encodable {}
extension FoldPart: Decodable where Value: Decodable {}

/// Folds all rows of an instance into one value, emitted as a `FoldPart` when the round or the input is
/// complete.
///
/// Snapshot: the value. In a loop it starts anew with each round.
public final class FoldOperator<In, Value: Sendable>: Operator {
    /// Folds rows into the value.
    public typealias Kernel = @Sendable (UnsafePointer<In>, Int, inout Value) throws -> Void

    private let initial: Value
    private let kernel: Kernel
    private let codec: StateCodec<Value>?
    /// In memory of its own, so that a kernel changes it where it is.
    private let value: UnsafeMutablePointer<Value>
    private var context: OperatorContext?

    public init(initial: Value, codec: StateCodec<Value>?, kernel: @escaping Kernel) {
        self.initial = initial
        self.codec = codec
        self.kernel = kernel
        value = .allocate(capacity: 1)
        value.initialize(to: initial)
    }

    deinit {
        value.deinitialize(count: 1)
        value.deallocate()
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        let input = batch.rows(of: In.self)
        try kernel(input.rows, input.count, &value.pointee)
        return .done
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard let context, context.completes(frontier) else { return .done }
        try output.emit(RowBatch(CollectionOfOne(FoldPart(instance: context.instance, value: value.pointee))))
        value.pointee = initial
        return .done
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        guard let codec else { throw CodecError.unsupported("\(Value.self) is not Codable") }
        try codec.encode(value.pointee, &writer)
    }

    public override func restore(from reader: inout ByteReader) throws {
        guard let codec else { throw CodecError.unsupported("\(Value.self) is not Codable") }
        value.pointee = try codec.decode(&reader)
    }
}
