import GyreColumns

extension ElementType {
    /// Bytes that a batch takes while it is kept whole: its rows, its empty room and its hashes.
    func keptBytes(of batch: Batch) -> Int {
        estimatedBytes(of: batch) + (batch.capacity - batch.count) * stride + (batch.hasHashes ? 8 * batch.capacity : 0)
    }

    /// Copies rows to the end of another batch, with their hashes where they have any.
    ///
    /// - Precondition: where both have rows, both have hashes or neither has.
    func appendWithHashes(_ source: Batch, _ range: Range<Int>, _ target: Batch) {
        let start = target.count
        append(source, range, target)
        if let hashes = source.hashes {
            (target.hashColumn() + start).update(from: hashes + range.lowerBound, count: range.count)
            target.hasHashes = true
        }
    }
}
