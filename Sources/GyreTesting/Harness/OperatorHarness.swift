public import GyreColumns
public import GyreOperators
public import GyreTime

/// Drives one operator by the rules that the runtime keeps, without a runtime.
///
/// What a port refuses waits in front of it, in order, as it would in a channel. An operator that
/// answers `more` is resumed with new room until it is done; one that answers `idle` is left alone until
/// the next event.
public final class OperatorHarness {
    private enum Event {
        case batch(Batch)
        case frontier(Frontier)
    }

    /// What the operator has emitted, also before it was replaced by a restored one.
    public let output: CollectingOutput
    private var subject: Operator
    private var settings: HarnessSettings
    private var queues: [[Event]]
    private var frontiers: [Frontier]
    private var frontier = Frontier.start
    private var isIdle = false

    /// Opens the operator.
    public init(_ subject: Operator, _ settings: HarnessSettings = HarnessSettings()) throws {
        self.subject = subject
        self.settings = settings
        output = CollectingOutput(room: settings.room)
        let ports = settings.ports + settings.feedbackPorts
        queues = Array(repeating: [], count: ports)
        frontiers = Array(repeating: .start, count: ports)
        try subject.open(settings.context())
    }

    /// Gives a batch to a port.
    public func push(_ batch: Batch, port: Int = 0) throws {
        queues[port].append(.batch(batch))
        try pump()
    }

    /// Gives rows to a port, as one batch.
    public func push<Row>(rows: [Row], port: Int = 0) throws {
        try push(RowBatch(rows), port: port)
    }

    /// Advances the frontier of one port.
    public func advance(port: Int = 0, to frontier: Frontier) throws {
        queues[port].append(.frontier(frontier))
        try pump()
    }

    /// Ends all inputs.
    public func end() throws {
        for port in 0..<settings.ports where frontiers[port] != .end { try advance(port: port, to: .end) }
    }

    /// Resumes the operator; for sources, and for heads whose decision has come.
    ///
    /// - Returns: what the operator answered.
    @discardableResult
    public func resume() throws -> Progress {
        refill()
        let progress = try subject.resume(into: output)
        isIdle = progress == .idle
        if progress == .done { try pump() }
        return progress
    }

    /// Whether ports still hold back what they were given: never, once all inputs have ended.
    public var holdsBack: Bool { queues.contains { !$0.isEmpty } }

    /// Whether the operator waits for something elsewhere.
    public var waits: Bool { isIdle }

    /// What the operator writes between two events.
    public func snapshot() throws -> [UInt8] {
        var writer = ByteWriter()
        try subject.snapshot(into: &writer)
        return writer.bytes
    }

    /// Lets later instances stand elsewhere: after a restart a loop is another object.
    public func move(to settings: HarnessSettings) {
        self.settings = settings
    }

    /// Goes on with a new instance that is restored from a snapshot.
    ///
    /// Ports that have ended say so again, as restored channels do.
    ///
    /// - Returns: whether the new instance has read the snapshot to its end.
    @discardableResult
    public func replace(by successor: Operator, restoring bytes: [UInt8]) throws -> Bool {
        subject = successor
        try successor.open(settings.context())
        var reader = ByteReader(bytes)
        try successor.restore(from: &reader)
        for port in frontiers.indices where frontiers[port] == .end {
            try successor.portAdvanced(port, to: .end)
        }
        return reader.isAtEnd
    }

    private func pump() throws {
        var hasTaken = true
        while hasTaken {
            hasTaken = false
            for port in queues.indices where !queues[port].isEmpty {
                let isFeedback = port >= settings.ports
                guard isFeedback || (!isIdle && subject.accepts(port: port)) else { continue }
                try take(queues[port].removeFirst(), port: port)
                hasTaken = true
            }
        }
    }

    private func take(_ event: Event, port: Int) throws {
        refill()
        switch event {
        case .batch(let pushed):
            var batch = pushed
            try settle(try subject.process(lent: &batch, port: port, into: output))
        case .frontier(let reached):
            precondition(reached >= frontiers[port], "a test lets a frontier fall")
            frontiers[port] = reached
            try subject.portAdvanced(port, to: reached)
            let minimum = frontiers.prefix(settings.ports).min() ?? .start
            guard minimum > frontier else { return }
            frontier = minimum
            try settle(try subject.advance(to: minimum, into: output))
        }
    }

    private func settle(_ answer: Progress) throws {
        var progress = answer
        while progress == .more {
            refill()
            progress = try subject.resume(into: output)
        }
        if progress == .idle { isIdle = true }
    }

    private func refill() {
        output.room = settings.room
    }
}
