public import GyreColumns

/// Sorts any number of rows within a grant of memory, in runs on disk where they are more than it holds.
///
/// Rows are added batch by batch, then read in order, once. Of equal rows, those of the sender with the lower number come
/// first, and of one sender those that came first; so the order depends on what was sent only, not on when it came, nor
/// on the memory. Rows are kept in the batches that they came in; under a budget 32 bytes a row are reserved besides for
/// sorting. When the grant refuses, all that is kept is sorted and written, a run a sender. Cost: a radix sort of what is
/// kept, and a merge of the runs, O(log runs) comparisons a row.
///
/// Used by one operator; knows no types but descriptors.
public final class RowSorter {
    /// Reserved a row while it waits: an entry, and as much scratch.
    private static let entryBytes = 2 * MemoryLayout<RowReference>.stride
    /// Reserved a batch.
    private static let batchBytes = 128

    /// What has come of one sender.
    private struct Part {
        var batches: [Batch] = []
        /// The last of `batches`, where it is one of ours with room.
        var tail: Batch?
        var count = 0
        var range: ClosedRange<UInt64>?

        mutating func add(_ rows: Int, in range: ClosedRange<UInt64>) {
            count += rows
            self.range =
                self.range.map { min($0.lowerBound, range.lowerBound)...max($0.upperBound, range.upperBound) } ?? range
        }
    }

    private let elements: ElementType
    private let order: RowOrder
    private let context: OperatorContext
    private let memory: MemoryGrant
    private let frameBytes: Int
    private let tailRows: Int
    private var parts: [Part] = []
    private var runs: SortedRuns
    private var reserved = 0
    private var prefixes: [UInt64] = []
    private var sorted: SortedRows?
    private var hasNoted = false
    private let makeRuns: () -> SortedRuns
    /// Another sorter of the same operator, with which it shares a grant.
    public weak var sibling: RowSorter?

    /// - Parameter order: of the rows.
    public init(_ elements: ElementType, by order: RowOrder, in context: OperatorContext) {
        self.elements = elements
        self.order = order
        self.context = context
        memory = context.memory
        // A sixty-fourth of the floor, so that two sorters that share it can merge some runs each.
        let frameBytes = min(SpillWriter.frameBytes, max(256, context.memory.floor / 64))
        self.frameBytes = frameBytes
        tailRows = max(1, min(context.batchSize, frameBytes / max(1, elements.stride)))
        let spill = context.spill
        makeRuns = { SortedRuns(elements, by: order, spill: spill, frameBytes: frameBytes) }
        runs = makeRuns()
    }

    deinit { memory.release(reserved) }

    /// Takes rows, which must not be changed any more.
    ///
    /// - Throws: what a key throws; `SpillError`; `CodecError.unsupported` if rows that have to be spilled cannot be;
    ///   `MemoryError.overBudget` if the grant does not hold a single row.
    public func add(_ batch: Batch) throws {
        guard batch.count > 0 else { return }
        let sender = Int(max(0, batch.sender))
        while parts.count <= sender { parts.append(Part()) }
        let range = try prefixRange(of: batch)
        // A batch with much room to spare is copied, for its room counts.
        if batch.count >= 64, batch.count * 2 >= batch.capacity, try reserve(keeping: batch) {
            parts[sender].tail = nil
            parts[sender].batches.append(batch)
            parts[sender].add(batch.count, in: range)
        } else {
            try copy(batch, of: sender, in: range)
        }
    }

    /// The least and the greatest prefix of a batch.
    private func prefixRange(of batch: Batch) throws -> ClosedRange<UInt64> {
        if prefixes.count < batch.count { prefixes = [UInt64](repeating: 0, count: batch.count) }
        return try prefixes.withUnsafeMutableBufferPointer { prefixes in
            guard let prefixes = prefixes.baseAddress else { return 0...0 }
            try order.fillPrefixes(batch, prefixes)
            var (low, high) = (UInt64.max, UInt64.min)
            for index in 0..<batch.count {
                low = min(low, prefixes[index])
                high = max(high, prefixes[index])
            }
            return low...high
        }
    }

    /// Reserves memory, at the cost of all that is kept if need be: first of the one of two sorters that keeps more.
    private func reserve(_ bytes: Int) throws -> Bool {
        while !memory.reserve(bytes) {
            let keeping = [self, sibling].compactMap { $0 }.filter { $0.keepsRows }
            guard let most = keeping.max(by: { $0.reserved < $1.reserved }) else { return false }
            try most.spillParts()
        }
        reserved += bytes
        return true
    }

    /// Whether rows have been written to disk since the last `removeAll`.
    public var hasSpilled: Bool { !runs.isEmpty }

    private var keepsRows: Bool { parts.contains { $0.count > 0 } }

    private func reserve(keeping batch: Batch) throws -> Bool {
        if memory.budget == nil { return true }
        return try reserve(
            elements.estimatedBytes(of: batch) + (batch.capacity - batch.count) * elements.stride
                + batch.count * RowSorter.entryBytes + RowSorter.batchBytes)
    }

