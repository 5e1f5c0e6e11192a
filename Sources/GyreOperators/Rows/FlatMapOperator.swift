public import GyreColumns

/// Where a flat map stands in its input batch.
public struct FlatMapCursor<Iterator> {
    /// The next row to expand.
    public var row: Int
    /// What is left of the row before it.
    public var rest: Iterator?

    @inlinable
    public init() {
        row = 0
        rest = nil
    }
}

/// Any number of rows for a row, pulled from the sequence that the user's closure returns.
///
/// The sequence is iterated only as far as there is room, so a row may expand without bound.
public final class FlatMapOperator<In, Iterator, Out>: Operator {
    /// Fills the output from the cursor's place on; returns how many rows it initialised. It has reached
    /// the end of the input when `cursor.row` is the count and `cursor.rest` is nil.
    public typealias Kernel =
        @Sendable (
            UnsafePointer<In>, Int, inout FlatMapCursor<Iterator>, UnsafeMutablePointer<Out>, Int
        ) throws -> Int

    private let kernel: Kernel
    private var input: RowBatch<In>?
    private var cursor = FlatMapCursor<Iterator>()
    private var result = RowBatch<Out>(capacity: 1)
    private var batchSize = 1

    public init(kernel: @escaping Kernel) {
        self.kernel = kernel
    }

    public override func open(_ context: OperatorContext) {
        batchSize = context.batchRows(of: MemoryLayout<Out>.stride)
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        input = batch.rows(of: In.self)
        cursor = FlatMapCursor()
        return try resume(into: output)
    }

    public override func resume(into output: Output) throws -> Progress {
        guard let input else { return .done }
        while true {
            RowBatch.reuse(&result, capacity: batchSize)
            result.count = try kernel(input.rows, input.count, &cursor, result.rows, batchSize)
            if result.count > 0 { try output.emit(result) }
            if cursor.row == input.count, cursor.rest == nil {
                self.input = nil
                return .done
            }
            if !output.hasRoom { return .more }
        }
    }
}
