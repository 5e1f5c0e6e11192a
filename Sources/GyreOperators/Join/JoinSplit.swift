import GyreColumns

/// Takes, from the rows that probe, those whose partners are on disk, and keeps them there until their partition's turn.
final class JoinSplit {
    private let elements: ElementType
    private let layout: JoinLayout
    private let level: Int
    /// By partition: where rows wait; the last is for those that can be joined now.
    private let open: UnsafeMutablePointer<Batch>
    private var writers: [SpillWriter?]
    private var targets: [UInt32] = []

    /// - Parameter build: a side that is finished, and has partitions on disk.
    init(_ elements: ElementType, build: JoinBuild, spill: any SpillArea) throws {
        self.elements = elements
        self.level = build.level
        layout = build.layout
        let pageRows = max(1, layout.pageBytes / (elements.stride + 8))
        let file = try spill.makeFile()
        writers = try (0..<build.layout.partitions).map { index in
            try build.run(ofPartition: index).map { _ in
                try SpillWriter(to: file, elements, frameBytes: max(1, pageRows * elements.stride))
            }
        }
        open = .allocate(capacity: layout.partitions + 1)
        for index in 0...layout.partitions {
            let isUsed = index < layout.partitions && writers[index] != nil
            (open + index).initialize(to: elements.makeBatch(isUsed ? pageRows : 1))
        }
    }

    deinit {
        open.deinitialize(count: layout.partitions + 1)
        open.deallocate()
    }

    /// Deals the rows of a batch; those of partitions in memory come back, with their hashes.
    func split(_ batch: Batch, _ hashes: UnsafePointer<UInt64>) throws -> Batch {
        let resident = layout.partitions
        Batch.reuse(&open[resident], capacity: batch.count, of: elements)
        if targets.count < batch.count { targets = [UInt32](repeating: 0, count: batch.count) }
        try targets.withUnsafeMutableBufferPointer { buffer in
            guard let targets = buffer.baseAddress else { return }
            layout.partitions(of: hashes, batch.count, level: level, into: targets)
            for row in 0..<batch.count where writers[Int(targets[row])] == nil { targets[row] = UInt32(resident) }
            let plan = ScatterTargets(
                targetOfRow: UnsafePointer(targets), batches: open, count: resident + 1, hashes: hashes)
            var next = 0
            while next < batch.count {
                let result = elements.scatter(batch, next, plan)
                next = result.next
                if let full = result.fullTarget { try write(full) }
            }
        }
        return open[resident]
    }

    /// Ends the side: its rows on disk, by partition.
    func finish() throws -> [SpillRun?] {
        for index in writers.indices { try write(index) }
        return try writers.indices.map { try writers[$0]?.finish() }
    }

    /// The rows that wait.
    func forEach(_ body: (Batch) throws -> Void) throws {
        for index in writers.indices where writers[index] != nil {
            try writers[index]?.flush()
            if let run = writers[index]?.written {
                var reader = try SpillReader(run)
                while let batch = try reader.next() { try body(batch) }
            }
            if open[index].count > 0 { try body(open[index]) }
        }
    }

    private func write(_ index: Int) throws {
        guard writers[index] != nil, open[index].count > 0 else { return }
        try writers[index]?.append(open[index])
        open[index].removeAll()
    }
}
