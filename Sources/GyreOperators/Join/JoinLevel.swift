import GyreColumns

/// Rows of both sides that belong together on disk: those of one partition.
struct SpilledPair {
    /// Nil where the side has no rows.
    var left: SpillRun?
    var right: SpillRun?
    /// The level on which the partition would be cut again.
    var level: Int
    /// Whether the built side is mostly one key, so that it would not.
    var isDominated: Bool
    /// Which side was built: the hashes of its rows carry marks, those of the other do not.
    var buildsLeft: Bool
    /// Whether marks may be set already: then the sides keep their places.
    var hasMarks: Bool
}

/// One table and what probes it: the whole join, a partition of it, or a block of a partition.
final class JoinLevel {
    let build: JoinBuild
    let buildsLeft: Bool
    private let shape: JoinShape
    private let duties: JoinDuties
    private let limit: Int
    private let spill: any SpillArea
    private var buildHashes = HashColumn()
    private var probeHashes = HashColumn()
    private(set) var table: JoinTable?
    private var probe: JoinProbe?
    private var split: JoinSplit?
    private var place = 0
    /// Whether rows of the built side may be marked from the beginning.
    var hasMarks = false

    init(
        _ shape: JoinShape, duties: JoinDuties, buildsLeft: Bool, build: JoinBuild, limit: Int, spill: any SpillArea
    ) {
        self.shape = shape
        self.duties = duties
        self.buildsLeft = buildsLeft
        self.build = build
        self.limit = limit
        self.spill = spill
    }

    /// Adds rows to the built side; see `JoinBuild.append`.
    ///
    /// - Parameter areMarked: whether the batch's own hashes carry marks.
    func append(_ batch: Batch, from start: Int = 0, areMarked: Bool = false) throws -> Int {
        if areMarked, let hashes = batch.hashes {
            return try build.append(batch, hashes, from: start, areMarked: true)
        }
        let hashes = try buildHashes.hashes(of: batch, by: shape.side(isLeft: buildsLeft).key)
        return try build.append(batch, hashes, from: start, areMarked: false)
    }

    /// Ends the built side.
    ///
    /// - Parameter keepsParts: see `JoinBuild.finish`.
    func finishBuild(keepsParts: Bool = true) throws {
        try build.finish(keepsParts: keepsParts)
        var dense: DenseKeys?
        if let number = shape.side(isLeft: buildsLeft).number {
            dense = try build.orderIfDense(by: number, marks: duties.marksBuild)
        }
        let table = JoinTable(
            pages: build.residentPages, shift: build.layout.shift, stride: build.elements.stride,
            marks: duties.marksBuild, dense: dense)
        self.table = table
        let elements = shape.side(isLeft: !buildsLeft).elements
        probe = JoinProbe(table, duties, shape: shape, buildsLeft: buildsLeft, elements: elements, limit: limit)
        try beginSplit()
    }

    private func beginSplit() throws {
        guard build.hasSpilled else { return }
        split = try JoinSplit(shape.side(isLeft: !buildsLeft).elements, build: build, spill: spill)
    }

    /// Starts with a batch that probes; the one before it must be done with.
    func begin(_ batch: Batch) throws {
        let side = shape.side(isLeft: !buildsLeft)
        if table?.dense != nil, let number = side.number {
            try probe?.begin(batch, numbers: try probeHashes.numbers(of: batch, by: number))
            return
        }
        let hashes = try probeHashes.hashes(of: batch, by: side.key)
        guard let split else {
            try probe?.begin(batch, hashes)
            return
        }
        let resident = try split.split(batch, hashes)
        guard resident.count > 0, let hashes = resident.hashes else { return }
        try probe?.begin(resident, hashes)
    }

    /// Goes on with the batch; false if there is no room for what is left.
    func resume(into output: Output) throws -> Bool {
        try probe?.resume(into: output) ?? true
    }

    /// Emits the rows of the table that are emitted by themselves; false if there is no room for the rest.
    func emitBuilt(into output: Output) throws -> Bool {
        try probe?.emitBuilt(from: &place, into: output) ?? true
    }

    /// What is on disk of both sides, once all has probed.
    func takeSpilled() throws -> [SpilledPair] {
        guard let split else { return [] }
        let probing = try split.finish()
        self.split = nil
        return probing.indices.compactMap { index in
            guard let built = build.run(ofPartition: index) else { return nil }
            return SpilledPair(
                left: buildsLeft ? built : probing[index], right: buildsLeft ? probing[index] : built,
                level: build.level + 1, isDominated: build.isDominant(partition: index), buildsLeft: buildsLeft,
                hasMarks: hasMarks)
        }
    }

    /// Makes ready for another round over the same built side.
    func beginRound() throws {
        place = 0
        table?.resetMarks()
        try beginSplit()
    }

    /// All rows of the built side, each with whether it has had a partner.
    func forEachBuilt(_ body: (Batch, _ isMarked: (Int) -> Bool) throws -> Void) throws {
        var page = 0
        try build.forEach { batch in
            if let table, let marks = table.marks, page < table.pages.count, table.pages[page] === batch {
                let first = marks + page << build.layout.shift
                page += 1
                try body(batch) { first[$0] == 1 }
            } else {
                try body(batch) { row in (batch.hashes?[row] ?? 0) & 1 == 1 }
            }
        }
    }

    /// Rows that have come to probe, and wait on disk for their partition's turn.
    func forEachWaiting(_ body: (Batch) throws -> Void) throws {
        try split?.forEach(body)
    }
}
