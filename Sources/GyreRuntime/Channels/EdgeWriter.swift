import GyreColumns
import GyreOperators
import GyrePlan

/// The sending side of an edge on one instance: deals rows to channels.
///
/// It never waits and never refuses. What finds no room in a channel is kept in that channel's overflow
/// list, in order; the segment does not run again before all lists are empty.
final class EdgeWriter {
    private let partitioning: Partitioning
    private let elements: ElementType
    private let router: RowRouter?
    private let channels: [Channel]
    private let batchSize: Int
    /// Who reads: a key or a partitioning is the reader's, and so are its errors.
    private let reader: OperatorIdentity
    /// Stamped on what is dealt.
    private let sender: Int32
    private var overflow: [MessageQueue]
    /// Batches being filled, by target; only where rows are dealt singly.
    private var filling: UnsafeMutablePointer<Batch>?
    private var hashes: [UInt64] = []
    private var targetOfRow: [UInt32] = []
    private var turn: Int

    /// - Parameter channels: by receiving instance; only those that this instance reaches.
    init(edge: PlanEdge, channels: [Channel], batchSize: Int, instance: Int, reader: OperatorIdentity) {
        self.reader = reader
        partitioning = edge.description.partitioning
        elements = edge.elements
        router = edge.router
        self.channels = channels
        self.batchSize = batchSize
        overflow = channels.map { _ in MessageQueue() }
        turn = instance
        sender = Int32(clamping: instance)
    }

    deinit {
        filling?.deinitialize(count: channels.count)
        filling?.deallocate()
    }

    /// Whether another batch finds room everywhere.
    var hasRoom: Bool {
        for index in channels.indices where !overflow[index].isEmpty || !channels[index].hasRoom { return false }
        return true
    }

    /// Sends what the overflow lists hold, as far as there is room. True when they are empty.
    func drain() -> Bool {
        var isEmpty = true
        for index in channels.indices where !overflow[index].isEmpty {
            while let message = overflow[index].first {
                guard channels[index].send(message) else { break }
                overflow[index].removeFirst()
            }
            if !overflow[index].isEmpty { isEmpty = false }
        }
        return isEmpty
    }

    /// Deals the rows of a batch.
    func send(_ batch: Batch) throws {
        if channels.count == 1 { return deliver(.batch(batch), to: 0) }
        switch partitioning {
        case .forward, .global: deliver(.batch(batch), to: 0)
        case .broadcast: for target in channels.indices { deliver(.batch(batch), to: target) }
        case .rebalance, .rescale: deal(batch)
        case .hash: try scatter(batch, carriesHashes: true)
        case .range where batch.receiver >= 0: deliver(.batch(batch), to: Int(batch.receiver))
        case .custom, .range: try scatter(batch, carriesHashes: false)
        }
    }

    /// Sends the batches that are being filled.
    func flush() {
        guard let filling else { return }
        for target in channels.indices where filling[target].count > 0 {
            filling[target].sender = sender
            deliver(.batch(filling[target]), to: target)
            filling[target] = emptyBatch(for: target)
        }
    }

    /// Sends a control message to every receiver, behind all rows.
    func sendControl(_ message: Message) {
        flush()
        for target in channels.indices { deliver(message, to: target) }
    }

    private func deliver(_ message: Message, to target: Int) {
        if !overflow[target].isEmpty || !channels[target].send(message) { overflow[target].append(message) }
    }

    /// Cuts a batch into equal shares. The first share goes to another receiver each time, so that small
    /// batches are spread too.
    private func deal(_ batch: Batch) {
        let filling = fillingBatches()
        let count = channels.count
        for share in 0..<count {
            let target = (turn + share) % count
            var start = batch.count * share / count
            let end = batch.count * (share + 1) / count
            while start < end {
                let room = filling[target].capacity - filling[target].count
                let rows = min(room, end - start)
                elements.append(batch, start..<(start + rows), filling[target])
                start += rows
                if filling[target].count == filling[target].capacity { sendFilled(target) }
            }
        }
        turn = (turn + 1) % count
    }

    private func scatter(_ batch: Batch, carriesHashes: Bool) throws {
        guard let router else { preconditionFailure("an edge that deals by key has no router") }
        let count = batch.count
        if hashes.count < count {
            hashes = [UInt64](repeating: 0, count: max(count, batchSize))
            targetOfRow = [UInt32](repeating: 0, count: max(count, batchSize))
        }
        let filling = fillingBatches()
        let targets = channels.count
        try hashes.withUnsafeMutableBufferPointer { hashes in
            try targetOfRow.withUnsafeMutableBufferPointer { targetOfRow in
                guard let hashBase = hashes.baseAddress, let targetBase = targetOfRow.baseAddress else { return }
                try reader.attributing { try router.fill(batch, hashBase) }
                if carriesHashes {
                    for row in 0..<count {
                        targetBase[row] = UInt32(
                            truncatingIfNeeded: StableHash.worker(of: hashBase[row], among: targets))
                    }
                } else {
                    for row in 0..<count {
                        let number = hashBase[row]
                        // Routers often know the receiver; a division costs more than the copy of a row.
                        let target = number < UInt64(targets) ? number : number % UInt64(targets)
                        targetBase[row] = UInt32(truncatingIfNeeded: target)
                    }
                }
                let plan = ScatterTargets(
                    targetOfRow: targetBase, batches: filling, count: targets,
                    hashes: carriesHashes ? UnsafePointer(hashBase) : nil)
                var next = 0
                while next < count {
                    let result = elements.scatter(batch, next, plan)
                    next = result.next
                    if let full = result.fullTarget { sendFilled(full) }
                }
            }
        }
    }

    private func sendFilled(_ target: Int) {
        guard let filling else { return }
        filling[target].sender = sender
        deliver(.batch(filling[target]), to: target)
        filling[target] = emptyBatch(for: target)
    }

    private func fillingBatches() -> UnsafeMutablePointer<Batch> {
        if let filling { return filling }
        let made = UnsafeMutablePointer<Batch>.allocate(capacity: channels.count)
        for target in channels.indices { (made + target).initialize(to: elements.makeBatch(batchSize)) }
        filling = made
        return made
    }

    private func emptyBatch(for target: Int) -> Batch {
        channels[target].reclaim() ?? elements.makeBatch(batchSize)
    }
}

/// Messages in order; taking the first is cheap.
struct MessageQueue {
    private var messages: [Message?] = []
    private var head = 0

    var isEmpty: Bool { head == messages.count }

    var first: Message? { isEmpty ? nil : messages[head] }

    mutating func append(_ message: Message) {
        messages.append(message)
    }

    mutating func removeFirst() {
        messages[head] = nil
        head += 1
        if head == messages.count {
            messages.removeAll(keepingCapacity: true)
            head = 0
        }
    }
}
