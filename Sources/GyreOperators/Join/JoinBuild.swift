import GyreColumns

/// The built side of a join while its rows come: pages in memory; when the grant is passed, partitions by hash, of which
/// some stay and some are on disk.
///
/// Rows keep their hashes beside them. Every page that is full is reserved with all that a table will need for its
/// rows, so that the table can always be made. Open pages stand under a share of the floor that is reserved from the
/// beginning; so something can always be done, however little is granted.
final class JoinBuild {
    private struct Page {
        var batch: Batch
        var bytes: Int
    }

    private struct Partition {
        var pages: [Page] = []
        var writer: SpillWriter?
        var run: SpillRun?
        var rows = 0
    }

    let elements: ElementType
    let layout: JoinLayout
    let level: Int
    private let memory: MemoryGrant
    private let spill: any SpillArea
    /// Asked for memory of the same operator that can be given up, before the built side is partitioned.
    private let makeRoom: () throws -> Bool
    /// Whether the side may be cut into partitions; if not, `append` takes what fits.
    private let mayPartition: Bool
    private var reserved: Int
    private var pages: [Page] = []
    private var open: Batch
    private var partitions: [Partition] = []
    private var openPages: UnsafeMutablePointer<Batch>?
    private var targets: UnsafeMutablePointer<UInt32>?
    private var masked: UnsafeMutablePointer<UInt64>?
    private var columnRoom = 0
    private var file: (any SpillFile)?
    private(set) var count = 0

    init(
        _ elements: ElementType, level: Int, memory: MemoryGrant, spill: any SpillArea, mayPartition: Bool = true,
        makeRoom: @escaping () throws -> Bool = { false }
    ) throws {
        self.elements = elements
        self.level = level
        self.memory = memory
        self.spill = spill
        self.mayPartition = mayPartition
        self.makeRoom = makeRoom
        layout = JoinLayout(elements, floor: memory.floor)
        reserved = 0
        open = elements.makeBatch(layout.pageRows)
        guard memory.budget != nil else { return }
        while !memory.reserve(layout.workingBytes) {
            guard try !makeRoom() else { continue }
            throw MemoryError.overBudget(
                node: memory.node, need: memory.held + layout.workingBytes, budget: memory.budget ?? .max)
        }
        reserved = layout.workingBytes
    }

    deinit {
        memory.release(reserved)
        openPages?.deinitialize(count: layout.partitions)
        openPages?.deallocate()
        targets?.deallocate()
        masked?.deallocate()
    }

    /// Whether some rows are on disk.
    var hasSpilled: Bool { partitions.contains { $0.writer != nil || $0.run != nil } }

    /// Adds rows from `start` on.
    ///
    /// - Parameter areMarked: whether the lowest bit of a hash is a mark (`JoinLayout`); otherwise it is cleared.
    /// - Returns: the first row that was not taken; the count, unless the side may not be partitioned.
    func append(_ batch: Batch, _ hashes: UnsafePointer<UInt64>, from start: Int = 0, areMarked: Bool) throws -> Int {
        var next = start
        while next < batch.count, partitions.isEmpty {
            if open.count == open.capacity {
                guard try closeOpenPage() else {
                    if !mayPartition { return next }
                    try partition()
                    break
                }
            }
            let rows = min(open.capacity - open.count, batch.count - next)
            let column = open.hashColumn() + open.count
            let unused: UInt64 = areMarked ? 0 : 1
            for row in 0..<rows { column[row] = hashes[next + row] & ~unused }
            elements.append(batch, next..<(next + rows), open)
            open.hasHashes = true
            next += rows
            count += rows
        }
        guard next < batch.count else { return next }
        count += batch.count - next
        try scatter(batch, hashes, from: next, areMarked: areMarked)
        return batch.count
    }

