public import GyreColumns
public import GyreTime

/// A row on its way to the instance that has its range.
public struct RangedRow<Element> {
    public var receiver: UInt32
    public var row: Element

    @inlinable
    public init(receiver: UInt32, row: Element) {
        self.receiver = receiver
        self.row = row
    }
}

extension RangedRow: Sendable where Element: Sendable {}
extension RangedRow: Encodable where Element: Encodable {}
extension RangedRow: Decodable where Element: Decodable {}

/// Names the receiver of each row: port 0 brings rows, which are kept until the sorted sample (port 1) is there.
///
/// The sample is cut into as many ranges as there are instances. Equal keys go to one instance.
public final class RangeOperator<In, K: Key>: Operator {
    /// Writes the rows with their receivers, found among the splitters.
    public typealias Kernel =
        @Sendable (UnsafePointer<In>, Int, [K], UnsafeMutablePointer<RangedRow<In>>) throws -> Void

    private let rows: (main: ElementType, keys: ElementType)
    private let kernel: Kernel
    private var waiting: [RowBatch<In>] = []
    private var sample: [K] = []
    private var splitters: [K] = []
    private var isRouting = false
    private var result = RowBatch<RangedRow<In>>(capacity: 1)
    private var context: OperatorContext?

    public init(rows: (main: ElementType, keys: ElementType), kernel: @escaping Kernel) {
        self.rows = rows
        self.kernel = kernel
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) -> Progress {
        if port == 0 {
            waiting.append(batch.rows(of: In.self))
        } else {
            sample += batch.rows(of: K.self).elements
        }
        return .done
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard let context, context.completes(frontier) else { return .done }
        splitters = (1..<max(1, context.instances)).compactMap {
            sample.isEmpty ? nil : sample[sample.count * $0 / context.instances]
        }
        sample = []
        isRouting = true
        waiting.reverse()
        return try resume(into: output)
    }

    public override func resume(into output: Output) throws -> Progress {
        guard isRouting else { return .done }
        while let batch = waiting.popLast() {
            RowBatch.reuse(&result, capacity: batch.count)
            try kernel(batch.rows, batch.count, splitters, result.rows)
            result.count = batch.count
            try output.emit(result)
            if !output.hasRoom, !waiting.isEmpty { return .more }
        }
        isRouting = false
        return .done
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        try writer.write(batches: sample.isEmpty ? [] : [RowBatch(sample)], by: rows.keys)
        try writer.write(batches: waiting, by: rows.main)
    }

    public override func restore(from reader: inout ByteReader) throws {
        sample = try reader.readBatches(by: rows.keys).flatMap { Array($0.rows(of: K.self).elements) }
        waiting = try reader.readBatches(by: rows.main).map { $0.rows(of: In.self) }
    }
}
