public import GyreColumns

/// A transform by a user's closure.
public final class TransformOperator: RowTransform {
    /// As `RowTransform.run`.
    public typealias Kernel = @Sendable (UnsafeRawPointer, Int, UnsafeMutableRawPointer) throws -> Int

    private let kernel: Kernel

    public init(elements: ElementType, isInPlace: Bool = false, kernel: @escaping Kernel) {
        self.kernel = kernel
        super.init(elements: elements, isInPlace: isInPlace)
    }

    public override func run(
        _ input: UnsafeRawPointer, _ count: Int, _ output: UnsafeMutableRawPointer
    ) throws -> Int {
        try kernel(input, count, output)
    }
}
