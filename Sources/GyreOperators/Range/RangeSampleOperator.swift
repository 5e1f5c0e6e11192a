public import GyreColumns
public import GyreTime

/// Passes rows on (output 0) and, when a round or the input is complete, a sample of them (output 1).
///
/// The sample is every `step`-th row, where `step` doubles whenever the sample is full: it depends on the rows and their
/// order only, and never holds more than `largestSample` rows. It travels as one batch, whose hash column has the rows'
/// numbers and whose sender is this instance.
public final class RangeSampleOperator: Operator {
    private let elements: ElementType
    private let largestSample: Int
    private var sample: Batch
    private var step = 1
    /// The number of the next row, and of the next one to be sampled.
    private var next = 0
    private var wanted = 0
    private var context: OperatorContext?

    public init(_ elements: ElementType, largestSample: Int = 4096) {
        self.elements = elements
        self.largestSample = largestSample
        sample = elements.makeBatch(1)
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        while wanted < next + batch.count {
            if sample.capacity < largestSample { sample = elements.makeBatch(largestSample) }
            sample.hashColumn()[sample.count] = UInt64(wanted)
            elements.append(batch, (wanted - next)..<(wanted - next + 1), sample)
            wanted += step
            if sample.count == largestSample { halve() }
        }
        next += batch.count
        try output.emit(batch, port: 0)
        return .done
    }

    private func halve() {
        let half = elements.makeBatch(largestSample)
        for row in stride(from: 0, to: sample.count, by: 2) {
            half.hashColumn()[half.count] = sample.hashColumn()[row]
            elements.append(sample, row..<(row + 1), half)
        }
        sample = half
        step *= 2
        // Numbers stay multiples of the step.
        wanted = (wanted + step - 1) / step * step
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard let context, context.completes(frontier) else { return .done }
        if sample.count > 0 {
            sample.hasHashes = true
            sample.sender = Int32(clamping: context.instance)
            try output.emit(sample, port: 1)
        }
        sample = elements.makeBatch(1)
        (step, next, wanted) = (1, 0, 0)
        return .done
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        writer.write(Int64(step))
        writer.write(Int64(next))
        writer.write(Int64(wanted))
        try writer.write(numbered: sample, by: elements)
    }

    public override func restore(from reader: inout ByteReader) throws {
        step = Int(try reader.read(Int64.self))
        next = Int(try reader.read(Int64.self))
        wanted = Int(try reader.read(Int64.self))
        let rows = try reader.readNumbered(by: elements)
        sample = elements.makeBatch(largestSample)
        elements.append(rows, 0..<rows.count, sample)
        for row in 0..<rows.count { sample.hashColumn()[row] = rows.hashColumn()[row] }
    }
}

extension ByteWriter {
    /// Writes rows and the numbers in their hash column.
    mutating func write(numbered batch: Batch, by elements: ElementType) throws {
        try write(batches: [batch], by: elements)
        for row in 0..<batch.count { write(batch.hashColumn()[row]) }
        write(batch.sender)
    }
}

extension ByteReader {
    /// Reads what `write(numbered:by:)` wrote.
    mutating func readNumbered(by elements: ElementType) throws -> Batch {
        let batch = try readBatches(by: elements).first ?? elements.makeBatch(1)
        for row in 0..<batch.count { batch.hashColumn()[row] = try read(UInt64.self) }
        batch.hasHashes = true
        batch.sender = try read(Int32.self)
        return batch
    }
}