    /// Copies the rows to batches of our own, which are filled to their last row.
    private func copy(_ batch: Batch, of sender: Int, in range: ClosedRange<UInt64>) throws {
        var next = 0
        // What rows own elsewhere is shared with the batch that is copied, but may outlive it.
        let owned =
            elements.isTrivial || memory.budget == nil
            ? 0 : elements.estimatedBytes(of: batch) / batch.count - elements.stride
        while next < batch.count {
            var tail = parts[sender].tail
            if tail == nil || tail?.count == tail?.capacity {
                let rows = max(1, min(tailRows, max(64, batch.count - next)))
                try claim(rows * (elements.stride + RowSorter.entryBytes) + RowSorter.batchBytes)
                tail = elements.makeBatch(rows)
                parts[sender].tail = tail
                if let tail { parts[sender].batches.append(tail) }
            }
            guard let target = tail else { return }
            var rows = min(target.capacity - target.count, batch.count - next)
            if owned > 0 {
                rows = min(rows, 64)
                let reservedBefore = parts[sender].tail
                try claim(rows * owned)
                // Room was made by writing everything, the tail included.
                if parts[sender].tail !== reservedBefore { continue }
            }
            elements.append(batch, next..<(next + rows), target)
            parts[sender].add(rows, in: range)
            next += rows
        }
    }

    private func claim(_ bytes: Int) throws {
        guard memory.budget != nil, try !reserve(bytes) else { return }
        try memory.require(bytes)
        reserved += bytes
    }

    /// Writes all that is kept, a run a sender, and gives its memory back.
    private func spillParts() throws {
        for sender in parts.indices {
            var part = Part()
            swap(&part, &parts[sender])
            part.tail = nil
            guard let range = part.range else { continue }
            let rows = try BucketedRows(
                RowReference.self, &part.batches, stride: elements.stride, count: part.count, range: range, by: order)
            try runs.write(rows, of: sender)
        }
        memory.release(reserved)
        reserved = 0
    }

    /// No rows follow: they can be read.
    public func finish() throws { try RowSorter.finish([self]) }

    /// No rows follow for any of several sorters that share one grant: all can be read, in turn.
    ///
    /// If one of them has spilled, all do, so that each has its share of the memory for merging.
    public static func finish(_ sorters: [RowSorter]) throws {
        if sorters.contains(where: { $0.hasSpilled }) {
            for sorter in sorters { try sorter.spillParts() }
        }
        for sorter in sorters {
            if sorter.runs.isEmpty {
                sorter.sorted = try sorter.sortedInMemory()
            } else {
                let limit = sorters.count == 1 ? Int.max : sorter.memory.floor / sorters.count
                sorter.sorted = try sorter.runs.merged(
                    within: sorter.memory, limit: limit, reserved: &sorter.reserved)
            }
        }
        note(sorters)
    }

    /// Notes how the runs are merged; in a loop the same happens in every round.
    private static func note(_ sorters: [RowSorter]) {
        let merging = sorters.filter { $0.hasSpilled }
        guard let first = merging.first, !first.hasNoted else { return }
        for sorter in sorters { sorter.hasNoted = true }
        let runs = merging.map { "\($0.runs.fanIn.runs) runs, \($0.runs.fanIn.atATime) at a time" }
        first.context.record(
            choice: "merged runs on disk",
            why: "the rows passed the memory granted to \"\(first.context.name)\": "
                + runs.joined(separator: " and ") + ", in frames of \(first.frameBytes) bytes")
    }

    private func sortedInMemory() throws -> SortedRows {
        var all = Part()
        for part in parts {
            guard let range = part.range else { continue }
            all.batches += part.batches
            all.add(part.count, in: range)
        }
        parts = []
        guard let range = all.range else { return SortedRows() }
        var (batches, count) = (all.batches, all.count)
        all.batches = []
        // Images take more memory than references, and are scattered into a second copy of it.
        let holdsImages = memory.budget == nil && elements.isTrivial && elements.alignment <= 8
        let stride = elements.stride
        switch holdsImages ? stride : 0 {
        case 8:
            return try BucketedRows(
                RowImage8.self, &batches, stride: stride, count: count, range: range, by: order)
        case 16:
            return try BucketedRows(
                RowImage16.self, &batches, stride: stride, count: count, range: range, by: order)
        case 24:
            return try BucketedRows(
                RowImage24.self, &batches, stride: stride, count: count, range: range, by: order)
        default:
            return try BucketedRows(
                RowReference.self, &batches, stride: stride, count: count, range: range, by: order)
        }
    }

    /// The next rows in order, at most `limit`; nil at the end. Behind `finish` only.
    public func nextBlock(_ limit: Int) throws -> RowBlock? { try sorted?.nextBlock(limit) }

    /// Fills a batch with the next rows; it has room left only at the end.
    public func fill(_ batch: Batch) throws {
        while batch.count < batch.capacity, let block = try nextBlock(batch.capacity - batch.count) {
            elements.gather(block.rows, block.count, batch)
        }
    }

    /// Forgets all rows and gives the memory back; others can be added then.
    public func removeAll() {
        sorted = nil
        parts = []
        runs = makeRuns()
        memory.release(reserved)
        reserved = 0
    }

    /// Writes all rows that have been added; not between `finish` and `removeAll`.
    public func snapshot(into writer: inout ByteWriter) throws {
        writer.write(UInt64(parts.count))
        for (sender, part) in parts.enumerated() {
            try writer.write(batches: try runs.batches(of: sender) + part.batches, by: elements)
        }
    }

    /// Adds the rows that a snapshot has.
    public func restore(from reader: inout ByteReader) throws {
        for sender in 0..<(try reader.read(UInt64.self)) {
            for batch in try reader.readBatches(by: elements) {
                batch.sender = Int32(clamping: sender)
                try add(batch)
            }
        }
    }
}
