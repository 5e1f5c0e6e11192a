import GyreColumns
import GyreOperators
import GyreTime

/// The output of the last operator of a segment: the edges that leave it, by port.
final class SegmentOutput: Output {
    private let writers: [[EdgeWriter]]
    /// All of them, whatever their port.
    private let allWriters: [EdgeWriter]
    /// How many batches have left the segment.
    private(set) var emitted = 0

    init(writers: [[EdgeWriter]]) {
        self.writers = writers
        allWriters = writers.flatMap { $0 }
        super.init()
    }

    override func emit(_ batch: Batch, port: Int) throws {
        emitted &+= 1
        guard port < writers.count else { return }
        for writer in writers[port] { try writer.send(batch) }
    }

    override func advance(to frontier: Frontier, port: Int) {
        guard port < writers.count else { return }
        for writer in writers[port] { writer.sendControl(.frontier(frontier)) }
    }

    override var hasRoom: Bool {
        for writer in allWriters where !writer.hasRoom { return false }
        return true
    }

    /// Sends what waits in overflow lists; true when nothing waits any more.
    func drain() -> Bool {
        var isEmpty = true
        for writer in allWriters where !writer.drain() { isEmpty = false }
        return isEmpty
    }

    /// Sends batches that are not full.
    func flush() {
        for writer in allWriters { writer.flush() }
    }

    /// Sends a control message on every port.
    func sendControl(_ message: Message) {
        for writer in allWriters { writer.sendControl(message) }
    }
}

/// The output of an operator inside a chain: the next operator, called directly.
final class ChainOutput: Output {
    private let next: Operator
    private let nextIdentity: OperatorIdentity
    private let nextOutput: Output
    /// Whether the next operator owes a `resume`; only the last of a chain may.
    private(set) var nextOwes = false

    init(next: Operator, identity: OperatorIdentity, nextOutput: Output) {
        self.next = next
        self.nextIdentity = identity
        self.nextOutput = nextOutput
        super.init()
    }

    override func emit(_ batch: Batch, port: Int) throws {
        precondition(!nextOwes, "an operator that emits one batch a time has emitted two")
        do {
            if try next.process(batch, port: 0, into: nextOutput) != .done { nextOwes = true }
        } catch { throw nextIdentity.attributed(error) }
    }

    override func emit(lending batch: inout Batch, port: Int) throws {
        precondition(!nextOwes, "an operator that emits one batch a time has emitted two")
        do {
            if try next.process(lent: &batch, port: 0, into: nextOutput) != .done { nextOwes = true }
        } catch { throw nextIdentity.attributed(error) }
    }

    override var hasRoom: Bool { !nextOwes && next.accepts(port: 0) && nextOutput.hasRoom }

    /// The next operator has caught up.
    func settle() {
        nextOwes = false
    }
}
