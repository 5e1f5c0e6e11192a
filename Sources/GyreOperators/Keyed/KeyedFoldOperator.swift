public import GyreColumns
public import GyreTime

/// Folds the rows of each key into one accumulator; emits a row a key when the round or the input is
/// complete, in the order of the table, which depends on the keys only.
///
/// Beyond its grant it spills (`KeyedGroups`); what comes out are the same bytes. Snapshot: the table and what is on
/// disk. In a loop it starts anew with each round.
public final class KeyedFoldOperator<In, K: Key, Initial: Sendable, Value, Out>: Operator {
    /// Frames that are read in one turn, so that others get theirs.
    private static var framesPerTurn: Int { 16 }

    private let initial: Initial
    private let kernels: KeyedKernels<In, K, Initial, Value, Out>
    private let elements: (inputs: ElementType, outputs: ElementType)
    private var groups: KeyedGroups<In, K, Initial, Value, Out>?
    private var emission = KeyedEmission<K, Value, Out>(carriesHashes: false)
    /// Parts on disk, the next one last.
    private var waiting: [KeyedPartition] = []
    /// The part that is being read.
    private var reading: (states: SpillReader, rows: SpillReader)?
    private var isEnding = false
    /// How often the table has been emptied.
    private var generation: UInt64 = 0
    private var context: OperatorContext?

    public init(
        initial: Initial, elements: (inputs: ElementType, outputs: ElementType),
        kernels: KeyedKernels<In, K, Initial, Value, Out>
    ) {
        self.initial = initial
        self.elements = elements
        self.kernels = kernels
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
        let groups = KeyedGroups(initial: initial, kernels: kernels, elements: elements, context: context)
        groups.start(seed: seed, skippedBits: 0)
        self.groups = groups
    }

    /// Each round's order is another, for in a loop the rows of one may come back in the next.
    private var seed: UInt64 { StableHash.combine(context?.uid.keyHash ?? 0, generation) }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        try groups?.fold(batch.rows(of: In.self))
        return .done
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard let context, context.completes(frontier) else { return .done }
        isEnding = true
        try endLevel()
        return try resume(into: output)
    }

    /// All rows of a level have been folded or put on disk.
    private func endLevel() throws {
        if let parts = try groups?.finishLevel() {
            waiting.append(contentsOf: parts.reversed())
        } else {
            emission.begin()
        }
    }

    public override func resume(into output: Output) throws -> Progress {
        guard isEnding, let context, let groups else { return .done }
        while true {
            while let batch = emission.next(of: &groups.table, rows: context.batchSize, by: kernels) {
                try output.emit(batch)
                if !output.hasRoom { return .more }
            }
            if reading != nil {
                guard try read(into: groups) else { return .more }
                reading = nil
                try endLevel()
            } else if let next = waiting.popLast() {
                groups.start(seed: seed, skippedBits: next.skippedBits)
                try groups.makeRoom(forStates: next.states.count)
                reading = (try SpillReader(next.states), try SpillReader(next.rows))
            } else {
                break
            }
        }
        isEnding = false
        generation += 1
        groups.start(seed: seed, skippedBits: 0)
        return .done
    }

    /// Reads some frames of the part; true at its end.
    private func read(into groups: KeyedGroups<In, K, Initial, Value, Out>) throws -> Bool {
        for _ in 0..<KeyedFoldOperator.framesPerTurn {
            if let batch = try reading?.states.next() {
                try groups.take(states: batch.rows(of: Out.self))
            } else if let batch = try reading?.rows.next() {
                try groups.fold(batch.rows(of: In.self))
            } else {
                return true
            }
        }
        return false
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        writer.write(generation)
        try groups?.snapshot(into: &writer)
    }

    public override func restore(from reader: inout ByteReader) throws {
        generation = try reader.read(UInt64.self)
        groups?.start(seed: seed, skippedBits: 0)
        try groups?.restore(from: &reader)
    }
}
