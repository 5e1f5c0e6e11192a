public import GyreColumns

/// Looks each row's key up in this worker's part of a solution set: at most one row out for a row in.
public final class SolutionSetJoin<In, K: Key, Element: Sendable, Out>: Operator {
    /// Reads rows, looks up, initialises at most as many rows at the output.
    public typealias Kernel =
        @Sendable (
            UnsafePointer<In>, Int, borrowing KeyTable<K, Element>, UnsafeMutablePointer<Out>
        ) throws -> Int

    private let head: Int
    private let kernel: Kernel
    private var solution = SolutionSet<K, Element>(head: 0)
    private var result = RowBatch<Out>(capacity: 1)

    public init(head: Int, kernel: @escaping Kernel) {
        self.head = head
        self.kernel = kernel
    }

    public override func open(_ context: OperatorContext) {
        if let loop = context.loop {
            solution = loop.solutionSet(headedBy: head) { SolutionSet<K, Element>(head: head) }
        }
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        try solution.settle?()
        let input = batch.rows(of: In.self)
        RowBatch.reuse(&result, capacity: input.count)
        result.count = try solution.withTable { try kernel(input.rows, input.count, $0, result.rows) }
        if result.count > 0 { try output.emit(result) }
        return .done
    }
}
