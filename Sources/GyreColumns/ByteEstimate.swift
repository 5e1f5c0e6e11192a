extension ElementType {
    /// How many rows of a batch are looked at, at most.
    private static let sampledRows = 8

    /// Bytes that the rows of a batch take: exact where they own nothing elsewhere, else an estimate from the
    /// encoded size of a few of them, counted double, for every allocation has a header and a rounding.
    ///
    /// - Complexity: a few encodings a batch.
    public func estimatedBytes(of batch: Batch) -> Int {
        guard !isTrivial, batch.count > 0 else { return batch.count * stride }
        guard let spill else { return batch.count * (2 * stride + 64) }
        var writer = ByteWriter()
        var sampled = 0
        let step = max(1, batch.count / ElementType.sampledRows)
        for row in Swift.stride(from: 0, to: batch.count, by: step) {
            // What cannot be encoded says so when it is spilled.
            guard (try? spill.write(batch, row..<(row + 1), &writer)) != nil else { continue }
            sampled += 1
        }
        let encoded = sampled == 0 ? 64 : writer.bytes.count / sampled
        return batch.count * (stride + 2 * encoded)
    }
}
