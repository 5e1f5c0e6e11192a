public import GyreColumns

/// Makes rows from their numbers, in place; each instance makes one contiguous share.
///
/// Rows come in the order of their numbers within an instance. Snapshot: the position.
public final class GeneratorSource: Operator {
    /// Initialises `count` rows, numbered from `start`. If it throws, it leaves nothing initialised.
    public typealias Kernel = @Sendable (_ start: Int, _ count: Int, UnsafeMutableRawPointer) throws -> Void

    private let total: Int
    private let elements: ElementType
    private let kernel: Kernel
    private var position = 0
    private var end = 0
    private var batchSize = 1
    private var spare = SpareBatch()

    public init(count total: Int, elements: ElementType, kernel: @escaping Kernel) {
        self.total = total
        self.elements = elements
        self.kernel = kernel
    }

    public override func open(_ context: OperatorContext) {
        position = Share.start(of: context.instance, among: context.instances, total: total)
        end = Share.start(of: context.instance + 1, among: context.instances, total: total)
        batchSize = context.batchRows(of: elements.stride)
    }

    public override func resume(into output: Output) throws -> Progress {
        let count = min(batchSize, end - position)
        guard count > 0 else { return .done }
        var result = spare.take(room: batchSize, of: elements)
        try kernel(position, count, result.base)
        result.count = count
        position += count
        try output.emit(lending: &result, port: 0)
        spare.keep(&result)
        return position == end ? .done : .more
    }

    public override func snapshot(into writer: inout ByteWriter) {
        writer.write(Int64(position))
    }

    public override func restore(from reader: inout ByteReader) throws {
        position = Int(try reader.read(Int64.self))
    }
}

/// Contiguous shares of a count, as even as can be.
public enum Share {
    /// Where the share of an instance begins.
    public static func start(of instance: Int, among instances: Int, total: Int) -> Int {
        let (high, low) = instance.multipliedFullWidth(by: total)
        return instances.dividingFullWidth((high, low)).quotient
    }
}
