public import GyreColumns

/// Reads a run from its beginning, a batch a frame.
public struct SpillReader {
    private let run: SpillRun
    private let codec: SpillCodec
    private var position = 0

    public init(_ run: SpillRun) throws {
        guard let codec = run.elements.spill else { throw CodecError.unsupported(run.elements.name) }
        self.run = run
        self.codec = codec
    }

    /// What has not been read yet.
    var rest: SpillRun { run.dropping(frames: position) }

    /// The next rows; nil at the end. The batch belongs to the caller.
    public mutating func next() throws -> Batch? {
        guard position < run.frames.count else { return nil }
        let frame = run.frames[position]
        position += 1
        let bytes = try [UInt8](unsafeUninitializedCapacity: frame.byteCount) { buffer, count in
            try run.file.read(at: frame.offset, into: UnsafeMutableRawBufferPointer(buffer))
            count = frame.byteCount
        }
        var reader = ByteReader(bytes)
        let batch = run.elements.makeBatch(frame.rows)
        try codec.read(&reader, frame.rows, batch)
        if frame.hasHashes {
            try reader.readBytes(into: UnsafeMutableRawBufferPointer(start: batch.hashColumn(), count: 8 * frame.rows))
            batch.hasHashes = true
        }
        return batch
    }
}
