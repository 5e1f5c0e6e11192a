import GyrePlan

/// Which receiving instances a sending instance reaches over an edge.
enum Reach {
    /// The receiving instances, in order.
    static func receivers(of sender: Int, senders: Int, receivers: Int, by partitioning: Partitioning) -> [Int] {
        switch partitioning {
        case .forward: [sender]
        case .global: [0]
        case .rescale: rescaled(sender, senders: senders, receivers: receivers)
        case .hash, .rebalance, .broadcast, .range, .custom: Array(0..<receivers)
        }
    }

    /// Neighbours: with more receivers than senders each sender has some of its own, otherwise several
    /// senders share one.
    private static func rescaled(_ sender: Int, senders: Int, receivers: Int) -> [Int] {
        if receivers <= senders { return [sender * receivers / senders] }
        let first = sender * receivers / senders
        let end = (sender + 1) * receivers / senders
        return Array(first..<end)
    }
}
