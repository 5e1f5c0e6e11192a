public import GyreColumns

/// Pairs of rows with equal keys: where they are; nil stands for no partner. Good until the next block is asked for.
public struct PairBlock {
    public let lefts: UnsafePointer<UnsafeRawPointer?>
    public let rights: UnsafePointer<UnsafeRawPointer?>
    public let count: Int
}

/// Reads two sorters side by side, as the pairs of a join by their keys: the kernel of a sort-merge join, of any kind.
///
/// Pairs come in the order of keys. The right rows of a key are kept, on disk if the memory refuses, and the left rows of
/// the key pass them, a chunk at a time: so a key may have any number of rows on either side, and its right rows are read
/// once a chunk. A row that comes for itself, for it has no partner or, in a semi join, for it has one, comes with nil for
/// the other side. Semi and anti joins keep nothing, and pass every row once.
///
/// Pairs of one key come chunk by chunk, in it by right row, and for each by left row. A chunk has a number of rows that
/// depends on their type only, so the order does not depend on the memory.
///
/// Both sorters are ordered by the key alone, are siblings, and are finished (`RowSorter.finish`).
public final class SortMergeCursor {
    /// One side: the rows at hand.
    private struct Side {
        let sorter: RowSorter
        var block: RowBlock?
        var position = 0
        private var hasEnded = false

        init(_ sorter: RowSorter) { self.sorter = sorter }

        /// Whether there is a row; fetches more.
        mutating func load(_ limit: Int) throws -> Bool {
            if let block, position < block.count { return true }
            if hasEnded { return false }
            block = try sorter.nextBlock(limit)
            position = 0
            hasEnded = block == nil
            return !hasEnded
        }

        /// Whether all rows at hand have been read, and there may be more.
        var isUsedUp: Bool { !hasEnded && (block.map { position == $0.count } ?? true) }
        var row: UnsafeRawPointer? { block.map { $0.rows[position] } }
        var prefix: UInt64 { block.map { $0.prefixes[position] } ?? 0 }
    }

    private let compare: @Sendable (UnsafeRawPointer, UnsafeRawPointer) throws -> Int
    private let isDecisive: Bool
    /// The left rows probe.
    private let duties: JoinDuties
    private let blockRows: Int
    private let leftRows: ElementType
    private let rightRows: ElementType
    /// Left rows of a chunk, at most.
    private let chunkRows: Int
    private let rightOrder: RowOrder
    private let context: OperatorContext
    private var left: Side
    private var right: Side
    /// The right rows of the key at hand: some of the block at hand, or kept.
    private enum Group {
        case inBlock(Range<Int>)
        case kept(BatchQueue, key: Batch)
    }

    /// Left rows of the key at hand: some of the block at hand, or copied, where they go on in the next block.
    private enum Chunk {
        case inBlock(Range<Int>)
        case copied(Batch)
    }

    private var group: Group?
    private var chunk: Chunk?
    /// The next row of the chunk to be paired with the right row.
    private var chunkRow = 0
    private var groupPrefix: UInt64 = 0
    private var reader = BatchQueue.Reader()
    /// A batch of kept rows, and the row of it or of the block that is paired with the chunk.
    private var passing: Batch?
    private var passingRow = 0
    /// Batches that pairs of the block point to.
    private var pinned: [Batch] = []
    private var capacity = 0
    private var made = 0
    private var lefts: UnsafeMutablePointer<UnsafeRawPointer?>
    private var rights: UnsafeMutablePointer<UnsafeRawPointer?>

    /// - Parameters:
    ///   - rows: of both sides, for what is kept.
    ///   - order: that of the sorters.
    public init(
        _ left: RowSorter, _ right: RowSorter, kind: JoinKind, rows: (left: ElementType, right: ElementType),
        order: JoinOrder, in context: OperatorContext
    ) {
        self.left = Side(left)
        self.right = Side(right)
        (leftRows, rightRows) = rows
        // 16 KiB, a quarter of the least floor. Rows that own memory elsewhere may be of any size, so few of them.
        chunkRows = rows.left.isTrivial ? max(1, (16 << 10) / max(1, rows.left.stride)) : 64
        self.context = context
        rightOrder = order.right
        compare = order.between
        isDecisive = order.right.isDecisive
        duties = JoinDuties(kind, buildsLeft: false)
        blockRows = max(1, context.batchSize)
        lefts = .allocate(capacity: 1)
        rights = .allocate(capacity: 1)
    }

