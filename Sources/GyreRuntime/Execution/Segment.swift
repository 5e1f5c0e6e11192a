import GyreColumns
import GyreOperators
import GyreTime

/// One instance of a chain of operators on one worker: reads ports, drives the chain, sends.
///
/// The rules of a turn:
///
/// 1. What waits in overflow lists goes first. While anything waits, only feedback ports are read, whose
///    operators keep what they are given.
/// 2. If the last operator owes a `resume`, it is called, provided that its output has room.
/// 3. Otherwise messages are taken, up to a limit, from ports that the first operator accepts; a source makes
///    batches, up to the same limit, and stops at the first that leaves the segment.
/// 4. A frontier goes through the chain operator by operator, and out when the last has done with it.
/// 5. When there is no more input in this turn, batches that are being filled are sent.
/// 6. While a barrier has come on some channels and not on all, ports are read that the first operator
///    refuses, up to their barriers: it may be waiting for a port that has its barrier already.
final class Segment {
    /// How many messages a turn takes, or batches of a source, so that every segment gets its turn.
    static let messagesPerTurn = 16

    let name: String
    private let operators: [Operator]
    private let identities: [OperatorIdentity]
    private let outputs: [Output]
    private let exit: SegmentOutput
    private let lastLink: ChainOutput?
    private let ports: [InputPort]
    private let isSource: Bool
    private let snapshots: any SnapshotStore

    private var owes = false
    private var frontier = Frontier.start
    /// A frontier that is in the chain: where it goes on, once the operator before has done with it.
    private var passing: (frontier: Frontier, next: Int)?
    private var barrier: UInt64?
    private var portTurn = 0
    private var sourceIsExhausted = false
    /// The last checkpoint that this segment has taken part in.
    private(set) var lastCheckpoint: UInt64 = 0
    private var wasFinishedByCheckpoint = false
    private(set) var isFinished = false

    init(
        operators: [Operator], identities: [OperatorIdentity], exit: SegmentOutput, ports: [InputPort],
        isSource: Bool, snapshots: any SnapshotStore, lastCheckpoint: UInt64
    ) {
        self.lastCheckpoint = lastCheckpoint
        name = identities.map(\.name).joined(separator: " → ")
        self.operators = operators
        self.identities = identities
        self.exit = exit
        self.ports = ports
        self.isSource = isSource
        self.snapshots = snapshots
        var outputs: [Output] = [exit]
        var link: ChainOutput?
        for index in stride(from: operators.count - 1, to: 0, by: -1) {
            let output = ChainOutput(
                next: operators[index], identity: identities[index], nextOutput: outputs[0])
            if index == operators.count - 1 { link = output }
            outputs.insert(output, at: 0)
        }
        self.outputs = outputs
        lastLink = link
    }

    /// Does some work; false if there was nothing to do.
    ///
    /// - Parameter sourceBatches: how many batches a source may make, while its chain keeps what it is given.
    func turn(sourceBatches: Int = Segment.messagesPerTurn) throws -> Bool {
        if isFinished { return false }
        if !exit.drain() { return try takeFeedback() }
        var worked = false
        if owesResume {
            if exit.hasRoom { worked = try resumeLast() }
            if owesResume { return try takeFeedback() || worked }
        }
        if passing != nil { try passOn(); worked = true }
        if wasFinishedByCheckpoint {
            isFinished = exit.drain()
            return true
        }
        if isSource, !sourceIsExhausted { return try runSource(batches: sourceBatches) || worked }
        var taken = 0
        while taken < Segment.messagesPerTurn, !owesResume, passing == nil, outputs[0].hasRoom {
            guard try takeMessage() else { break }
            taken += 1
        }
        if taken < Segment.messagesPerTurn, !owesResume { exit.flush() }
        if try takeFeedback() { worked = true }
        finishIfPossible()
        return worked || taken > 0 || isFinished
    }

    private var owesResume: Bool { owes || lastLink?.nextOwes == true }

    private func resumeLast() throws -> Bool {
        let index = operators.count - 1
        let progress = try attributing(index) { try operators[index].resume(into: exit) }
        switch progress {
        case .done:
            owes = false
            lastLink?.settle()
            if passing != nil { try passOn() }
            finishIfPossible()
            return true
        case .more: return true
        case .idle: return false
        }
    }

    /// Runs a source for some batches. Once one has left the segment it is the readers' turn, while the rows
    /// are in cache.
    private func runSource(batches: Int) throws -> Bool {
        let source = operators[0]
        let output = outputs[0]
        let emitted = exit.emitted
        for batch in 0..<batches {
            guard exit.emitted == emitted, output.hasRoom else { return batch > 0 }
            let progress: Progress
            do { progress = try source.resume(into: output) } catch { throw identities[0].attributed(error) }
            switch progress {
            case .more: continue
            case .idle:
                exit.flush()
                return batch > 0
            case .done:
                sourceIsExhausted = true
                passing = (.end, 1)
                if !owesResume { try passOn() }
                return true
            }
        }
        return true
    }