    /// Ends the side. Afterwards `residentPages` are all that is in memory.
    ///
    /// - Parameter keepsParts: if false, a side of which a part is on disk goes there as a whole.
    func finish(keepsParts: Bool = true) throws {
        guard !partitions.isEmpty else {
            if open.count > 0 { pages.append(Page(batch: open, bytes: 0)) }
            return
        }
        if !keepsParts, hasSpilled {
            for index in partitions.indices { try spillPartition(index) }
            // The other half is for the rows that will probe.
            release(min(reserved, layout.workingBytes / 2))
        }
        guard let openPages else { return }
        for index in partitions.indices {
            if var writer = partitions[index].writer {
                try writer.append(openPages[index])
                partitions[index].run = try writer.finish()
                partitions[index].writer = nil
            } else if openPages[index].count > 0 {
                partitions[index].pages.append(Page(batch: openPages[index], bytes: 0))
            }
            openPages[index] = elements.makeBatch(1)
        }
    }

    /// The pages in memory, in order; of a partitioned side, partition by partition.
    var residentPages: [Batch] { (pages + partitions.flatMap(\.pages)).map(\.batch) }

    /// Puts the rows in the order of their keys, if that is worth it and there is memory for it; see `DenseKeys`.
    ///
    /// Only of a finished side in one piece. While rows move they are there twice, which is asked for; what the keys need
    /// stands under what was reserved for a table.
    ///
    /// - Parameter marks: whether hashes, with their marks, go along.
    func orderIfDense(by number: RowRouter, marks: Bool) throws -> DenseKeys? {
        guard partitions.isEmpty, count > 0, pages.count << layout.shift < UInt32.max else { return nil }
        let needed = DenseKeys.workingBytes(rows: count) - count * JoinLayout.tableBytes + count * (elements.stride + 8)
        guard memory.reserve(needed) else { return nil }
        defer { memory.release(needed) }
        guard
            let keys = try DenseKeys(pages: residentPages, count: count, shift: layout.shift, number: number)
        else { return nil }
        pages = orderedPages(keys.order, marks: marks)
        open = elements.makeBatch(1)
        return keys
    }

    /// The rows in another order, on as many pages: all are full but the last.
    private func orderedPages(_ order: UnsafePointer<UInt32>, marks: Bool) -> [Page] {
        let (shift, mask, stride) = (layout.shift, layout.pageRows - 1, elements.stride)
        let bases = pages.map { UnsafeRawPointer($0.batch.base) }
        let known = marks ? pages.map(\.batch.hashes) : []
        let addresses = UnsafeMutablePointer<UnsafeRawPointer>.allocate(capacity: layout.pageRows)
        defer { addresses.deallocate() }
        var ordered: [Page] = []
        for first in Swift.stride(from: 0, to: count, by: layout.pageRows) {
            let rows = min(layout.pageRows, count - first)
            let page = elements.makeBatch(layout.pageRows)
            for row in 0..<rows {
                let number = Int(order[first + row])
                addresses[row] = bases[number >> shift] + (number & mask) * stride
            }
            elements.gather(addresses, rows, page)
            if marks {
                let hashes = page.hashColumn()
                for row in 0..<rows {
                    let number = Int(order[first + row])
                    hashes[row] = known[number >> shift]?[number & mask] ?? 0
                }
                page.hasHashes = true
            }
            ordered.append(Page(batch: page, bytes: pages[ordered.count].bytes))
        }
        return ordered
    }

    /// The rows of a partition that are on disk; nil if it is in memory.
    func run(ofPartition index: Int) -> SpillRun? { partitions.isEmpty ? nil : partitions[index].run }

    /// Whether a partition holds so large a part of all rows that cutting it again would not help: one key.
    func isDominant(partition index: Int) -> Bool {
        level + 1 >= layout.levels || partitions[index].rows * 10 >= count * 9
    }

    /// All rows, with their hashes and marks.
    func forEach(_ body: (Batch) throws -> Void) throws {
        for batch in residentPages { try body(batch) }
        if let openPages {
            for index in partitions.indices where openPages[index].count > 0 { try body(openPages[index]) }
        } else if open.count > 0, pages.last?.batch !== open {
            try body(open)
        }
        for index in partitions.indices {
            try partitions[index].writer?.flush()
            guard let run = partitions[index].run ?? partitions[index].writer?.written else { continue }
            var reader = try SpillReader(run)
            while let batch = try reader.next() { try body(batch) }
        }
    }

    private func bytes(of page: Batch) -> Int {
        layout.pageBytes + elements.estimatedBytes(of: page) - page.count * elements.stride
    }