    deinit {
        lefts.deallocate()
        rights.deallocate()
    }

    /// At most `limit` pairs; nil at the end.
    public func next(_ limit: Int) throws -> PairBlock? {
        if limit > capacity {
            lefts.deallocate()
            rights.deallocate()
            lefts = .allocate(capacity: limit)
            rights = .allocate(capacity: limit)
            capacity = limit
        }
        made = 0
        pinned = passing.map { [$0] } ?? []
        if case .copied(let rows) = chunk { pinned.append(rows) }
        while made < limit {
            // A row that has to be fetched would take the place of those that pairs point to.
            if chunk == nil, left.isUsedUp, made > 0 { break }
            if group != nil {
                guard try passGroup(limit) else { break }
            } else {
                if right.isUsedUp, made > 0 { break }
                guard try step() else { break }
            }
        }
        return made == 0 ? nil : PairBlock(lefts: UnsafePointer(lefts), rights: UnsafePointer(rights), count: made)
    }

    /// Takes a row without a partner, or the group of a key that both sides have; false at the end, or if
    /// pairs have to be taken first.
    private func step() throws -> Bool {
        let (hasLeft, hasRight) = (try left.load(blockRows), try right.load(blockRows))
        guard hasLeft || hasRight else { return false }
        let difference = !hasLeft ? 1 : (!hasRight ? -1 : try difference(right.prefix, right.row))
        if difference < 0 {
            if duties.unmatchedProbe { add(left.row, nil) }
            left.position += 1
        } else if difference > 0 {
            if duties.unmatchedBuild { add(nil, right.row) }
            right.position += 1
        } else if duties.pairs {
            return try collectGroup()
        } else {
            if duties.matchedProbe { add(left.row, nil) }
            left.position += 1
        }
        return true
    }

    /// Compares the left row with a right one.
    private func difference(_ prefix: UInt64, _ row: UnsafeRawPointer?) throws -> Int {
        if left.prefix != prefix { return left.prefix < prefix ? -1 : 1 }
        guard !isDecisive, let one = left.row, let row else { return 0 }
        return try compare(one, row)
    }

    /// Finds the right rows of the key that both sides have; false if that would let go of rows that pairs point to.
    private func collectGroup() throws -> Bool {
        groupPrefix = right.prefix
        passingRow = right.position
        guard let block = right.block else { return false }
        var end = right.position + 1
        while end < block.count, try continues(block.rows[right.position], end) { end += 1 }
        if end < block.count {
            group = .inBlock(right.position..<end)
            return true
        }
        guard made == 0 else { return false }
        // The group may go on in the next block, whose rows take the place of these.
        let kept = BatchQueue(rightRows, memory: context.memory, spill: context.spill)
        let key = rightRows.makeBatch(1)
        gather(into: key)
        var batch = rightRows.makeBatch(16)
        repeat {
            if batch.count == batch.capacity {
                try kept.append(batch)
                batch = rightRows.makeBatch(min(context.batchSize, 2 * batch.capacity))
            }
            gather(into: batch)
            right.position += 1
        } while try right.load(blockRows) && continues(UnsafeRawPointer(key.base), right.position)
        try kept.append(batch)
        group = .kept(kept, key: key)
        reader = BatchQueue.Reader()
        return true
    }

    private func gather(into batch: Batch) {
        guard let block = right.block else { return }
        rightRows.gather(block.rows + right.position, 1, batch)
    }

    /// Whether a row of the right block has the key of the group.
    private func continues(_ key: UnsafeRawPointer, _ position: Int) throws -> Bool {
        guard let block = right.block, block.prefixes[position] == groupPrefix else { return false }
        return try isDecisive || rightOrder.compare(key, block.rows[position]) == 0
    }

