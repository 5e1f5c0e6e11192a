public import GyreColumns

/// Batches in order, in memory as far as the grant goes and on disk beyond: first in, first out, or read again
/// and again.
///
/// What an operator keeps without looking at it stands in one: early rows of a join, constants of a loop, what
/// came back for the next round. The front is in memory, the rest on disk; once something is on disk, all that
/// follows goes there too, until the queue is empty, so that the order holds.
///
/// Rows that can be neither copied nor encoded stay in memory and are *required* (`MemoryGrant.require`).
///
/// - Complexity: a batch in memory is kept as it is, by reference, unless it is less than half full: then its
///   rows are copied behind the last one's. On disk, one write a frame.
public final class BatchQueue {
    /// Where a reader that takes nothing away stands.
    public struct Reader {
        fileprivate var batch = 0
        fileprivate var run = 0
        fileprivate var frames: SpillReader?

        public init() {}
    }

    private struct Kept {
        var batch: Batch
        var bytes: Int
        /// Whether rows of others may be copied behind these: the batch is the queue's own.
        var isOwn: Bool
    }

    /// How many rows there are.
    public private(set) var rowCount = 0
    /// Bytes of memory they take, as the grant knows them.
    public private(set) var heldBytes = 0
    private let elements: ElementType
    private let memory: MemoryGrant
    private let spill: any SpillArea
    private var kept: [Kept?] = []
    /// The first of `kept` that has not been taken.
    private var first = 0
    /// What is on disk, in order, behind what is in memory.
    private var runs: [SpillRun] = []
    private var writer: SpillWriter?
    private var taking: SpillReader?

    public init(_ elements: ElementType, memory: MemoryGrant, spill: any SpillArea) {
        self.elements = elements
        self.memory = memory
        self.spill = spill
    }

    deinit { memory.release(heldBytes) }

    /// Whether nothing is left to be taken.
    public var isEmpty: Bool { rowCount == 0 }

    /// Whether part of it is on disk.
    public var hasSpilled: Bool { !runs.isEmpty || writer != nil || taking != nil }

    /// Adds a batch at the end. The caller must not change its rows afterwards.
    ///
    /// - Throws: `SpillError`; `MemoryError.overBudget` if rows can be neither kept nor spilled.
    public func append(_ batch: Batch) throws {
        guard batch.count > 0 else { return }
        rowCount += batch.count
        if hasSpilled { return try write(batch) }
        if batch.count * 2 < batch.capacity { return try copy(batch) }
        let bytes = elements.keptBytes(of: batch)
        if try reserve(bytes) {
            kept.append(Kept(batch: batch, bytes: bytes, isOwn: false))
        } else {
            try write(batch)
        }
    }

    /// Takes the first batch away; nil if there is none.
    public func popFirst() throws -> Batch? {
        if first < kept.count, let taken = kept[first].take() {
            first += 1
            if first == kept.count {
                kept.removeAll(keepingCapacity: true)
                first = 0
            }
            release(taken.bytes)
            rowCount -= taken.batch.count
            return taken.batch
        }
        while true {
            if let batch = try taking?.next() {
                rowCount -= batch.count
                return batch
            }
            taking = nil
            if runs.isEmpty { try finishWriting() }
            guard !runs.isEmpty else { return nil }
            taking = try SpillReader(runs.removeFirst())
        }
    }

    /// The batch where `reader` stands, which moves on; nil behind the last. A batch in memory is shared: it is
    /// to be read only.
    ///
    /// - Precondition: nothing has been taken from disk, and nothing is added while a reader is at work.
    public func next(_ reader: inout Reader) throws -> Batch? {
        precondition(taking == nil, "a queue is read again of which part is gone")
        if first + reader.batch < kept.count {
            defer { reader.batch += 1 }
            return kept[first + reader.batch]?.batch
        }
        try finishWriting()
        while true {
            if let batch = try reader.frames?.next() { return batch }
            guard reader.run < runs.count else { return nil }
            reader.frames = try SpillReader(runs[reader.run])
            reader.run += 1
        }
    }

