import GyreColumns

/// Rows that wait, in the order in which they came, to be read once: in memory as far as the grant goes, the rest on disk.
///
/// What has been read is let go, so that a reader who keeps the rows does not hold them twice.
struct DammedRows {
    private struct Kept {
        var batch: Batch?
        var bytes: Int
    }

    private let elements: ElementType
    private let memory: MemoryGrant
    private let spill: any SpillArea
    /// Bytes of spilled frames: a thirty-second of the floor.
    private let frameBytes: Int
    private let tailRows: Int
    private var resident: [Kept] = []
    /// The last batch, where it is one of ours with room.
    private var tail: Batch?
    private var position = 0
    private var writer: SpillWriter?
    private var reader: SpillReader?

    init(_ elements: ElementType, _ context: OperatorContext) {
        self.elements = elements
        memory = context.memory
        spill = context.spill
        frameBytes = min(SpillWriter.frameBytes, max(512, context.memory.floor / 32))
        tailRows = max(1, min(context.batchSize, frameBytes / max(1, elements.stride)))
    }

    /// Keeps a batch, which must not be changed any more.
    ///
    /// - Throws: `SpillError`, or `CodecError.unsupported` if rows that have to be spilled cannot be.
    mutating func append(_ batch: Batch) throws {
        if writer == nil {
            // A batch with much room to spare is copied, for its room counts.
            if batch.count * 2 < batch.capacity ? copy(batch) : keep(batch) { return }
            writer = try SpillWriter(to: spill.makeFile(), elements, frameBytes: frameBytes)
        }
        // Once rows are on disk all further ones go there, so that the order stays.
        try writer?.append(batch)
    }

    private mutating func keep(_ batch: Batch) -> Bool {
        let bytes = claim(owned(by: batch) + batch.capacity * elements.stride + 128)
        guard let bytes else { return false }
        resident.append(Kept(batch: batch, bytes: bytes))
        tail = nil
        return true
    }

    private mutating func copy(_ batch: Batch) -> Bool {
        if let tail, tail.capacity - tail.count >= batch.count {
            guard let bytes = claim(owned(by: batch)) else { return false }
            elements.append(batch, 0..<batch.count, tail)
            resident[resident.count - 1].bytes += bytes
            return true
        }
        let fresh = elements.makeBatch(max(batch.count, tailRows))
        guard let bytes = claim(owned(by: batch) + fresh.capacity * elements.stride + 128) else { return false }
        elements.append(batch, 0..<batch.count, fresh)
        resident.append(Kept(batch: fresh, bytes: bytes))
        tail = fresh
        return true
    }

    /// Bytes that rows own elsewhere.
    private func owned(by batch: Batch) -> Int {
        elements.isTrivial || memory.budget == nil
            ? 0 : elements.estimatedBytes(of: batch) - batch.count * elements.stride
    }

    private func claim(_ bytes: Int) -> Int? {
        if memory.budget == nil { return 0 }
        return memory.reserve(bytes) ? bytes : nil
    }

    /// The next batch; nil at the end. No rows may be added behind the first one that is read.
    mutating func next() throws -> Batch? {
        if position < resident.count {
            tail = nil
            let kept = resident[position]
            resident[position] = Kept(batch: nil, bytes: 0)
            memory.release(kept.bytes)
            position += 1
            return kept.batch
        }
        if reader == nil, var writer {
            reader = try SpillReader(try writer.finish())
        }
        return try reader?.next()
    }

    /// Forgets all rows; others can be added then.
    mutating func removeAll() {
        for kept in resident { memory.release(kept.bytes) }
        resident = []
        tail = nil
        position = 0
        writer = nil
        reader = nil
    }

    /// Writes all rows; before any is read.
    mutating func snapshot(into bytes: inout ByteWriter) throws {
        var batches = resident.compactMap(\.batch)
        if var writer {
            var spilled = try SpillReader(try writer.finish())
            self.writer = writer
            while let batch = try spilled.next() { batches.append(batch) }
        }
        try bytes.write(batches: batches, by: elements)
    }
}
