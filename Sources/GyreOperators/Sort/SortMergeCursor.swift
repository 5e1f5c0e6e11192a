public import GyreColumns

/// Pairs of rows with equal keys: where they are; nil stands for no partner. Good until the next block is asked for.
public struct PairBlock {
    public let lefts: UnsafePointer<UnsafeRawPointer?>
    public let rights: UnsafePointer<UnsafeRawPointer?>
    public let count: Int
}

/// Reads two sorters side by side, as the pairs of a join by their keys: the kernel of a sort-merge join, of any kind.
///
/// Pairs come in the order of keys. The right rows of a key are kept, on disk if the memory refuses, and passed by the left
/// rows of the key, which stream; so a key may have any number of rows on either side. A row that comes for itself, for it
/// has no partner or, in a semi join, for it has one, comes with nil for the other side. Semi and anti joins keep nothing,
/// and pass every row once.
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
    private let rightRows: ElementType
    private let rightOrder: RowOrder
    private let context: OperatorContext
    private var left: Side
    private var right: Side
    /// The right rows of the key at hand: some of the block at hand, or kept.
    private enum Group {
        case inBlock(Range<Int>)
        case kept(BatchQueue, key: Batch)
    }

    private var group: Group?
    private var groupPrefix: UInt64 = 0
    private var reader = BatchQueue.Reader()
    /// A batch of kept rows, and the next row of it or of the block to be paired with the left row.
    private var passing: Batch?
    private var passingRow = 0
    /// Batches that pairs of the block point to.
    private var pinned: [Batch] = []
    private var capacity = 0
    private var made = 0
    private var lefts: UnsafeMutablePointer<UnsafeRawPointer?>
    private var rights: UnsafeMutablePointer<UnsafeRawPointer?>

    /// - Parameters:
    ///   - rightRows: of the right side, for what is kept.
    ///   - order: that of the sorters.
    public init(
        _ left: RowSorter, _ right: RowSorter, kind: JoinKind, rightRows: ElementType, order: JoinOrder,
        in context: OperatorContext
    ) {
        self.left = Side(left)
        self.right = Side(right)
        self.rightRows = rightRows
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
        while made < limit {
            // A row that has to be fetched would take the place of those that pairs point to.
            if left.isUsedUp, made > 0 { break }
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

    /// Pairs the left row with the rows of the group; false if the block is full before.
    private func passGroup(_ limit: Int) throws -> Bool {
        switch group {
        case .inBlock(let range):
            guard let rows = right.block?.rows else { return false }
            guard try left.load(blockRows), try difference(groupPrefix, rows[range.lowerBound]) == 0 else {
                right.position = range.upperBound
                group = nil
                return true
            }
            while passingRow < range.upperBound {
                guard made < limit else { return false }
                add(left.row, rows[passingRow])
                passingRow += 1
            }
            passingRow = range.lowerBound
        case .kept(let kept, let key):
            guard try left.load(blockRows), try difference(groupPrefix, UnsafeRawPointer(key.base)) == 0 else {
                kept.removeAll()
                (group, passing) = (nil, nil)
                return true
            }
            guard try pass(kept, limit) else { return false }
            reader = BatchQueue.Reader()
        case nil: return true
        }
        left.position += 1
        return true
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
                guard made < limit else { return false }
                add(left.row, UnsafeRawPointer(batch.base + passingRow * rightRows.stride))
                passingRow += 1
            }
            passing = nil
        }
    }

    private func add(_ left: UnsafeRawPointer?, _ right: UnsafeRawPointer?) {
        lefts[made] = left
        rights[made] = right
        made += 1
    }
}
