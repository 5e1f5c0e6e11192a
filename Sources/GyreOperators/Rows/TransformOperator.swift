public import GyreColumns

/// Rows in, at most as many rows out: `map`, `filter`, `compactMap`.
///
/// The shell is not generic: a batch costs a call of the kernel and nothing that depends on types. Keeps
/// no state.
public final class TransformOperator: Operator {
    /// Reads `count` rows, initialises at most as many at the output, returns how many. If it throws,
    /// it leaves nothing initialised.
    public typealias Kernel = @Sendable (UnsafeRawPointer, Int, UnsafeMutableRawPointer) throws -> Int

    private let kernel: Kernel
    private let elements: ElementType
    private var result: Batch

    /// - Parameter elements: the rows that come out.
    public init(elements: ElementType, kernel: @escaping Kernel) {
        self.elements = elements
        self.kernel = kernel
        result = elements.makeBatch(1)
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        Batch.reuse(&result, capacity: batch.count, of: elements)
        let count = try kernel(batch.base, batch.count, result.base)
        guard count > 0 else { return .done }
        result.count = count
        try output.emit(result, port: 0)
        return .done
    }
}
