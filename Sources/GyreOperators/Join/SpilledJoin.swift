import GyreColumns

/// Joins what went to disk, partition by partition.
///
/// A partition is a join of its own, on the next level: its smaller side is built, and cut again if it does not fit. One
/// that is mostly one key cannot be cut: its built side is taken block by block, and each block sees all probing rows.
/// What depends on a probing row having met *all* blocks comes from a second pass with the sides exchanged.
final class SpilledJoin {
    /// The blocks of one partition.
    private struct Blocks {
        var pair: SpilledPair
        var duties: JoinDuties
        var buildsLeft: Bool
        var reader: SpillReader?
        /// A batch of which only a part fitted in the last block, and where that part ended.
        var rest: (batch: Batch, next: Int)?
        var isFirst = true
        /// What the second pass has to do.
        var reversed: JoinDuties?
    }

    private let shape: JoinShape
    private let context: OperatorContext
    private var stack: [SpilledPair]
    private var level: JoinLevel?
    private var probing: SpillReader?
    private var blocks: Blocks?

    init(_ pairs: [SpilledPair], shape: JoinShape, context: OperatorContext) {
        self.shape = shape
        self.context = context
        // The first partition is taken from the end.
        stack = pairs.reversed()
    }

    /// Goes on; false if the output has no room for what is left.
    func resume(into output: Output) throws -> Bool {
        while true {
            if let level {
                guard try level.resume(into: output) else { return false }
                if let batch = try probing?.next() {
                    try level.begin(batch)
                    continue
                }
                guard try level.emitBuilt(into: output) else { return false }
                stack += try level.takeSpilled().reversed()
                self.level = nil
                probing = nil
            }
            if try beginBlock() { continue }
            guard let pair = stack.popLast() else { return true }
            try begin(pair)
        }
    }

    private func begin(_ pair: SpilledPair) throws {
        let sizes = (left: pair.left?.byteCount ?? 0, right: pair.right?.byteCount ?? 0)
        let buildsLeft = pair.hasMarks ? pair.buildsLeft : sizes.left < sizes.right
        let duties = JoinDuties(shape.kind, buildsLeft: buildsLeft)
        let smaller = buildsLeft ? sizes.left : sizes.right
        let elements = shape.side(isLeft: buildsLeft).elements
        // Where a dominated side has become the probing one, the other may fit.
        let isDominated = pair.isDominated && (buildsLeft == pair.buildsLeft || smaller > context.memory.floor)
        if isDominated || pair.level >= JoinLayout(elements, floor: context.memory.floor).levels {
            blocks = Blocks(
                pair: pair, duties: duties.ofBlocks, buildsLeft: buildsLeft,
                reversed: duties.marksProbe ? duties.ofReversedBlocks : nil)
            return
        }
        let build = try JoinBuild(elements, level: pair.level, memory: context.memory, spill: context.spill)
        let level = JoinLevel(
            shape, duties: duties, buildsLeft: buildsLeft, build: build, limit: context.batchSize,
            spill: context.spill)
        level.hasMarks = pair.hasMarks
        if let built = buildsLeft ? pair.left : pair.right {
            var reader = try SpillReader(built)
            while let batch = try reader.next() {
                _ = try level.append(batch, areMarked: buildsLeft == pair.buildsLeft)
            }
        }
        try level.finishBuild()
        self.level = level
        probing = try (buildsLeft ? pair.right : pair.left).map { try SpillReader($0) }
    }

    /// Makes the next block of a partition the table; false if there is none.
    private func beginBlock() throws -> Bool {
        while var current = blocks {
            blocks = nil
            if !current.duties.isNothing, let level = try nextBlock(of: &current) {
                self.level = level
                probing = try (current.buildsLeft ? current.pair.right : current.pair.left).map { try SpillReader($0) }
                blocks = current
                return true
            }
            if let reversed = current.reversed {
                blocks = Blocks(pair: current.pair, duties: reversed, buildsLeft: !current.buildsLeft)
            }
        }
        return false
    }

    /// A table of as many rows as fit; nil behind the last.
    private func nextBlock(of current: inout Blocks) throws -> JoinLevel? {
        if current.isFirst {
            current.isFirst = false
            current.reader = try (current.buildsLeft ? current.pair.left : current.pair.right).map {
                try SpillReader($0)
            }
        }
        let build = try JoinBuild(
            shape.side(isLeft: current.buildsLeft).elements, level: current.pair.level, memory: context.memory,
            spill: context.spill, mayPartition: false)
        let level = JoinLevel(
            shape, duties: current.duties, buildsLeft: current.buildsLeft, build: build, limit: context.batchSize,
            spill: context.spill)
        try fill(level, from: &current)
        guard build.count > 0 else { return nil }
        try level.finishBuild()
        return level
    }

    private func fill(_ level: JoinLevel, from current: inout Blocks) throws {
        while true {
            if let (batch, next) = current.rest {
                let end = try level.append(
                    batch, from: next, areMarked: current.buildsLeft == current.pair.buildsLeft)
                guard end == batch.count else {
                    current.rest = (batch, end)
                    return
                }
                current.rest = nil
            }
            guard let batch = try current.reader?.next() else { return }
            current.rest = (batch, 0)
        }
    }
}
