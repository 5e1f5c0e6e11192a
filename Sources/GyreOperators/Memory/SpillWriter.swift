public import GyreColumns

/// Writes a run: rows are gathered until a frame is worth a write.
///
/// Key hashes travel along where batches have them.
public struct SpillWriter {
    /// Bytes of a frame, about. Memory that a writer holds meanwhile.
    public static let frameBytes = 128 << 10

    private var run: SpillRun
    private let codec: SpillCodec
    private let frameBytes: Int
    private var rows = ByteWriter()
    private var hashes = ByteWriter()
    private var count = 0

    /// - Parameter frameBytes: fewer where many runs are written at once.
    /// - Throws: `CodecError.unsupported` if rows of the type can be neither copied nor encoded.
    public init(
        to file: any SpillFile, _ elements: ElementType, frameBytes: Int = SpillWriter.frameBytes
    ) throws {
        guard let codec = elements.spill else {
            throw CodecError.unsupported("rows of type \(elements.name) are not Codable, so they cannot be spilled")
        }
        self.codec = codec
        self.frameBytes = frameBytes
        run = SpillRun(file: file, elements: elements)
    }

    /// Bytes that wait for their frame to be full.
    public var bufferedBytes: Int { rows.bytes.count + hashes.bytes.count }

    /// Appends the rows of a range.
    public mutating func append(_ batch: Batch, _ range: Range<Int>) throws {
        // A frame has hashes for all of its rows or for none.
        if count > 0, batch.hasHashes != (hashes.bytes.count > 0) { try flush() }
        var next = range.lowerBound
        while next < range.upperBound {
            // Trivial rows fill a frame to its last byte; what is encoded row by row may pass the size by a few rows.
            let step =
                run.elements.isTrivial ? max(1, (frameBytes - rows.bytes.count) / max(1, run.elements.stride)) : 16
            let end = min(range.upperBound, next + step)
            try codec.write(batch, next..<end, &rows)
            if let column = batch.hashes {
                hashes.append(UnsafeRawBufferPointer(start: column + next, count: 8 * (end - next)))
            }
            count += end - next
            next = end
            if rows.bytes.count >= frameBytes { try flush() }
        }
    }

    /// Appends a whole batch.
    public mutating func append(_ batch: Batch) throws {
        try append(batch, 0..<batch.count)
    }

    /// Writes what is buffered.
    public mutating func flush() throws {
        guard count > 0 else { return }
        let offset = try rows.bytes.withUnsafeBytes { try run.file.append($0) }
        var byteCount = rows.bytes.count
        let hasHashes = hashes.bytes.count > 0
        if hasHashes {
            let behind = try hashes.bytes.withUnsafeBytes { try run.file.append($0) }
            precondition(behind == offset + byteCount, "a spill file has two writers at once")
            byteCount += hashes.bytes.count
        }
        run.add(SpillRun.Frame(offset: offset, byteCount: byteCount, rows: count, hasHashes: hasHashes))
        count = 0
        rows.removeAll()
        hashes.removeAll()
    }

    /// What has been written so far, without what is buffered.
    var written: SpillRun { run }

    /// Ends the run.
    public mutating func finish() throws -> SpillRun {
        try flush()
        return run
    }
}