    /// The first right row of the group.
    private var groupKey: UnsafeRawPointer? {
        switch group {
        case .inBlock(let range): right.block?.rows[range.lowerBound]
        case .kept(_, let key): UnsafeRawPointer(key.base)
        case nil: nil
        }
    }

    /// Takes the next left rows of the key, none at its end; false if that would let go of rows that pairs point to.
    private func takeChunk() throws -> Bool {
        guard try left.load(blockRows), try isOfGroup(left.position), let block = left.block else { return true }
        let start = left.position
        let most = min(block.count, start + chunkRows)
        var end = start + 1
        while end < most, try isOfGroup(end) { end += 1 }
        if end < block.count || end == start + chunkRows {
            chunk = .inBlock(start..<end)
            return true
        }
        guard made == 0 else { return false }
        let copy = leftRows.makeBatch(chunkRows)
        leftRows.gather(block.rows + start, end - start, copy)
        left.position = end
        while copy.count < chunkRows, try left.load(blockRows), try isOfGroup(left.position), let block = left.block {
            leftRows.gather(block.rows + left.position, 1, copy)
            left.position += 1
        }
        chunk = .copied(copy)
        pinned.append(copy)
        return true
    }

    /// Whether a row of the left block has the key of the group.
    private func isOfGroup(_ position: Int) throws -> Bool {
        guard let block = left.block, block.prefixes[position] == groupPrefix, let key = groupKey else { return false }
        return try isDecisive || compare(block.rows[position], key) == 0
    }

    /// Pairs the next left rows with the rows of the group; false if the block is full before.
    private func passGroup(_ limit: Int) throws -> Bool {
        if chunk == nil {
            guard try takeChunk() else { return false }
            if chunk == nil {
                endGroup()
                return true
            }
        }
        switch group {
        case .inBlock(let range):
            guard let rows = right.block?.rows else { return false }
            while passingRow < range.upperBound {
                guard addChunk(with: rows[passingRow], limit) else { return false }
                passingRow += 1
            }
            passingRow = range.lowerBound
        case .kept(let kept, _):
            guard try pass(kept, limit) else { return false }
            reader = BatchQueue.Reader()
        case nil: return true
        }
        if case .inBlock(let range) = chunk { left.position = range.upperBound }
        chunk = nil
        return true
    }

    private func endGroup() {
        switch group {
        case .inBlock(let range): right.position = range.upperBound
        case .kept(let kept, _): kept.removeAll()
        case nil: break
        }
        (group, passing) = (nil, nil)
    }

    private func pass(_ kept: BatchQueue, _ limit: Int) throws -> Bool {
        while true {
            if passing == nil {
                passing = try kept.next(&reader)
                passingRow = 0
                if let passing { pinned.append(passing) }
            }
            guard let batch = passing else { return true }
            while passingRow < batch.count {
                let row = UnsafeRawPointer(batch.base + passingRow * rightRows.stride)
                guard addChunk(with: row, limit) else { return false }
                passingRow += 1
            }
            passing = nil
        }
    }

    /// Pairs the rest of the chunk with a right row; false if the block is full before.
    private func addChunk(with row: UnsafeRawPointer, _ limit: Int) -> Bool {
        switch chunk {
        case .inBlock(let range):
            guard let block = left.block else { return true }
            let end = min(range.count, chunkRow + limit - made)
            for index in chunkRow..<end { add(block.rows[range.lowerBound + index], row) }
            chunkRow = end
            guard end == range.count else { return false }
        case .copied(let batch):
            let end = min(batch.count, chunkRow + limit - made)
            for index in chunkRow..<end { add(UnsafeRawPointer(batch.base + index * leftRows.stride), row) }
            chunkRow = end
            guard end == batch.count else { return false }
        case nil: break
        }
        chunkRow = 0
        return true
    }

    private func add(_ left: UnsafeRawPointer?, _ right: UnsafeRawPointer?) {
        lefts[made] = left
        rights[made] = right
        made += 1
    }
}
