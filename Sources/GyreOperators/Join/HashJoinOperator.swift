public import GyreColumns
public import GyreTime

/// Which side of a hash join is built into a table; the other probes it.
public enum JoinBuildSide: String, Sendable {
    case left
    case right
    /// The side that ends first, as long as both may wait in memory; beyond that, the smaller one so far.
    case automatic
}

/// A hash join of two sides, port 0 the left one and port 1 the right one, of which equal keys come to one instance, or
/// one is whole on every instance.
///
/// The built side comes first. Until it has ended, the other port is refused, so its producers wait; where that would
/// never end, lowering says so (`damsEarlyRows`) and its rows are kept instead. While it is open which side is built,
/// both are read and kept. Rows that wait spill; a built side that does not fit is cut into partitions by hash, of which
/// some stay in memory and the others go to disk with the rows that would probe them (a hybrid hash join: DeWitt et al.,
/// *Implementation techniques for main memory database systems*, 1984); see `SpilledJoin`.
///
/// Order: rows that probe in the order in which they come, the partners of one in the order in which those came; rows
/// of the built side without partner, or semi and anti joins of it, behind all others. What has been on disk comes
/// last, by partition: the order, unlike the rows, depends on the budget.
///
/// In a loop a constant built side is built once and serves every round; one that comes from the loop is built anew in
/// each. A constant side that probes has to be replayed by a `ReplayOperator`. Snapshot: the built side, with the marks
/// of its rows, and the rows that wait.
public final class HashJoinOperator: Operator {
    /// Bytes of either side that may wait before it is decided which side is built.
    static let undecidedBytes = 32 << 20

    private enum Stage {
        case probing
        case builtRows
        case spilled(SpilledJoin)
    }

    private let shape: JoinShape
    private let side: JoinBuildSide
    private var waiting: [BatchQueue] = []
    private var sizes = [0, 0]
    private var readThrough = [Frontier.start, Frontier.start]
    private var joinedThrough = Frontier.start
    private var completing: Frontier?
    /// The port that is built; nil while that is open.
    private var built: Int?
    private var level: JoinLevel?
    private var stage = Stage.probing
    private var noted: Set<String> = []
    private var context: OperatorContext?

    public init(_ shape: JoinShape, building side: JoinBuildSide) {
        self.shape = shape
        self.side = side
    }

    public override func open(_ context: OperatorContext) throws {
        self.context = context
        waiting = [true, false].map {
            BatchQueue(shape.side(isLeft: $0).elements, memory: context.memory, spill: context.spill)
        }
        if side != .automatic { try choose(side == .left ? 0 : 1) }
    }

    /// Whether all rows of a port that belong to this round, or to the whole input, have come.
    private func isComplete(_ port: Int) -> Bool {
        completing != nil || readThrough[port] == .end || readThrough[port] > joinedThrough
    }

    public override func accepts(port: Int) -> Bool {
        guard let built, port != built else { return true }
        // Another instance may have chosen otherwise: if this one stopped the right side and that one the left, both
        // would wait for what the other has stopped. So only the left side is ever held back by choice.
        if side == .automatic, port == 1 { return true }
        return isComplete(built) || context?.damsEarlyRows == true
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        guard let built else {
            sizes[port] += shape.side(isLeft: port == 0).elements.estimatedBytes(of: batch)
            try waiting[port].append(batch)
            try chooseIfClear()
            return .done
        }
        if port == built {
            _ = try level?.append(batch)
            return .done
        }
        guard isComplete(built), waiting[port].isEmpty else {
            try waiting[port].append(batch)
            return isComplete(built) ? try resume(into: output) : .done
        }
        try finishBuildIfDue()
        try level?.begin(batch)
        return try resume(into: output)
    }

    public override func portAdvanced(_ port: Int, to frontier: Frontier) throws {
        // An event time completes no side.
        guard frontier == .end || frontier.completedRound != nil else { return }
        readThrough[port] = frontier
        try chooseIfClear()
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard let context, context.completes(frontier) else { return .done }
        completing = frontier
        try chooseIfClear()
        return try resume(into: output)
    }

    public override func resume(into output: Output) throws -> Progress {
        guard let built, isComplete(built) else { return .done }
        try finishBuildIfDue()
        while let level {
            switch stage {
            case .probing:
                guard try level.resume(into: output) else { return .more }
                if let batch = try waiting[1 - built].popFirst() {
                    try level.begin(batch)
                    continue
                }
                guard completing != nil else { return .done }
                stage = .builtRows
            case .builtRows:
                guard try level.emitBuilt(into: output) else { return .more }
                guard let context else { return .done }
                let spilled = SpilledJoin(try level.takeSpilled(), shape: shape, context: context)
                // The partitions on disk need the memory. A constant that is on disk has none.
                if !isConstant { self.level = nil }
                stage = .spilled(spilled)
            case .spilled:
                break
            }
            if case .spilled = stage { break }
        }
        guard case .spilled(let spilled) = stage else { return .done }
        guard try spilled.resume(into: output) else { return .more }
        try finishRound()
        return .done
    }

    /// Whether the built side serves further rounds.
    private var isConstant: Bool {
        guard let built, context?.loop != nil else { return false }
        return readThrough[built] == .end
    }

