package import GyreColumns
package import GyreTime

/// What travels through a channel, in order.
package enum Message {
    case batch(Batch)
    case frontier(Frontier)
    /// What came before belongs to the checkpoint of this number, what comes after does not.
    case barrier(UInt64)

    /// Control messages may use the slots that batches may not, so that they always fit.
    var isControl: Bool {
        if case .batch = self { false } else { true }
    }
}
