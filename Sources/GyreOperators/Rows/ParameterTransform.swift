public import GyreColumns

/// A transform whose closure also reads a value that is looked up once a batch: a parameter of the job,
/// or an aggregate of the previous round.
///
/// The value is an argument of the kernel and not captured by it, so that the closure stays inlined.
public final class ParameterTransform<In, Parameter, Out>: Operator {
    public typealias Kernel =
        @Sendable (UnsafePointer<In>, Int, Parameter, UnsafeMutablePointer<Out>) throws -> Int

    private let parameter: @Sendable (OperatorContext) -> Parameter
    private let kernel: Kernel
    private var context: OperatorContext?
    private var result = RowBatch<Out>(capacity: 1)

    public init(parameter: @escaping @Sendable (OperatorContext) -> Parameter, kernel: @escaping Kernel) {
        self.parameter = parameter
        self.kernel = kernel
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        guard let context else { preconditionFailure("process before open") }
        let input = batch.rows(of: In.self)
        RowBatch.reuse(&result, capacity: input.count)
        result.count = try kernel(input.rows, input.count, parameter(context), result.rows)
        if result.count > 0 { try output.emit(result) }
        return .done
    }
}
