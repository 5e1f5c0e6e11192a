extension ByteWriter {
    /// Writes batches one after the other.
    ///
    /// - Throws: `CodecError.unsupported` if the rows are not `Codable`; an empty list is always written.
    public mutating func write(batches: some Collection<Batch>, by elements: ElementType) throws {
        write(UInt64(batches.count))
        for batch in batches { try elements.requiredCodec.encode(batch, &self) }
    }
}

extension ByteReader {
    /// Reads what `write(batches:by:)` wrote.
    public mutating func readBatches(by elements: ElementType) throws -> [Batch] {
        var batches: [Batch] = []
        for _ in 0..<(try read(UInt64.self)) { batches.append(try elements.requiredCodec.decode(&self)) }
        return batches
    }
}

extension ElementType {
    /// The codec, where rows have to be written.
    ///
    /// - Throws: `CodecError.unsupported` if the rows are not `Codable`.
    public var requiredCodec: BatchCodec {
        get throws {
            guard let codec else { throw CodecError.unsupported("rows of type \(name) are not Codable") }
            return codec
        }
    }
}