    private func finishRound() throws {
        stage = .probing
        joinedThrough = completing ?? joinedThrough
        completing = nil
        if isConstant {
            try level?.beginRound()
            return
        }
        level = nil
        built = nil
        sizes = [0, 0]
        if side != .automatic, joinedThrough != .end { try choose(side == .left ? 0 : 1) }
    }

    private func finishBuildIfDue() throws {
        guard let level, level.table == nil else { return }
        try level.finishBuild(keepsParts: !isConstant)
        if let keys = level.table?.dense {
            note("rows by key", why: "\(level.build.count) distinct keys within \(keys.span)")
        }
        if let context, level.build.hasSpilled {
            note(
                "partitioned \(level.build.layout.partitions) ways",
                why:
                    "the built side of \(level.build.count) rows passed the memory granted to \"\(context.name)\"; pages "
                    + "of both sides take \(level.build.layout.workingBytes) of the \(context.memory.floor) bytes that "
                    + "nobody can take from it")
        }
    }

    /// Decides which side is built, as soon as the sizes say.
    private func chooseIfClear() throws {
        guard built == nil else { return }
        let (left, right) = (isComplete(0), isComplete(1))
        let smaller = sizes[0] < sizes[1] ? 0 : 1
        let names = ["left", "right"]
        let bytes = "left \(sizes[0]) bytes, right \(sizes[1])"
        if left && right {
            note("hash \(names[smaller])", why: "both sides have ended: \(bytes)")
            try choose(smaller)
        } else if left || right {
            let port = left ? 0 : 1
            // One that ended first and did not fit may still be the larger.
            let chosen = waiting[port].hasSpilled ? smaller : port
            note("hash \(names[chosen])", why: "the \(names[port]) side ended first: \(bytes)")
            try choose(chosen)
        } else if min(sizes[0], sizes[1]) > HashJoinOperator.undecidedBytes {
            note("hash \(names[smaller])", why: "smaller when enough of both had come: \(bytes)")
            try choose(smaller)
        } else if waiting[0].hasSpilled || waiting[1].hasSpilled {
            note("hash \(names[smaller])", why: "smaller when the memory was used up: \(bytes)")
            try choose(smaller)
        }
    }

    private func note(_ what: String, why: String) {
        // In a loop the same choice is made in every round.
        guard noted.insert(what).inserted else { return }
        context?.record(choice: what, why: why)
    }

    private func choose(_ port: Int) throws {
        guard let context else { return }
        built = port
        let (own, other) = (waiting[port], waiting[1 - port])
        let build = try JoinBuild(
            shape.side(isLeft: port == 0).elements, level: 0, memory: context.memory, spill: context.spill,
            makeRoom: { try other.spillAll() ? true : own.spillAll() })
        let level = JoinLevel(
            shape, duties: JoinDuties(shape.kind, buildsLeft: port == 0), buildsLeft: port == 0, build: build,
            limit: context.batchSize, spill: context.spill)
        self.level = level
        while let batch = try waiting[port].popFirst() { _ = try level.append(batch) }
    }

    /// Lists end with a 0, for what is on disk is not counted in batches.
    public override func snapshot(into writer: inout ByteWriter) throws {
        for frontier in readThrough + [joinedThrough] { writer.write(frontier) }
        writer.write(UInt8(built ?? 2))
        if let built, let level {
            let (builtRows, probing) = (
                shape.side(isLeft: built == 0).elements, shape.side(isLeft: built == 1).elements
            )
            try level.forEachBuilt { batch, isMarked in
                writer.write(UInt8(1))
                try builtRows.requiredCodec.encode(batch, &writer)
                for row in 0..<batch.count { writer.write(UInt8(isMarked(row) ? 1 : 0)) }
            }
            writer.write(UInt8(0))
            try level.forEachWaiting { batch in
                writer.write(UInt8(1))
                try probing.requiredCodec.encode(batch, &writer)
            }
            writer.write(UInt8(0))
        }
        for queue in waiting { try queue.snapshot(into: &writer) }
    }

    public override func restore(from reader: inout ByteReader) throws {
        for port in 0...1 { readThrough[port] = try reader.readFrontier() }
        joinedThrough = try reader.readFrontier()
        let chosen = Int(try reader.read(UInt8.self))
        if chosen < 2 {
            if built != chosen { try choose(chosen) }
            while try reader.read(UInt8.self) == 1 { try restoreBuilt(from: &reader, isLeft: chosen == 0) }
            // Rows whose partition was on disk have met nobody yet: they go through the table again.
            while try reader.read(UInt8.self) == 1 {
                try waiting[1 - chosen].append(
                    try shape.side(isLeft: chosen == 1).elements.requiredCodec.decode(&reader))
            }
        }
        for port in 0...1 {
            try waiting[port].restore(from: &reader)
            let elements = shape.side(isLeft: port == 0).elements
            try waiting[port].forEach { sizes[port] += elements.estimatedBytes(of: $0) }
        }
    }

    private func restoreBuilt(from reader: inout ByteReader, isLeft: Bool) throws {
        let side = shape.side(isLeft: isLeft)
        let batch = try side.elements.requiredCodec.decode(&reader)
        let hashes = batch.hashColumn()
        try side.key.fill(batch, hashes)
        for row in 0..<batch.count {
            let mark = UInt64(try reader.read(UInt8.self))
            hashes[row] = hashes[row] & ~1 | mark
            if mark == 1 { level?.hasMarks = true }
        }
        batch.hasHashes = true
        _ = try level?.append(batch, areMarked: true)
    }
}
