import GyreColumns

/// Probes a table with one batch after the other, and emits as far as there is room.
///
/// Columns of numbers and addresses are all that it works on; user code runs in the kernels only, over many rows at a
/// time.
final class JoinProbe {
    private let kernels: JoinKernels
    private let duties: JoinDuties
    private let buildsLeft: Bool
    private let table: JoinTable
    private let stride: Int
    /// Rows a batch of results.
    private let limit: Int
    private var batch: Batch?
    /// Of the batch's keys, where those of the table are dense.
    private var numbers: UnsafePointer<UInt64>?
    private var columns: JoinColumns
    /// The next row to look for, and the number plus one of the partner with which the row before goes on.
    private var row = 0
    private var link: UInt32 = 0
    /// How far the rows have come that are emitted for having, or not having, a partner.
    private var single = 0
    private var result: Batch

    /// - Parameter elements: the rows that probe.
    init(
        _ table: JoinTable, _ duties: JoinDuties, shape: JoinShape, buildsLeft: Bool, elements: ElementType, limit: Int
    ) {
        kernels = shape.kernels
        self.duties = duties
        self.buildsLeft = buildsLeft
        self.table = table
        self.stride = elements.stride
        self.limit = max(1, limit)
        columns = JoinColumns(limit: max(1, limit))
        result = kernels.result.makeBatch(1)
    }

    /// Starts with a batch; the one before it must be done with. The hashes are needed in this call only.
    func begin(_ batch: Batch, _ hashes: UnsafePointer<UInt64>) throws {
        restart(batch)
        table.find(
            hashes, batch.count, entries: columns.entries, heads: columns.heads, open: columns.waiting)
        try findExistenceIfDue(batch)
    }

    /// The same by the numbers of keys, which are needed until the batch is done with.
    func begin(_ batch: Batch, numbers: UnsafePointer<UInt64>) throws {
        restart(batch)
        self.numbers = numbers
        try findExistenceIfDue(batch)
    }

    private func restart(_ batch: Batch) {
        self.batch = batch
        row = 0
        link = 0
        single = 0
        columns.makeRoom(forRows: batch.count)
    }

    private func findExistenceIfDue(_ batch: Batch) throws {
        if duties.marksProbe { columns.matched.update(repeating: 0, count: batch.count) }
        if duties.pairs { return }
        if table.next == nil { try findSingleExistence(batch) } else { try findExistence(batch) }
    }

    /// Goes on with the batch; false if the output has no room for what is left.
    func resume(into output: Output) throws -> Bool {
        guard let batch else { return true }
        if duties.pairs {
            while row < batch.count || link != 0 {
                let found = table.next == nil ? nextHeads(batch.count) : nextLinks(batch.count)
                guard try emitPairs(found, of: batch, into: output) else { return false }
            }
        }
        if duties.marksProbe, !(try emitSingles(of: batch, into: output)) { return false }
        self.batch = nil
        return true
    }

    /// Candidates of a table without links: at most one a row, without a branch. Where keys are dense, they are looked
    /// up here.
    private func nextHeads(_ count: Int) -> Int {
        if let dense = table.dense, let numbers {
            let end = min(count, row + limit)
            defer { row = end }
            return dense.find(numbers, row..<end, probing: columns.probing, built: columns.built)
        }
        let (heads, probing, built) = (columns.heads, columns.probing, columns.built)
        let end = min(count, row + limit)
        var found = 0
        for index in row..<end {
            let head = heads[index]
            probing[found] = UInt32(truncatingIfNeeded: index)
            built[found] = head &- 1
            found &+= head == 0 ? 0 : 1
        }
        row = end
        return found
    }

    private func nextLinks(_ count: Int) -> Int {
        guard let next = table.next else { return 0 }
        let (heads, probing, built) = (columns.heads, columns.probing, columns.built)
        var (found, row, link) = (0, row, link)
        while found < limit {
            if link == 0 {
                guard row < count else { break }
                link = heads[row]
                row &+= 1
                if link == 0 { continue }
            }
            probing[found] = UInt32(truncatingIfNeeded: row &- 1)
            built[found] = link &- 1
            link = next[Int(link &- 1)]
            found &+= 1
        }
        self.row = row
        self.link = link
        return found
    }

    /// Compares the keys of candidates, and emits those that agree.
    private func emitPairs(_ found: Int, of batch: Batch, into output: Output) throws -> Bool {
        guard found > 0, let pairs = kernels.pairs else { return true }
        let kept = try compare(found, of: batch)
        guard kept > 0 else { return true }
        if kept < found { columns.keep(kept) }
        if duties.marksProbe {
            for index in 0..<kept { columns.matched[Int(columns.probing[index])] = 1 }
        }
        if duties.marksBuild, let marks = table.marks {
            for index in 0..<kept { marks[Int(columns.built[index])] = 1 }
        }
        Batch.reuse(&result, capacity: limit, of: kernels.result)
        let (left, right) = sides
        try pairs(left, right, kept, result.base)
        result.count = kept
        try output.emit(result)
        return output.hasRoom
    }

