import GyreColumns
import GyreOperators
import GyreTime

/// Makes one value of all rows, when the input is over: the nodes of a load at which everything meets.
final class MeetingOperator<In, Out: Sendable>: Operator {
    private let make: @Sendable ([In]) throws -> Out
    private var rows: [In] = []

    init(make: @escaping @Sendable ([In]) throws -> Out) {
        self.make = make
    }

    override func process(_ batch: Batch, port: Int, into output: Output) -> Progress {
        rows += batch.rows(of: In.self).elements
        return .done
    }

    override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard frontier == .end else { return .done }
        let result = try make(rows)
        rows = []
        try output.emit(RowBatch(CollectionOfOne(result)))
        return .done
    }
}

/// How many edges begin and end at each position, as one numbering worker has counted.
final class DegreeCounts: Sendable {
    let outgoing: SharedVector<UInt32>
    let incoming: SharedVector<UInt32>
    let numbering: VertexNumbering

    init(_ numbering: VertexNumbering) {
        self.numbering = numbering
        outgoing = SharedVector(count: numbering.identifiers.count)
        incoming = SharedVector(count: numbering.identifiers.count)
    }
}

/// Replaces identifiers by positions, in place, once the numbering is known (port 1), and counts degrees.
/// Port 0 brings chunks, which are kept until then. Outputs: 0 the chunks, 1 the counts at the end.
final class PositionOperator: Operator {
    private var chunks: [EdgeChunk] = []
    private var next = 0
    private var counts: DegreeCounts?
    private var isComplete = false
    private var reader = 0
    private let isUndirected: Bool

    init(isUndirected: Bool) {
        self.isUndirected = isUndirected
    }

    override func open(_ context: OperatorContext) {
        reader = context.instance
    }

    override func process(_ batch: Batch, port: Int, into output: Output) -> Progress {
        if port == 0 {
            chunks += batch.rows(of: EdgeChunk.self).elements
        } else if let numbering = batch.rows(of: VertexNumbering.self).elements.first {
            counts = DegreeCounts(numbering)
        }
        return .done
    }

    override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard frontier == .end else { return .done }
        isComplete = true
        return try resume(into: output)
    }

    override func resume(into output: Output) throws -> Progress {
        guard isComplete, let counts else { return .done }
        while next < chunks.count {
            guard output.hasRoom else { return .more }
            let numbered = counts.numbering.replaceIdentifiers(in: chunks[next], of: reader)
            count(numbered, counts)
            chunks[next] = numbered
            try output.emit(RowBatch(CollectionOfOne(numbered)), port: 0)
            next += 1
        }
        chunks = []
        next = 0
        isComplete = false
        try output.emit(RowBatch(CollectionOfOne(counts)), port: 1)
        return .done
    }

    private func count(_ chunk: EdgeChunk, _ counts: DegreeCounts) {
        guard let pairs = chunk.narrow?.base else { return }
        let (outgoing, incoming) = (counts.outgoing.base, counts.incoming.base)
        for index in 0..<chunk.count {
            let (source, target) = (Int(pairs[index] >> 32), Int(pairs[index] & 0xffff_ffff))
            outgoing[source] &+= 1
            incoming[target] &+= 1
            if isUndirected, source != target {
                outgoing[target] &+= 1
                incoming[source] &+= 1
            }
        }
    }
}

extension VertexNumbering {
    /// The chunk with positions for identifiers; the same storage where it is narrow.
    func replaceIdentifiers(in chunk: EdgeChunk, of reader: Int) -> EdgeChunk {
        let count = chunk.count
        if let pairs = chunk.narrow {
            let base = pairs.base
            switch lookup {
            case .offset(0): break
            case .offset(let first):
                let shift = UInt64(first) << 32 | UInt64(first)
                for index in 0..<count { base[index] -= shift }
            case .ranks(let first, let words, let before):
                words.withUnsafeBufferPointer { words in
                    before.withUnsafeBufferPointer { before in
                        for index in 0..<count {
                            let source = VertexNumbering.rank(Int64(base[index] >> 32) - first, words, before)
                            let target = VertexNumbering.rank(Int64(base[index] & 0xffff_ffff) - first, words, before)
                            base[index] = source << 32 | target
                        }
                    }
                }
            case .sorted(let sorted, let ranges):
                for index in 0..<count {
                    let source = ranges.position(of: Int64(base[index] >> 32), in: sorted)
                    let target = ranges.position(of: Int64(base[index] & 0xffff_ffff), in: sorted)
                    base[index] = UInt64(source) << 32 | UInt64(target)
                }
            case .local(let readers):
                let positions = readers[reader]
                for index in 0..<count {
                    let source = positions[Int(base[index] >> 32)]
                    let target = positions[Int(base[index] & 0xffff_ffff)]
                    base[index] = UInt64(source) << 32 | UInt64(target)
                }
            }
            return chunk
        }
        let pairs = SharedVector<UInt64>(count: count)
        if let ends = chunk.wide?.base {
            for index in 0..<count {
                pairs.base[index] = position(ends[2 * index]) << 32 | position(ends[2 * index + 1])
            }
        }
        return EdgeChunk(count: count, narrow: pairs, wide: nil, weights: chunk.weights)
    }

    private func position(_ identifier: Int64) -> UInt64 {
        switch lookup {
        case .offset(let first): UInt64(bitPattern: identifier - first)
        case .ranks(let first, let words, let before):
            words.withUnsafeBufferPointer { words in
                before.withUnsafeBufferPointer { VertexNumbering.rank(identifier - first, words, $0) }
            }
        case .sorted(let sorted, let ranges): UInt64(ranges.position(of: identifier, in: sorted))
        case .local: preconditionFailure("integers where strings were read")
        }
    }

    @inline(__always)
    private static func rank(
        _ bit: Int64, _ words: UnsafeBufferPointer<UInt64>, _ before: UnsafeBufferPointer<UInt32>
    ) -> UInt64 {
        let word = Int(bit >> 6)
        let below = words[word] & ((1 << UInt64(bit & 63)) - 1)
        return UInt64(before[word]) + UInt64(below.nonzeroBitCount)
    }
}
