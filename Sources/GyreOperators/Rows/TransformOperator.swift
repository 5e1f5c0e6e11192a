public import GyreColumns

/// Rows in, at most as many rows out: `map`, `filter`, `compactMap`.
///
/// Cost: one kernel call a batch. Keeps no state.
public final class TransformOperator<In, Out>: Operator {
    /// Reads `count` rows, initialises at most as many at the output, returns how many. If it throws,
    /// it leaves nothing initialised.
    public typealias Kernel = @Sendable (UnsafePointer<In>, Int, UnsafeMutablePointer<Out>) throws -> Int

    private let kernel: Kernel
    private var result = RowBatch<Out>(capacity: 1)

    public init(kernel: @escaping Kernel) {
        self.kernel = kernel
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        let input = batch.rows(of: In.self)
        RowBatch.reuse(&result, capacity: input.count)
        result.count = try kernel(input.rows, input.count, result.rows)
        if result.count > 0 { try output.emit(result) }
        return .done
    }
}