    private var sides: (left: JoinKernels.Rows, right: JoinKernels.Rows) {
        let (probing, built) = (UnsafePointer(columns.probingRows), UnsafePointer(columns.builtRows))
        return buildsLeft ? (built, probing) : (probing, built)
    }

    /// Leaves the places of candidates whose keys agree in `columns.kept`. Where keys are dense all do, and only
    /// pairs need the addresses of their rows.
    private func compare(_ found: Int, of batch: Batch) throws -> Int {
        if table.dense != nil, !duties.pairs {
            let kept = columns.kept
            for index in 0..<found { kept[index] = UInt32(truncatingIfNeeded: index) }
            return found
        }
        let (base, stride, probing) = (UnsafeRawPointer(batch.base), stride, columns.probing)
        let rows = columns.probingRows
        for index in 0..<found { rows[index] = base + Int(probing[index]) &* stride }
        table.addresses(of: columns.built, found, into: columns.builtRows)
        if table.dense != nil { return found }
        let (left, right) = sides
        return try kernels.same(left, right, found, columns.kept)
    }

    /// Finds which rows have partners at all, and marks those, where pairs are not asked for and no row has two.
    private func findSingleExistence(_ batch: Batch) throws {
        while row < batch.count {
            let found = nextHeads(batch.count)
            let kept = try compare(found, of: batch)
            let (places, probing, built) = (columns.kept, columns.probing, columns.built)
            if duties.marksProbe {
                let matched = columns.matched
                for index in 0..<kept { matched[Int(probing[Int(places[index])])] = 1 }
            }
            if duties.marksBuild, let marks = table.marks {
                for index in 0..<kept { marks[Int(built[Int(places[index])])] = 1 }
            }
        }
    }

    /// The same where rows of the built side are linked.
    ///
    /// All rows go along their chains together, a link at a time, and leave at the first partner: one that is marked
    /// already has had all its equals marked. So a key costs no more than its rows, however many there are on both
    /// sides.
    private func findExistence(_ batch: Batch) throws {
        var active = 0
        for index in 0..<batch.count where columns.heads[index] != 0 {
            columns.waiting[active] = UInt32(truncatingIfNeeded: index)
            active += 1
        }
        while active > 0 {
            var (start, left) = (0, 0)
            while start < active {
                let count = min(limit, active - start)
                for index in 0..<count {
                    let row = columns.waiting[start + index]
                    columns.probing[index] = row
                    columns.built[index] = columns.heads[Int(row)] - 1
                }
                let kept = try compare(count, of: batch)
                start += count
                var place = 0
                for index in 0..<count {
                    let (row, number) = (columns.probing[index], columns.built[index])
                    if place < kept, columns.kept[place] == UInt32(index) {
                        place += 1
                        if duties.marksProbe { columns.matched[Int(row)] = 1 }
                        guard duties.marksBuild, let marks = table.marks, marks[Int(number)] == 0 else { continue }
                        marks[Int(number)] = 1
                    }
                    guard let link = table.next?[Int(number)], link != 0 else { continue }
                    columns.heads[Int(row)] = link
                    columns.waiting[left] = row
                    left += 1
                }
            }
            active = left
        }
    }

    private func emitSingles(of batch: Batch, into output: Output) throws -> Bool {
        let wanted: UInt8 = duties.matchedProbe ? 1 : 0
        let (matched, rows, base) = (columns.matched, columns.probingRows, UnsafeRawPointer(batch.base))
        while single < batch.count {
            let end = min(batch.count, single + limit)
            var found = 0
            for index in single..<end {
                rows[found] = base + index &* stride
                found &+= matched[index] == wanted ? 1 : 0
            }
            single = end
            if found == 0 { continue }
            try emit(found, columns.probingRows, isLeft: !buildsLeft, into: output)
            if !output.hasRoom { return false }
        }
        return true
    }

    private func emit(
        _ count: Int, _ rows: UnsafeMutablePointer<UnsafeRawPointer>, isLeft: Bool, into output: Output
    ) throws {
        guard let kernel = isLeft ? kernels.left : kernels.right else { return }
        Batch.reuse(&result, capacity: limit, of: kernels.result)
        try kernel(UnsafePointer(rows), count, result.base)
        result.count = count
        try output.emit(result)
    }

    /// Emits rows of the built side that have, or have no, partner; false if there is no room for the rest.
    func emitBuilt(from place: inout Int, into output: Output) throws -> Bool {
        guard duties.marksBuild else { return true }
        while true {
            let found = table.collect(
                marked: duties.matchedBuild, from: &place, upTo: limit, into: columns.builtRows)
            guard found > 0 else { return true }
            try emit(found, columns.builtRows, isLeft: buildsLeft, into: output)
            if !output.hasRoom { return false }
        }
    }
}
