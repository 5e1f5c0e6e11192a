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

/// Passes rows on (output 0) and, when a round or the input is complete, a sample of their keys (output 1).
///
/// The sample is every `step`-th row, where `step` doubles whenever the sample is full: it depends on the rows and
/// their order only.
public final class SampleOperator<In, K: Key>: Operator {
    public typealias Kernel = @Sendable (UnsafePointer<In>, Int) throws -> K

    private let largestSample: Int
    private let key: Kernel
    private var sample: [K] = []
    private var step = 1
    private var untilNext = 0
    private var context: OperatorContext?

    public init(largestSample: Int = 4096, key: @escaping Kernel) {
        self.largestSample = largestSample
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
}

/// Sorts what all instances have sampled; the one place where the samples meet.
public final class SampleSortOperator<K: Key>: Operator {
    private var sample: [K] = []
    private var context: OperatorContext?

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
}

/// Names the receiver of each row: port 0 brings rows, which are kept until the sorted sample (port 1) is there.
///
/// The sample is cut into as many ranges as there are instances. Equal keys go to one instance.
public final class RangeOperator<In, K: Key>: Operator {
    /// Writes the rows with their receivers, found among the splitters.
    public typealias Kernel =
        @Sendable (UnsafePointer<In>, Int, [K], UnsafeMutablePointer<RangedRow<In>>) throws -> Void

    private let kernel: Kernel
    private var waiting: [RowBatch<In>] = []
    private var sample: [K] = []
    private var splitters: [K] = []
    private var isRouting = false
    private var result = RowBatch<RangedRow<In>>(capacity: 1)
    private var context: OperatorContext?

    public init(kernel: @escaping Kernel) {
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
}
