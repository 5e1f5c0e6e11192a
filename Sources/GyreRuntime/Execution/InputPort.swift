import GyreTime

/// The receiving side of an edge on one instance: the channels from all instances that send, and how far
/// each has come.
final class InputPort {
    let isFeedback: Bool
    private let channels: [Channel]
    private var frontiers: [Frontier]
    /// Channels whose barrier has come while others' has not; they are not read until all have.
    private var isAligning: [Bool]
    private var turn = 0
    /// The minimum over the channels.
    private(set) var frontier = Frontier.start

    init(channels: [Channel], isFeedback: Bool) {
        self.channels = channels
        self.isFeedback = isFeedback
        frontiers = channels.map { _ in .start }
        isAligning = channels.map { _ in false }
    }

    /// The next message of any channel, each in turn.
    func receive() -> (message: Message, channel: Int)? {
        for step in channels.indices {
            let index = (turn + step) % channels.count
            guard !isAligning[index], let message = channels[index].receive() else { continue }
            // Stay with a channel while it has something: its batches are in cache.
            turn = index
            return (message, index)
        }
        turn = (turn + 1) % channels.count
        return nil
    }

    /// Whether there is something to receive.
    var hasMessage: Bool {
        for index in channels.indices where !isAligning[index] && !channels[index].isEmpty { return true }
        return false
    }

    /// Where to return an emptied batch of a channel.
    func channel(_ index: Int) -> Channel { channels[index] }

    /// Moves the frontier of a channel; true when the port's has moved with it.
    func advance(channel: Int, to frontier: Frontier) -> Bool {
        precondition(frontier >= frontiers[channel], "a frontier fell from \(frontiers[channel]) to \(frontier)")
        frontiers[channel] = frontier
        var minimum = frontier
        for other in frontiers where other < minimum { minimum = other }
        guard minimum > self.frontier else { return false }
        self.frontier = minimum
        return true
    }

    /// Notes the barrier of a channel; true when all channels have it or have ended.
    func align(channel: Int) -> Bool {
        isAligning[channel] = true
        return isAligned
    }

    /// Whether every channel has its barrier or has ended.
    var isAligned: Bool {
        for index in channels.indices where !isAligning[index] && frontiers[index] != .end { return false }
        return true
    }

    /// Reads all channels again.
    func endAlignment() {
        for index in isAligning.indices { isAligning[index] = false }
    }
}
