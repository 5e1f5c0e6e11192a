public import GyreColumns
public import GyreOperators
public import GyreTime

/// An output that keeps everything, and has as much room as a test gives it.
public final class CollectingOutput: Output {
    /// Batches by output port, in order.
    public private(set) var batches: [Int: [Batch]] = [:]
    /// Frontiers that the operator sent by itself, by output port, in order.
    public private(set) var frontiers: [Int: [Frontier]] = [:]
    /// Batches that were emitted while there was no room.
    public private(set) var overshoot = 0
    /// How many more batches find room.
    public var room: Int

    public init(room: Int = .max) {
        self.room = room
        super.init()
    }

    public override func emit(_ batch: Batch, port: Int) {
        batches[port, default: []].append(batch)
        if room > 0 {
            if room != .max { room -= 1 }
        } else {
            overshoot += 1
        }
    }

    public override func advance(to frontier: Frontier, port: Int) {
        frontiers[port, default: []].append(frontier)
    }

    public override var hasRoom: Bool { room > 0 }

    /// All rows of a port.
    public func rows<Row>(of type: Row.Type = Row.self, port: Int = 0) -> [Row] {
        (batches[port] ?? []).flatMap { Array($0.rows(of: Row.self).elements) }
    }

    /// Forgets what has been collected.
    public func removeAll() {
        batches = [:]
        frontiers = [:]
    }
}
