extension RowBatch {
    /// Makes `batch` an empty one with room for `needed` rows: itself, if nobody else holds it and it is
    /// large enough, else a new one.
    ///
    /// The idiom of every operator before it fills its result.
    @inlinable
    public static func reuse(_ batch: inout RowBatch, capacity needed: Int) {
        if batch.capacity >= needed, isKnownUniquelyReferenced(&batch) {
            batch.removeAll()
        } else {
            batch = RowBatch(capacity: Swift.max(needed, batch.capacity))
        }
    }
}
