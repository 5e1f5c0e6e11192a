import GyreColumns

/// The groups of one operator under its grant: a table of values, and parts on disk once it may not grow.
///
/// The rules:
///
/// 1. While the grant lets it, the table grows. When it is refused, the table is **frozen**: rows of the keys that it
///    has are folded as before, however many come; rows of other keys go to disk as they are, dealt to parts by the
///    high bits of their places.
/// 2. At the end of a level the values go to disk too, behind nothing: no key has a value there and rows that came
///    before it. Each part is then a level of its own, one after the other: first its values, then its rows, in the
///    order in which they came.
/// 3. Values that grow (arrays) may pass the grant when the table is frozen already. Then all values go to disk and
///    the table stays empty and frozen, for a key must not begin a second time.
///
/// So the fold of each key sees its rows in the order of their arrival, whatever the budget; nothing is ever merged.
/// And parts come in the order of places, which is the order of the table.
final class KeyedGroups<In, K: Key, Initial: Sendable, Value, Out> {
    /// Bits of the place that may name parts; the rest is for slots. Keys that have them all in common are not told
    /// apart on disk.
    private static var mostSkippedBits: Int { 30 }

    private let initial: Initial
    private let kernels: KeyedKernels<In, K, Initial, Value, Out>
    private let elements: (inputs: ElementType, outputs: ElementType)
    private let context: OperatorContext
    private let plan: KeyedSpillPlan
    var table = KeyTable<K, Value>()
    private var scratch = KeyedScratch<K>()
    private var partitions: KeyedPartitions?
    private var skippedBits = 0
    private var tableBytes = 0
    private var bufferBytes = 0
    private var estimate: KeyedEstimate

    init(
        initial: Initial, kernels: KeyedKernels<In, K, Initial, Value, Out>,
        elements: (inputs: ElementType, outputs: ElementType), context: OperatorContext
    ) {
        self.initial = initial
        self.kernels = kernels
        self.elements = elements
        self.context = context
        plan = KeyedSpillPlan(floor: context.memory.floor)
        estimate = KeyedEstimate(
            isNeeded: context.memory.budget != nil && !(_isPOD(K.self) && _isPOD(Value.self)),
            floor: context.memory.floor)
        // Taken before the table can take everything.
        if context.memory.budget != nil, context.memory.reserve(plan.bufferBytes) { bufferBytes = plan.bufferBytes }
    }

    /// Whether keys that the table does not have go to disk.
    var isFrozen: Bool { scratch.isFrozen }

    /// Begins a level with an empty table.
    func start(seed: UInt64, skippedBits: Int) {
        self.skippedBits = skippedBits
        table = KeyTable(seed: seed, skippedBits: skippedBits)
        scratch.isFrozen = false
        context.memory.release(tableBytes + estimate.restart())
        tableBytes = 0
    }

    // MARK: Folding

    /// Folds a batch, or puts its rows on disk.
    func fold(_ batch: RowBatch<In>) throws {
        var next = 0
        while true {
            if scratch.isFrozen { scratch.makeRoom(forRejected: batch.count) }
            next = try kernels.fold(batch.rows, next, batch.count, batch.hashes, initial, &table, &scratch)
            if scratch.rejectedCount > 0 {
                let numbers = UnsafeBufferPointer(start: scratch.rejected, count: scratch.rejectedCount)
                try partitions?.append(rows: numbers, places: scratch.rejectedPlaces, of: batch)
                scratch.rejectedCount = 0
            }
            if next == batch.count { break }
            if !grow() { try freeze() }
        }
        try account(for: batch.count)
    }

    /// Takes a value that was begun before; in the order of places, if `makeRoom` has been asked first.
    func take(states batch: RowBatch<Out>) throws {
        var next = 0
        while next < batch.count {
            if scratch.isFrozen {
                try write(states: batch, from: next)
                return
            }
            next = try kernels.insert(batch.rows, next, batch.count, &table)
            if next < batch.count, !grow() { try freeze() }
        }
        try account(for: batch.count)
    }

    /// Grows the table for as many values; freezes it if it may not hold them all, for values that come in the order
    /// of places would crowd in a table that is too small.
    func makeRoom(forStates count: Int) throws {
        while table.room < count {
            if !grow() { return try freeze() }
        }
    }

    private func grow() -> Bool {
        let bytes = table.grownByteCount
        guard context.memory.reserve(bytes) else { return false }
        kernels.grow(&table)
        context.memory.release(tableBytes)
        tableBytes = bytes
        return true
    }

    // MARK: Spilling