    /// Calls `body` with every batch that has not been taken.
    public func forEach(_ body: (Batch) throws -> Void) throws {
        for index in first..<kept.count {
            if let batch = kept[index]?.batch { try body(batch) }
        }
        try finishWriting()
        for run in (taking.map { [$0.rest] } ?? []) + runs {
            var reader = try SpillReader(run)
            while let batch = try reader.next() { try body(batch) }
        }
    }

    /// Forgets everything.
    public func removeAll() {
        release(heldBytes)
        kept = []
        first = 0
        runs = []
        writer = nil
        taking = nil
        rowCount = 0
    }

    /// Writes all that is in memory to disk, because the operator needs the memory for something else.
    ///
    /// - Returns: whether any memory was released.
    public func spillAll() throws -> Bool {
        guard elements.spill != nil, first < kept.count else { return false }
        var front = try makeWriter()
        for index in first..<kept.count {
            guard let taken = kept[index].take() else { continue }
            try front.append(taken.batch)
            release(taken.bytes)
        }
        kept = []
        first = 0
        runs.insert(try front.finish(), at: 0)
        return true
    }

    /// Writes all rows that have not been taken, for `restore`.
    ///
    /// - Throws: `CodecError.unsupported` if the rows are not `Codable`.
    public func snapshot(into target: inout ByteWriter) throws {
        try finishWriting()
        let onDisk = (taking.map { [$0.rest] } ?? []) + runs
        target.write(UInt64(kept.count - first + onDisk.reduce(0) { $0 + $1.frameCount }))
        guard rowCount > 0 else { return }
        let codec = try elements.requiredCodec
        try forEach { try codec.encode($0, &target) }
    }

    /// Adds what `snapshot` wrote.
    public func restore(from reader: inout ByteReader) throws {
        for _ in 0..<(try reader.read(UInt64.self)) { try append(try elements.requiredCodec.decode(&reader)) }
    }

    private func copy(_ batch: Batch) throws {
        // Bytes of the copy are those of a full one: its room is there from the beginning.
        if let last = kept.last ?? nil, last.isOwn, last.batch.count + batch.count <= last.batch.capacity,
            batch.hasHashes == last.batch.hasHashes
        {
            let bytes = elements.estimatedBytes(of: batch) - batch.count * elements.stride
            guard try reserve(bytes) else { return try write(batch) }
            kept[kept.count - 1]?.bytes += bytes
            elements.appendWithHashes(batch, 0..<batch.count, last.batch)
            return
        }
        let own = elements.makeBatch(batch.capacity)
        let bytes =
            elements.estimatedBytes(of: batch) + (own.capacity - batch.count) * elements.stride
            + (batch.hasHashes ? 8 * own.capacity : 0)
        guard try reserve(bytes) else { return try write(batch) }
        elements.appendWithHashes(batch, 0..<batch.count, own)
        kept.append(Kept(batch: own, bytes: bytes, isOwn: true))
    }

    private func reserve(_ bytes: Int) throws -> Bool {
        if elements.spill == nil {
            try memory.require(bytes)
        } else if !memory.reserve(bytes) {
            return false
        }
        heldBytes += bytes
        return true
    }

    private func release(_ bytes: Int) {
        memory.release(bytes)
        heldBytes -= bytes
    }

    private func write(_ batch: Batch) throws {
        if writer == nil { writer = try makeWriter() }
        try writer?.append(batch)
    }

    private func makeWriter() throws -> SpillWriter {
        try SpillWriter(to: spill.makeFile(), elements, frameBytes: memory.frameBytes)
    }

    private func finishWriting() throws {
        guard let run = try writer?.finish() else { return }
        writer = nil
        if run.count > 0 { runs.append(run) }
    }
}
