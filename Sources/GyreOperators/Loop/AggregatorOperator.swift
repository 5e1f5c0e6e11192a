public import GyreColumns

/// Passes rows on and adds them up in an aggregator of the loop.
public final class AggregatorOperator<In, Value: Sendable>: Operator {
    /// Adds rows to a partial.
    public typealias Kernel = @Sendable (UnsafePointer<In>, Int, inout Value) throws -> Void

    private let aggregator: Aggregator<Value>
    private let kernel: Kernel
    private var loop: LoopContext?

    public init(_ aggregator: Aggregator<Value>, kernel: @escaping Kernel) {
        self.aggregator = aggregator
        self.kernel = kernel
    }

    public override func open(_ context: OperatorContext) {
        loop = context.loop
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        let input = batch.rows(of: In.self)
        var partial = aggregator.zero
        try kernel(input.rows, input.count, &partial)
        loop?.contribute(partial, to: aggregator.name)
        try output.emit(batch)
        return .done
    }
}
