public import GyreColumns
public import GyreTime

/// Where a row stands in the order of all rows: rows that are equal go by the instance that has them, then by their
/// number there. So a cut can go through the rows of one key.
struct RowPlace: Comparable {
    private var bits: UInt64

    init(sender: Int, number: Int) {
        bits = UInt64(truncatingIfNeeded: sender) << 44 | UInt64(truncatingIfNeeded: number)
    }

    init(bits: UInt64) {
        self.bits = bits
    }

    var asBits: UInt64 { bits }

    static func < (left: RowPlace, right: RowPlace) -> Bool { left.bits < right.bits }
}

/// Puts the samples of all instances in order, and picks the rows at which ranges may be cut: the one place where the
/// samples meet.
///
/// Each sampled row stands for as many as lie between it and the next. Emits `cutCount` rows that cut all rows into equal
/// shares, each with its place in the hash column; few samples give the same cut several times. None where there are no
/// rows, and none where there are so few that one instance does (`OperatorContext.smallInputBytes`): then all rows come
/// before the first cut. Snapshot: the samples. In a loop it starts anew with each round.
public final class RangeCutsOperator: Operator {
    private let elements: ElementType
    private let order: RowOrder
    private let cutCount: Int
    private let mayGather: Bool
    private var samples: [Batch] = []
    private var hasNoted = false
    private var context: OperatorContext?

    /// - Parameter mayGather: whether a few rows may all come to one instance; not where a spread was asked for.
    public init(_ elements: ElementType, by order: RowOrder, cutCount: Int = 1023, mayGather: Bool = false) {
        self.mayGather = mayGather
        self.elements = elements
        self.order = order
        self.cutCount = cutCount
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) -> Progress {
        samples.append(batch)
        return .done
    }

    private struct Sampled {
        var prefix: UInt64
        var row: UnsafeRawPointer
        var place: RowPlace
        var weight: Int
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard let context, context.completes(frontier) else { return .done }
        defer { samples = [] }
        var sampled: [Sampled] = []
        for sample in samples {
            let numbers = sample.hashColumn()
            let step = sample.count > 1 ? Int(numbers[1] - numbers[0]) : 1
            let prefixes = try [UInt64](unsafeUninitializedCapacity: sample.count) { buffer, count in
                if let base = buffer.baseAddress { try order.fillPrefixes(sample, base) }
                count = sample.count
            }
            for (row, prefix) in prefixes.enumerated() {
                sampled.append(
                    Sampled(
                        prefix: prefix, row: UnsafeRawPointer(sample.base + row * elements.stride),
                        place: RowPlace(sender: Int(sample.sender), number: Int(numbers[row])), weight: step))
            }
        }
        guard !sampled.isEmpty, !isSmall(sampled, context) else { return .done }
        try sampled.sort { left, right in
            if left.prefix != right.prefix { return left.prefix < right.prefix }
            let difference = order.isDecisive ? 0 : try order.compare(left.row, right.row)
            return difference != 0 ? difference < 0 : left.place < right.place
        }
        let total = sampled.reduce(0) { $0 + $1.weight }
        let cuts = elements.makeBatch(cutCount)
        var (index, before) = (0, 0)
        while cuts.count < cutCount {
            let share = (cuts.count + 1) * total / (cutCount + 1)
            while index + 1 < sampled.count, before < share {
                before += sampled[index].weight
                index += 1
            }
            cuts.hashColumn()[cuts.count] = sampled[index].place.asBits
            withUnsafePointer(to: sampled[index].row) { elements.gather($0, 1, cuts) }
        }
        cuts.hasHashes = true
        try output.emit(cuts)
        return .done
    }

    private func isSmall(_ sampled: [Sampled], _ context: OperatorContext) -> Bool {
        guard mayGather, context.smallInputBytes > 0 else { return false }
        let rows = sampled.reduce(0) { $0 + $1.weight }
        // Rows that own memory elsewhere are as large as those of the sample.
        let owned = samples.reduce(0) { $0 + elements.estimatedBytes(of: $1) - $1.count * elements.stride }
        let bytes = rows * elements.stride + owned / sampled.count * rows
        guard bytes <= context.smallInputBytes else { return false }
        if !hasNoted {
            // In a loop the same may happen in every round.
            hasNoted = true
            context.record(choice: "one range", why: "\(rows) rows of \(bytes) bytes are work for one instance")
        }
        return true
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        writer.write(UInt64(samples.count))
        for sample in samples { try writer.write(numbered: sample, by: elements) }
    }

    public override func restore(from reader: inout ByteReader) throws {
        for _ in 0..<(try reader.read(UInt64.self)) { samples.append(try reader.readNumbered(by: elements)) }
    }
}
