public import GyreColumns

/// A transform whose closure also reads a value that is looked up once a batch: a parameter of the job,
/// or an aggregate of the previous round.
///
/// The value is an argument of the kernel and not captured by it, so that the closure stays inlined.
public final class ParameterTransform<Parameter>: RowTransform {
    /// As `RowTransform.run`, with the parameter.
    public typealias Kernel =
        @Sendable (UnsafeRawPointer, Int, Parameter, UnsafeMutableRawPointer) throws -> Int

    private let parameter: @Sendable (OperatorContext) -> Parameter
    private let kernel: Kernel
    private var context: OperatorContext?

    public init(
        elements: ElementType, isInPlace: Bool, parameter: @escaping @Sendable (OperatorContext) -> Parameter,
        kernel: @escaping Kernel
    ) {
        self.parameter = parameter
        self.kernel = kernel
        super.init(elements: elements, isInPlace: isInPlace)
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
    }

    public override func run(
        _ input: UnsafeRawPointer, _ count: Int, _ output: UnsafeMutableRawPointer
    ) throws -> Int {
        guard let context else { preconditionFailure("process before open") }
        return try kernel(input, count, parameter(context), output)
    }
}