    private func reserve(_ bytes: Int) -> Bool {
        guard memory.reserve(bytes) else { return false }
        reserved += bytes
        return true
    }

    private func release(_ bytes: Int) {
        memory.release(bytes)
        reserved -= bytes
    }

    /// Makes room for another page; false if the grant is used up.
    private func closeOpenPage() throws -> Bool {
        let needed = bytes(of: open)
        while !reserve(needed) {
            guard try !makeRoom() else { continue }
            if elements.spill == nil { try memory.require(needed) }
            return false
        }
        pages.append(Page(batch: open, bytes: needed))
        open = elements.makeBatch(layout.pageRows)
        return true
    }

    /// Deals all rows to partitions.
    private func partition() throws {
        partitions = (0..<layout.partitions).map { _ in Partition() }
        let made = UnsafeMutablePointer<Batch>.allocate(capacity: layout.partitions)
        for index in 0..<layout.partitions { (made + index).initialize(to: elements.makeBatch(layout.pageRows)) }
        openPages = made
        let old = pages + [Page(batch: open, bytes: 0)]
        pages = []
        open = elements.makeBatch(1)
        for page in old {
            // What the rows had is released before they take it again.
            release(page.bytes)
            guard let hashes = page.batch.hashes else { continue }
            try scatter(page.batch, hashes, from: 0, areMarked: true)
        }
    }

    private func scatter(
        _ batch: Batch, _ hashes: UnsafePointer<UInt64>, from start: Int, areMarked: Bool
    ) throws {
        guard let openPages else { return }
        let (targets, masked) = columns(for: batch.count)
        let unused: UInt64 = areMarked ? 0 : 1
        for row in start..<batch.count { masked[row] = hashes[row] & ~unused }
        layout.partitions(of: hashes, batch.count, level: level, into: targets)
        for row in start..<batch.count { partitions[Int(targets[row])].rows += 1 }
        let plan = ScatterTargets(
            targetOfRow: UnsafePointer(targets), batches: openPages, count: layout.partitions,
            hashes: UnsafePointer(masked))
        var next = start
        while next < batch.count {
            let result = elements.scatter(batch, next, plan)
            next = result.next
            if let full = result.fullTarget { try closePage(full) }
        }
    }

    /// Scratch: a partition and a hash a row.
    private func columns(for count: Int) -> (UnsafeMutablePointer<UInt32>, UnsafeMutablePointer<UInt64>) {
        if let targets, let masked, columnRoom >= count { return (targets, masked) }
        targets?.deallocate()
        masked?.deallocate()
        let made = (
            UnsafeMutablePointer<UInt32>.allocate(capacity: count),
            UnsafeMutablePointer<UInt64>.allocate(capacity: count)
        )
        (targets, masked) = made
        columnRoom = count
        return made
    }

    /// A partition's open page is full: it stays, or goes to disk, or another partition goes in its place.
    private func closePage(_ index: Int) throws {
        guard let openPages else { return }
        let needed = partitions[index].writer == nil ? bytes(of: openPages[index]) : 0
        while partitions[index].writer == nil, !reserve(needed) {
            let largest = partitions.indices.filter { partitions[$0].writer == nil && !partitions[$0].pages.isEmpty }
                .max { partitions[$0].pages.count < partitions[$1].pages.count }
            try spillPartition(largest ?? index)
        }
        if partitions[index].writer == nil {
            partitions[index].pages.append(Page(batch: openPages[index], bytes: needed))
            openPages[index] = elements.makeBatch(layout.pageRows)
        } else if openPages[index].count > 0 {
            try partitions[index].writer?.append(openPages[index])
            openPages[index].removeAll()
        }
    }

    private func spillPartition(_ index: Int) throws {
        guard partitions[index].writer == nil else { return }
        let file = try self.file ?? spill.makeFile()
        self.file = file
        var writer = try SpillWriter(to: file, elements, frameBytes: max(1, layout.pageRows * elements.stride))
        for page in partitions[index].pages {
            try writer.append(page.batch)
            release(page.bytes)
        }
        partitions[index].pages = []
        partitions[index].writer = writer
        if let openPages, openPages[index].count > 0 {
            try partitions[index].writer?.append(openPages[index])
            openPages[index].removeAll()
        }
    }
}
