extension RowBatch {
    /// Makes `batch` an empty one with room for `needed` rows: itself, if nobody else holds it and it is
    /// large enough, else a new one.
    ///
    /// The idiom of every operator before it fills its result.
    @inlinable
    public static func reuse(_ batch: inout RowBatch, capacity needed: Int) {
        if batch.capacity >= needed, Batch.isOwned(&batch) {
            batch.removeAll()
        } else {
            batch = RowBatch(capacity: Swift.max(needed, batch.capacity))
        }
    }
}

extension Batch {
    /// Whether the caller may overwrite the rows and fill the storage again: nobody else holds the batch, and its rows
    /// are its own.
    @inlinable
    public static func isOwned(_ batch: inout some Batch) -> Bool {
        batch.owner == nil && isKnownUniquelyReferenced(&batch)
    }

    /// The same for a batch whose type only its descriptor knows.
    @inlinable
    public static func reuse(_ batch: inout Batch, capacity needed: Int, of elements: ElementType) {
        if batch.capacity >= needed, Batch.isOwned(&batch) {
            batch.removeAll()
        } else {
            batch = elements.makeBatch(Swift.max(needed, batch.capacity))
        }
    }

    /// The same for whoever writes over the rows that are there: they stay, though `count` is 0, and are the caller's
    /// to destroy.
    ///
    /// - Returns: how many they are.
    public static func reuseWithRows(_ batch: inout Batch, capacity needed: Int, of elements: ElementType) -> Int {
        guard batch.capacity >= needed, isKnownUniquelyReferenced(&batch) else {
            batch = elements.makeBatch(Swift.max(needed, batch.capacity))
            return 0
        }
        let stale = batch.count
        batch.forgetRows()
        return stale
    }
}
