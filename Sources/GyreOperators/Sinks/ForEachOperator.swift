public import GyreColumns

/// Gives every row to a closure; the end of a pipeline.
public final class ForEachOperator<Element>: Operator {
    public typealias Kernel = @Sendable (UnsafePointer<Element>, Int) throws -> Void

    private let kernel: Kernel

    public init(kernel: @escaping Kernel) {
        self.kernel = kernel
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        let input = batch.rows(of: Element.self)
        try kernel(input.rows, input.count)
        return .done
    }
}
