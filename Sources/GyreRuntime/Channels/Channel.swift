package import GyreColumns

/// One instance's way to one other: a bounded ring, and a second one on which batches come back for reuse.
///
/// Batches may fill `capacity` slots; as many again are kept for control messages.
package final class Channel: Sendable {
    private let forward: Ring<Message>
    private let back: Ring<Batch>
    private let capacity: Int
    private let producer: WakeUp
    private let consumer: WakeUp

    /// - Parameter capacity: how many batches may be under way; a power of two.
    package init(capacity: Int, producer: WakeUp, consumer: WakeUp) {
        forward = Ring(capacity: capacity * 2)
        back = Ring(capacity: capacity * 2)
        self.capacity = capacity
        self.producer = producer
        self.consumer = consumer
    }

    /// Producer: sends, if there is room.
    package func send(_ message: Message) -> Bool {
        guard forward.push(message, limit: message.isControl ? capacity * 2 : capacity) else { return false }
        consumer.wake()
        return true
    }

    /// Producer: whether a batch finds room.
    package var hasRoom: Bool { forward.hasRoom(limit: capacity) }

    /// Producer: an empty batch that the consumer has given back.
    package func reclaim() -> Batch? { back.pop() }

    /// Consumer: the next message.
    package func receive() -> Message? {
        guard let message = forward.pop() else { return nil }
        producer.wake()
        return message
    }

    /// Consumer: whether there is nothing to receive.
    package var isEmpty: Bool { forward.isEmpty }

    /// Consumer: gives an emptied batch back, or drops it where there is no room.
    package func giveBack(_ batch: Batch) {
        _ = back.push(batch, limit: capacity * 2)
    }
}
