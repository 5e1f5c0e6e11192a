public import GyreColumns
public import GyreTime

/// Folds the rows of each key into one accumulator; emits a row a key when the round or the input is
/// complete, in the order of the table, which depends on the keys only.
///
/// Snapshot: the table. In a loop it starts anew with each round.
public final class KeyedFoldOperator<In, K: Key, Initial: Sendable, Value: Sendable, Out>: Operator {
    private let initial: Initial
    private let kernels: KeyedKernels<In, K, Initial, Value, Out>
    private let codecs: (key: StateCodec<K>, value: StateCodec<Value>)
    private var table = KeyTable<K, Value>()
    private var scratch = KeyedScratch<K>()
    private var emission = KeyedEmission<K, Value, Out>(carriesHashes: false)
    private var context: OperatorContext?
    /// How often the table has been emptied.
    private var generation: UInt64 = 0

    public init(
        initial: Initial, codecs: (key: StateCodec<K>, value: StateCodec<Value>),
        kernels: KeyedKernels<In, K, Initial, Value, Out>
    ) {
        self.initial = initial
        self.codecs = codecs
        self.kernels = kernels
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
        startTable()
    }

    /// Each round's order is another, for in a loop the rows of one may come back in the next.
    private func startTable() {
        table = KeyTable(seed: StableHash.combine(context?.uid.keyHash ?? 0, generation))
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        let input = batch.rows(of: In.self)
        var next = 0
        while true {
            next = try kernels.fold(input.rows, next, input.count, input.hashes, initial, &table, &scratch)
            if next == input.count { return .done }
            kernels.grow(&table)
        }
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard let context, context.completes(frontier) else { return .done }
        emission.begin()
        return try resume(into: output)
    }

    public override func resume(into output: Output) throws -> Progress {
        guard emission.isActive, let context else { return .done }
        while let batch = emission.next(of: &table, rows: context.batchSize, by: kernels) {
            try output.emit(batch)
            if !output.hasRoom { return .more }
        }
        generation += 1
        startTable()
        return .done
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        writer.write(generation)
        try writer.write(table: &table, by: codecs)
    }

    public override func restore(from reader: inout ByteReader) throws {
        generation = try reader.read(UInt64.self)
        startTable()
        try reader.read(table: &table, by: codecs)
    }
}