    /// From here on only keys that the table has are folded.
    ///
    /// - Throws: `MemoryError.overBudget` where no more parts can be made: many keys of one hash.
    func freeze() throws {
        guard !scratch.isFrozen else { return }
        if skippedBits > KeyedGroups.mostSkippedBits { try context.memory.require(table.grownByteCount) }
        if skippedBits == 0 {
            context.record(
                choice: "spill into \(1 << plan.bits) parts",
                why:
                    "\(table.count) keys in \(table.byteCount) bytes, \(context.memory.held) bytes held, no more granted; "
                    + "buffers of \(plan.bufferBytes) bytes are for a quarter of the \(context.memory.floor) that nobody "
                    + "can take from it"
            )
        }
        scratch.isFrozen = true
        _ = try openPartitions()
    }

    private func openPartitions() throws -> KeyedPartitions {
        if let partitions { return partitions }
        let made = try KeyedPartitions(
            plan, skippedBits: skippedBits, in: context.spill, inputs: elements.inputs, states: elements.outputs)
        partitions = made
        return made
    }

    /// Moves all values to disk; the table is empty and small then.
    private func writeTable() throws {
        let rows = max(1, min(1024, plan.frameBytes / max(1, elements.outputs.stride)))
        var cursor = KeyTableCursor()
        var slots = [Int](repeating: 0, count: rows)
        while table.count > 0 {
            let batch = RowBatch<Out>(capacity: rows)
            batch.count = slots.withUnsafeMutableBufferPointer { slots in
                guard let base = slots.baseAddress else { return 0 }
                return kernels.drain(
                    &table, &cursor, min(rows, table.count), base, batch.rows, batch.hashColumn(), false)
            }
            batch.hasHashes = true
            try write(states: batch, from: 0)
        }
        table.removeAll()
        context.memory.release(tableBytes + estimate.restart())
        tableBytes = 0
    }

    private func write(states batch: RowBatch<Out>, from start: Int) throws {
        if !batch.hasHashes {
            try kernels.hash(batch.rows, batch.count, batch.hashColumn())
            batch.hasHashes = true
        }
        guard let hashes = batch.hashes else { return }
        let places = (0..<batch.count).map { table.place(of: hashes[$0]) }
        try openPartitions().append(states: batch, range: start..<batch.count, places: places)
    }

    /// Ends a level.
    ///
    /// - Returns: its parts in the order of places, and the table is empty; nil if all groups are in the table.
    func finishLevel() throws -> [KeyedPartition]? {
        guard partitions != nil else { return nil }
        try writeTable()
        let parts = try partitions?.finish()
        partitions = nil
        return parts
    }

    // MARK: What keys and values own elsewhere

    /// - Throws: `MemoryError.overBudget` where a single value takes more than is granted.
    private func account(for rows: Int) throws {
        guard estimate.isDue(after: rows), table.count > 0 else { return }
        let bytes = estimate.bytes(of: sample(), outOf: table.count, by: elements.outputs)
        if bytes <= estimate.reserved {
            context.memory.release(estimate.reserved - bytes)
            estimate.reserved = bytes
        } else if context.memory.reserve(bytes - estimate.reserved) {
            estimate.reserved = bytes
        } else if !scratch.isFrozen {
            try freeze()
        } else if table.count == 1 {
            try context.memory.require(bytes - estimate.reserved)
        } else {
            try writeTable()
        }
    }

    /// Some entries, others each time.
    private func sample() -> RowBatch<Out> {
        let most = KeyedEstimate.sampledEntries
        let batch = RowBatch<Out>(capacity: most)
        var slots = [Int](repeating: 0, count: most)
        for start in [estimate.start(in: table.slotCount), 0] where batch.count == 0 {
            var cursor = KeyTableCursor(startingAt: start)
            batch.count = slots.withUnsafeMutableBufferPointer { slots in
                guard let base = slots.baseAddress else { return 0 }
                return kernels.drain(&table, &cursor, most, base, batch.rows, batch.hashColumn(), true)
            }
        }
        return batch
    }

    // MARK: Snapshots

    func snapshot(into writer: inout ByteWriter) throws {
        try writer.write(batches: table.count == 0 ? [] : [kernels.copies(of: &table)], by: elements.outputs)
        writer.write(UInt8(scratch.isFrozen ? 1 : 0))
        let spilled = try partitions?.contents()
        try writer.write(batches: spilled?.states ?? [], by: elements.outputs)
        try writer.write(batches: spilled?.rows ?? [], by: elements.inputs)
    }

    func restore(from reader: inout ByteReader) throws {
        for batch in try reader.readBatches(by: elements.outputs) {
            try makeRoom(forStates: batch.count)
            try take(states: batch.rows(of: Out.self))
        }
        let wasFrozen = try reader.read(UInt8.self) == 1
        if wasFrozen { try freeze() }
        for batch in try reader.readBatches(by: elements.outputs) { try take(states: batch.rows(of: Out.self)) }
        // Their keys are in no table, so they find their parts by themselves.
        for batch in try reader.readBatches(by: elements.inputs) { try fold(batch.rows(of: In.self)) }
    }
}
