public import GyreColumns
public import GyreTime

/// Folds the rows of each key ahead of an exchange, as far as a small table holds them.
///
/// A full table is emptied into the exchange and filled anew. Where the combiner meets few keys again it turns itself
/// off and passes each row through as a partial one (`CombinerGauge`), for the rest of the round or the input.
/// Batches carry the hashes of their keys. It never spills: a refused grant counts as a full table.
public final class CombineOperator<In, K: Key, Initial: Sendable, Value, Out>: Operator {
    /// Makes a partial row of each row, with the hash of its key; absent where rows are their own partial rows.
    public typealias Pass =
        @Sendable (
            UnsafePointer<In>, Int, Initial, UnsafeMutablePointer<Out>, UnsafeMutablePointer<UInt64>
        ) throws -> Void

    /// Bytes of the table at most: about a core's part of the last cache.
    static var mostBytes: Int { 12 << 20 }

    private let initial: Initial
    private let kernels: KeyedKernels<In, K, Initial, Value, Out>
    private let pass: Pass?
    private let adapts: Bool
    private let outputs: ElementType
    private var table = KeyTable<K, Value>()
    private var scratch = KeyedScratch<K>()
    private var gauge = CombinerGauge()
    private var isOff = false
    private var emission = KeyedEmission<K, Value, Out>(carriesHashes: true)
    /// The batch that waits for the table to be emptied, and its first row that is not in it.
    private var pending: (batch: RowBatch<In>, next: Int)?
    private var passed = RowBatch<Out>(capacity: 1)
    private var context: OperatorContext?
    private var reserved = 0
    private var isEnding = false

    /// - Parameter adapts: whether it may turn itself off.
    public init(
        initial: Initial, adapts: Bool, outputs: ElementType,
        kernels: KeyedKernels<In, K, Initial, Value, Out>, pass: Pass?
    ) {
        self.initial = initial
        self.adapts = adapts
        self.outputs = outputs
        self.kernels = kernels
        self.pass = pass
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
        // Not the order of the table behind the exchange.
        table = KeyTable(seed: context.uid.keyHash)
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        pending = (batch.rows(of: In.self), 0)
        return try resume(into: output)
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard let context, context.completes(frontier) else { return .done }
        gauge = CombinerGauge()
        isOff = false
        isEnding = true
        emission.begin()
        return try resume(into: output)
    }

    public override func resume(into output: Output) throws -> Progress {
        guard let context else { return .done }
        while true {
            while let batch = emission.next(of: &table, rows: context.batchSize, by: kernels) {
                try output.emit(batch)
                if !output.hasRoom { return .more }
            }
            guard let (batch, next) = pending else {
                if isEnding { giveBack() }
                return .done
            }
            if isOff {
                pending = nil
                try passThrough(batch, from: next, into: output)
                return .done
            }
            // Hashes that the rows carry are of whichever key they came by.
            let end = try kernels.fold(batch.rows, next, batch.count, nil, initial, &table, &scratch)
            gauge.add(end - next)
            if end == batch.count {
                pending = nil
                if adapts, case .turnOff(let reason) = gauge.look(keys: table.count) { turnOff(reason) }
                if !emission.isActive { return .done }
            } else {
                pending = (batch, end)
                if !grow() {
                    if case .turnOff(let reason) = gauge.lookWhenFull(keys: table.count), adapts { turnOff(reason) }
                    emission.begin()
                }
            }
        }
    }

    /// Who collects next wants the memory.
    private func giveBack() {
        isEnding = false
        table.removeAll()
        context?.memory.release(reserved)
        reserved = 0
    }

    private func turnOff(_ reason: String) {
        isOff = true
        emission.begin()
        context?.record(choice: "no combiner", why: reason)
    }

    private func grow() -> Bool {
        let bytes = table.grownByteCount
        guard let context, bytes <= CombineOperator.mostBytes, context.memory.reserve(bytes) else { return false }
        kernels.grow(&table)
        context.memory.release(reserved)
        reserved = bytes
        return true
    }

    private func passThrough(_ batch: RowBatch<In>, from start: Int, into output: Output) throws {
        guard let pass else {
            // The rows of the batch's beginning are in the table already, or have left it. Hashes of another key
            // must not go on.
            if start == 0, !batch.hasHashes { return try output.emit(batch) }
            let rest = RowBatch<In>(capacity: batch.count - start)
            rest.rows.initialize(from: batch.rows + start, count: batch.count - start)
            rest.count = batch.count - start
            return try output.emit(rest)
        }
        let count = batch.count - start
        RowBatch.reuse(&passed, capacity: max(1, count))
        try pass(batch.rows + start, count, initial, passed.rows, passed.hashColumn())
        passed.count = count
        passed.hasHashes = true
        try output.emit(passed)
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        writer.write(UInt8(isOff ? 1 : 0))
        try writer.write(batches: table.count == 0 ? [] : [kernels.copies(of: &table)], by: outputs)
    }

    public override func restore(from reader: inout ByteReader) throws {
        isOff = try reader.read(UInt8.self) == 1
        for batch in try reader.readBatches(by: outputs) {
            let rows = batch.rows(of: Out.self)
            // They come in the order of the table, which must not be too small for them.
            while table.room < rows.count { kernels.grow(&table) }
            _ = try kernels.insert(rows.rows, 0, rows.count, &table)
        }
        if context?.memory.reserve(table.byteCount) == true { reserved = table.byteCount }
    }
}
