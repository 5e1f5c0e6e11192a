public import GyreColumns
public import GyreTime

/// Passes rows on (output 0) and, when a round or the input is complete, a sample of their keys (output 1).
///
/// The sample is every `step`-th row, where `step` doubles whenever the sample is full: it depends on the rows and
/// their order only.
public final class SampleOperator<In, K: Key>: Operator {
    public typealias Kernel = @Sendable (UnsafePointer<In>, Int) throws -> K

    private let largestSample: Int
    private let keys: ElementType
    private let key: Kernel
    private var sample: [K] = []
    private var step = 1
    private var untilNext = 0
    private var context: OperatorContext?

    public init(largestSample: Int = 4096, keys: ElementType, key: @escaping Kernel) {
        self.largestSample = largestSample
        self.keys = keys
        self.key = key
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        let rows = batch.rows(of: In.self)
        while untilNext < rows.count {
            sample.append(try key(rows.rows, untilNext))
            untilNext += step
            if sample.count == largestSample {
                sample = stride(from: 0, to: sample.count, by: 2).map { sample[$0] }
                step *= 2
            }
        }
        untilNext -= rows.count
        try output.emit(batch, port: 0)
        return .done
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard let context, context.completes(frontier) else { return .done }
        if !sample.isEmpty { try output.emit(RowBatch(sample), port: 1) }
        sample = []
        step = 1
        untilNext = 0
        return .done
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        writer.write(Int64(step))
        writer.write(Int64(untilNext))
        try writer.write(batches: sample.isEmpty ? [] : [RowBatch(sample)], by: keys)
    }

    public override func restore(from reader: inout ByteReader) throws {
        step = Int(try reader.read(Int64.self))
        untilNext = Int(try reader.read(Int64.self))
        sample = try reader.readBatches(by: keys).flatMap { Array($0.rows(of: K.self).elements) }
    }
}

/// Sorts what all instances have sampled; the one place where the samples meet.
public final class SampleSortOperator<K: Key>: Operator {
    private let keys: ElementType
    private var sample: [K] = []
    private var context: OperatorContext?

    public init(keys: ElementType) {
        self.keys = keys
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) -> Progress {
        sample += batch.rows(of: K.self).elements
        return .done
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard let context, context.completes(frontier) else { return .done }
        sample.sort(by: K.isOrderedBefore)
        if !sample.isEmpty { try output.emit(RowBatch(sample)) }
        sample = []
        return .done
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        try writer.write(batches: sample.isEmpty ? [] : [RowBatch(sample)], by: keys)
    }

    public override func restore(from reader: inout ByteReader) throws {
        sample = try reader.readBatches(by: keys).flatMap { Array($0.rows(of: K.self).elements) }
    }
}