    /// Takes one message from a port that may be read.
    private func takeMessage() throws -> Bool {
        for step in ports.indices {
            let port = (portTurn + step) % ports.count
            guard barrier != nil || operators[0].accepts(port: port), let (message, channel) = ports[port].receive()
            else { continue }
            try handle(message, port: port, channel: channel)
            portTurn = port
            return true
        }
        if !ports.isEmpty { portTurn = (portTurn + 1) % ports.count }
        return false
    }

    /// Takes everything from feedback ports.
    private func takeFeedback() throws -> Bool {
        var took = false
        for (index, port) in ports.enumerated() where port.isFeedback {
            while let (message, channel) = port.receive() {
                try handle(message, port: index, channel: channel)
                took = true
            }
        }
        return took
    }

    private func handle(_ message: consuming Message, port: Int, channel: Int) throws {
        switch consume message {
        case .batch(let batch): try handle(batch, port: port, channel: channel)
        case .frontier(let frontier): try handle(frontier, port: port, channel: channel)
        case .barrier(let number): try handle(barrier: number, port: port, channel: channel)
        }
    }

    private func handle(_ received: consuming Batch, port: Int, channel: Int) throws {
        var batch = received
        let progress: Progress
        do { progress = try operators[0].process(lent: &batch, port: port, into: outputs[0]) } catch {
            throw identities[0].attributed(error)
        }
        if progress != .done { owes = true }
        if Batch.isOwned(&batch) {
            batch.removeAll()
            ports[port].channel(channel).giveBack(batch)
        }
    }

    private func handle(_ frontier: Frontier, port: Int, channel: Int) throws {
        // Before the port's frontier is looked at: the end of one channel need not move it, since another is held
        // at its barrier, and may be all that the barrier waited for.
        let hasMoved = ports[port].advance(channel: channel, to: frontier)
        if hasMoved { try attributing(0) { try operators[0].portAdvanced(port, to: ports[port].frontier) } }
        try completeBarrierIfAligned()
        guard hasMoved else { return }
        var minimum = Frontier.end
        for port in ports where !port.isFeedback && port.frontier < minimum { minimum = port.frontier }
        guard minimum > self.frontier else { return }
        self.frontier = minimum
        passing = (minimum, 0)
        if !owesResume { try passOn() }
    }

    /// Takes the frontier through the operators that it has not passed yet, and out.
    private func passOn() throws {
        while let (frontier, next) = passing {
            if next == operators.count {
                passing = nil
                if !operators[operators.count - 1].sendsFrontiers {
                    exit.sendControl(.frontier(frontier))
                }
                return
            }
            passing = (frontier, next + 1)
            if next > 0 { try attributing(next) { try operators[next].portAdvanced(0, to: frontier) } }
            let progress = try attributing(next) { try operators[next].advance(to: frontier, into: outputs[next]) }
            if progress != .done {
                precondition(next == operators.count - 1, "\(identities[next].name) does not end its chain")
                owes = true
                return
            }
        }
    }

    private func handle(barrier number: UInt64, port: Int, channel: Int) throws {
        precondition(number > lastCheckpoint, "checkpoint \(number) again, behind the end of a channel")
        precondition(barrier == nil || barrier == number, "checkpoint \(number) begins within \(barrier ?? 0)")
        barrier = number
        _ = ports[port].align(channel: channel)
        try completeBarrierIfAligned()
    }

    private func completeBarrierIfAligned() throws {
        guard let number = barrier, ports.allSatisfy(\.isAligned) else { return }
        barrier = nil
        try snapshot(number)
        for port in ports { port.endAlignment() }
    }

    /// Snapshots every operator and passes the barrier on.
    private func snapshot(_ number: UInt64) throws {
        for (index, identity) in identities.enumerated() {
            var writer = ByteWriter()
            try attributing(index) { try operators[index].snapshot(into: &writer) }
            snapshots.store(writer.bytes, of: identity, isFinished: isFinished, checkpoint: number)
        }
        lastCheckpoint = number
        if !isFinished { exit.sendControl(.barrier(number)) }
    }

    /// Takes part in a checkpoint without having been sent a barrier: a source, between two batches, which
    /// then sends it; and whatever has finished. All others wait for theirs.
    func join(checkpoint number: UInt64) throws {
        guard number > lastCheckpoint, isFinished || (isSource && !sourceIsExhausted && !owesResume) else { return }
        try snapshot(number)
    }

    /// Goes on from a checkpoint; before the first turn.
    func restore(_ bytes: [UInt8], ofOperator index: Int) throws {
        var reader = ByteReader(bytes)
        try attributing(index) { try operators[index].restore(from: &reader) }
    }

    /// The segment had finished by the checkpoint: it only says so again.
    func finishByCheckpoint() {
        wasFinishedByCheckpoint = true
        passing = (.end, operators.count)
    }

    private func finishIfPossible() {
        guard !owesResume, passing == nil, exit.drain() else { return }
        if isSource ? sourceIsExhausted : ports.allSatisfy({ $0.frontier == .end }) { isFinished = true }
    }

    private func attributing<Result>(_ index: Int, _ body: () throws -> Result) throws -> Result {
        try identities[index].attributing(body)
    }
}

/// Where snapshots of operators go.
protocol SnapshotStore: Sendable {
    func store(_ bytes: [UInt8], of identity: OperatorIdentity, isFinished: Bool, checkpoint: UInt64)
}
