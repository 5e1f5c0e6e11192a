import GyreColumns

/// How an operator that groups spills: into how many parts, in frames of which size.
struct KeyedSpillPlan: Equatable {
    /// A power of two of parts: so many bits of the place name one.
    let bits: Int
    let frameBytes: Int

    /// What all buffers of one level take, about: for each part a batch that is filled and a frame that is.
    var bufferBytes: Int { (3 * frameBytes) << bits }

    /// - Parameter floor: bytes that are always granted. A quarter is for buffers: small frames first, for fewer
    ///   parts mean another pass over the rows, but a frame under a kilobyte costs a system call for a few rows.
    init(floor: Int) {
        let buffers = min(floor, 1 << 30) / 4
        frameBytes = max(1 << 10, min(64 << 10, buffers / 3 / 16))
        let parts = max(4, min(64, buffers / (3 * frameBytes)))
        bits = Int.bitWidth - 1 - parts.leadingZeroBitCount
    }
}

/// A part of the keys on disk: values that were begun, and rows that came for other keys afterwards.
///
/// No key is in both: rows go to disk only for keys that the table does not have. Which is why nothing has to be
/// merged, and an operator without a function for that spills too.
struct KeyedPartition {
    var states: SpillRun
    var rows: SpillRun
    /// High bits of the place that all its keys have in common.
    var skippedBits: Int
}

/// One level of parts that are being written, by the bits of the place behind those of the level above.
final class KeyedPartitions {
    private struct Part {
        var states: SpillWriter
        var rows: SpillWriter
    }

    let skippedBits: Int
    private let plan: KeyedSpillPlan
    private let inputs: ElementType
    private var parts: [Part] = []
    /// Rows that wait, by part.
    private let filling: UnsafeMutablePointer<Batch>
    private var dense: Batch
    private var targets: [UInt32] = []

    /// - Throws: `SpillError`; `CodecError.unsupported` if rows of a type can be neither copied nor encoded.
    init(
        _ plan: KeyedSpillPlan, skippedBits: Int, in area: any SpillArea, inputs: ElementType, states: ElementType
    ) throws {
        self.plan = plan
        self.skippedBits = skippedBits
        self.inputs = inputs
        let rowsFile = try area.makeFile()
        let statesFile = try area.makeFile()
        for _ in 0..<(1 << plan.bits) {
            parts.append(
                Part(
                    states: try SpillWriter(to: statesFile, states, frameBytes: plan.frameBytes),
                    rows: try SpillWriter(to: rowsFile, inputs, frameBytes: plan.frameBytes)))
        }
        let capacity = max(4, min(1024, plan.frameBytes / max(1, inputs.stride)))
        filling = .allocate(capacity: 1 << plan.bits)
        for part in 0..<(1 << plan.bits) { (filling + part).initialize(to: inputs.makeBatch(capacity)) }
        dense = inputs.makeBatch(1)
    }

    deinit {
        filling.deinitialize(count: 1 << plan.bits)
        filling.deallocate()
    }

    private func part(ofPlace place: UInt64) -> Int {
        Int(truncatingIfNeeded: (place &<< UInt64(skippedBits)) &>> UInt64(64 - plan.bits))
    }

    /// Adds the rows of a batch whose numbers and places are given, in their order.
    func append(rows numbers: UnsafeBufferPointer<Int32>, places: UnsafePointer<UInt64>, of batch: Batch) throws {
        let count = numbers.count
        guard count > 0 else { return }
        Batch.reuse(&dense, capacity: count, of: inputs)
        if targets.count < count {
            targets = [UInt32](repeating: 0, count: count)
        }
        var start = 0
        while start < count {
            var end = start + 1
            while end < count, numbers[end] == numbers[end - 1] + 1 { end += 1 }
            let first = Int(numbers[start])
            inputs.append(batch, first..<(first + end - start), dense)
            start = end
        }
        for index in 0..<count {
            targets[index] = UInt32(truncatingIfNeeded: part(ofPlace: places[index]))
        }
        try targets.withUnsafeBufferPointer { targets in
            guard let targetBase = targets.baseAddress else { return }
            // Some batches carry hashes and some do not, so none does on disk.
            let deal = ScatterTargets(
                targetOfRow: targetBase, batches: filling, count: 1 << plan.bits, hashes: nil)
            var next = 0
            while next < count {
                let result = inputs.scatter(dense, next, deal)
                next = result.next
                if let full = result.fullTarget { try write(part: full) }
            }
        }
    }

    private func write(part: Int) throws {
        try parts[part].rows.append(filling[part])
        filling[part].removeAll()
    }

    /// Adds values that were begun, in the order of their places.
    func append(states batch: Batch, range: Range<Int>, places: [UInt64]) throws {
        var start = range.lowerBound
        while start < range.upperBound {
            let part = part(ofPlace: places[start])
            var end = start + 1
            while end < range.upperBound, self.part(ofPlace: places[end]) == part { end += 1 }
            try parts[part].states.append(batch, start..<end)
            start = end
        }
    }

    /// Ends all parts; those that have something, in the order of their places.
    func finish() throws -> [KeyedPartition] {
        var finished: [KeyedPartition] = []
        for part in parts.indices {
            try write(part: part)
            let partition = KeyedPartition(
                states: try parts[part].states.finish(), rows: try parts[part].rows.finish(),
                skippedBits: skippedBits + plan.bits)
            if partition.states.count + partition.rows.count > 0 { finished.append(partition) }
        }
        return finished
    }

    /// All that has been written, for a snapshot; writing goes on.
    func contents() throws -> (states: [Batch], rows: [Batch]) {
        var contents: (states: [Batch], rows: [Batch]) = ([], [])
        for part in parts.indices {
            try write(part: part)
            contents.states += try KeyedPartitions.batches(of: parts[part].states.finish())
            contents.rows += try KeyedPartitions.batches(of: parts[part].rows.finish())
        }
        return contents
    }

    private static func batches(of run: SpillRun) throws -> [Batch] {
        var reader = try SpillReader(run)
        var batches: [Batch] = []
        while let batch = try reader.next() { batches.append(batch) }
        return batches
    }
}
