import GyreColumns

/// The sorted runs that a sorter has written, and their reduction to as many as can be merged at once.
struct SortedRuns {
    /// A run: equal rows of two runs come in the order of sender and number.
    private struct Ranked {
        var sender: Int
        var run: SpillRun
    }

    private let elements: ElementType
    private let order: RowOrder
    private let spill: any SpillArea
    private let frameBytes: Int
    private var file: (any SpillFile)?
    private var runs: [Ranked] = []
    /// How many runs there were when the last merge began, and how many the memory had frames for.
    private(set) var fanIn = (runs: 0, atATime: 0)

    init(_ elements: ElementType, by order: RowOrder, spill: any SpillArea, frameBytes: Int) {
        self.elements = elements
        self.order = order
        self.spill = spill
        self.frameBytes = frameBytes
    }

    var isEmpty: Bool { runs.isEmpty }

    /// Writes rows in order as one run.
    mutating func write(_ rows: SortedRows, of sender: Int) throws {
        let file = try self.file ?? spill.makeFile()
        self.file = file
        runs.append(Ranked(sender: sender, run: try write(rows, to: file)))
    }

    private func write(_ rows: SortedRows, to file: any SpillFile) throws -> SpillRun {
        var writer = try SpillWriter(to: file, elements, frameBytes: frameBytes)
        let size = batchRows
        var batch = elements.makeBatch(size)
        while let block = try rows.nextBlock(size) {
            Batch.reuse(&batch, capacity: size, of: elements)
            elements.gather(block.rows, block.count, batch)
            try writer.append(batch)
        }
        return try writer.finish()
    }

    /// Rows of the batch from which frames are written.
    private var batchRows: Int { max(1, min(1024, frameBytes / max(1, elements.stride))) }

    /// All rows in order.
    ///
    /// Merges neighbours into longer runs first, as often as there are more runs than the memory has frames for.
    ///
    /// - Parameters:
    ///   - limit: bytes to reserve at most, if that is enough for two runs.
    ///   - reserved: is added what the merge has reserved.
    /// - Throws: `MemoryError.overBudget` if the grant does not hold frames of two runs.
    mutating func merged(within memory: MemoryGrant, limit: Int, reserved: inout Int) throws -> SortedRows {
        runs.sort { $0.sender < $1.sender }
        fanIn = (runs.count, 0)
        while true {
            let (fan, bytes) = try reserveFrames(memory, limit)
            fanIn.atATime = max(fanIn.atATime, fan)
            if fan >= runs.count {
                reserved += bytes
                return try RunMerge(runs.map(\.run)[...], by: order)
            }
            defer { memory.release(bytes) }
            // The fewest merges that bring the number down to what fits; nothing is merged that need not be.
            let file = try spill.makeFile()
            var merged: [Ranked] = []
            var next = 0
            while next < runs.count {
                let excess = merged.count + (runs.count - next) - fan
                let width = max(1, min(fan, runs.count - next, excess + 1))
                if width == 1 {
                    merged.append(runs[next])
                } else {
                    let rows = try RunMerge(runs[next..<(next + width)].map(\.run)[...], by: order)
                    merged.append(Ranked(sender: runs[next].sender, run: try write(rows, to: file)))
                }
                next += width
            }
            runs = merged
        }
    }

    /// Reserves frames of as many runs as there is room for, and those that a merge writes.
    private func reserveFrames(_ memory: MemoryGrant, _ limit: Int) throws -> (runs: Int, bytes: Int) {
        let output = 2 * frameBytes + batchRows * elements.stride
        let frame = runs.reduce(0) { max($0, $1.run.readerBytes + 8 * $1.run.frameRows) }
        var bytes = output + min(2, runs.count) * frame
        try memory.require(bytes)
        var fan = min(2, runs.count)
        while fan < runs.count, bytes + frame <= limit, memory.reserve(frame) {
            fan += 1
            bytes += frame
        }
        return (fan, bytes)
    }

    /// The batches of a sender's runs, for a snapshot: of equal rows, those that came first are first.
    func batches(of sender: Int) throws -> [Batch] {
        var batches: [Batch] = []
        for ranked in runs where ranked.sender == sender {
            var reader = try SpillReader(ranked.run)
            while let batch = try reader.next() { batches.append(batch) }
        }
        return batches
    }
}
