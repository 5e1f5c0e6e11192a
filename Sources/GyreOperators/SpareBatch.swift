import GyreColumns

/// The storage that an operator fills again and again: taken empty, lent out, and kept if it comes back.
///
/// It is taken out of the operator while others work on it, so that the local is the only reference.
struct SpareBatch {
    private var batch: Batch?

    /// An empty batch with room for `room` rows.
    mutating func take(room: Int, of elements: ElementType) -> Batch {
        guard let spare = batch.take(), spare.capacity >= room else { return elements.makeBatch(max(1, room)) }
        spare.removeAll()
        return spare
    }

    /// Keeps the batch, unless somebody else does: it is theirs to read, or to overwrite, when we have let go.
    mutating func keep(_ used: inout Batch) {
        if Batch.isOwned(&used) { batch = used }
    }
}
