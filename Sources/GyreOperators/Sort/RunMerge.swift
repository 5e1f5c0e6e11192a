import GyreColumns

/// Merges sorted runs by a tree of losers: a row costs as many comparisons as the tree has levels. Of equal rows, those of
/// the earlier run come first.
///
/// A frame of each run is in memory. A block ends where a frame does, since its rows lie in the frames.
final class RunMerge: SortedRows {
    private let order: RowOrder
    private let count: Int
    private let cursors: UnsafeMutablePointer<RunCursor>
    /// The run that won, and at each inner node the one that lost there.
    private var tree: [Int]
    private var columns = BlockColumns()
    /// The run whose frame is used up.
    private var exhausted: Int?

    init(_ runs: ArraySlice<SpillRun>, by order: RowOrder) throws {
        self.order = order
        count = runs.count
        cursors = .allocate(capacity: max(1, runs.count))
        tree = [Int](repeating: -1, count: max(1, runs.count))
        var made = 0
        do {
            for run in runs {
                (cursors + made).initialize(to: try RunCursor(run))
                made += 1
                try cursors[made - 1].load(by: order)
            }
        } catch {
            cursors.deinitialize(count: made)
            cursors.deallocate()
            throw error
        }
        super.init()
        // Each run climbs to the first node without a loser, and stays there; the one that finds none has won.
        for run in 0..<count { try enter(run) }
    }

    deinit {
        cursors.deinitialize(count: count)
        cursors.deallocate()
    }

    private func enter(_ run: Int) throws {
        var climber = run
        var node = (run + count) / 2
        while node > 0 {
            if tree[node] < 0 {
                tree[node] = climber
                return
            }
            if try comesBefore(tree[node], climber) { swap(&tree[node], &climber) }
            node /= 2
        }
        tree[0] = climber
    }

    /// Whether the current row of one run comes before that of another.
    @inline(__always)
    private func comesBefore(_ left: Int, _ right: Int) throws -> Bool {
        if cursors[left].isAtEnd || cursors[right].isAtEnd {
            return cursors[left].isAtEnd == cursors[right].isAtEnd ? left < right : cursors[right].isAtEnd
        }
        let (one, other) = (cursors[left].prefix, cursors[right].prefix)
        if one != other { return one < other }
        if !order.isDecisive {
            let difference = try order.compare(cursors[left].row, cursors[right].row)
            if difference != 0 { return difference < 0 }
        }
        return left < right
    }

    override func nextBlock(_ limit: Int) throws -> RowBlock? {
        guard count > 0 else { return nil }
        columns.require(limit)
        if let run = exhausted {
            exhausted = nil
            try cursors[run].load(by: order)
            try replay(run)
        }
        let (rows, prefixes) = (columns.rows, columns.prefixes)
        var made = 0
        try tree.withUnsafeMutableBufferPointer { tree in
            guard let tree = tree.baseAddress else { return }
            while made < limit {
                let winner = tree[0]
                if cursors[winner].isAtEnd { return }
                rows[made] = cursors[winner].row
                prefixes[made] = cursors[winner].prefix
                made &+= 1
                guard cursors[winner].advance() else {
                    exhausted = winner
                    return
                }
                try replay(winner, tree)
            }
        }
        return made == 0 ? nil : columns.block(made)
    }

    private func replay(_ run: Int) throws {
        try tree.withUnsafeMutableBufferPointer { tree in
            if let tree = tree.baseAddress { try replay(run, tree) }
        }
    }

    /// Takes the changed row of the run that won up to the root.
    @inline(__always)
    private func replay(_ run: Int, _ tree: UnsafeMutablePointer<Int>) throws {
        var climber = run
        var node = (run &+ count) &>> 1
        while node > 0 {
            let loser = tree[node]
            if try comesBefore(loser, climber) {
                tree[node] = climber
                climber = loser
            }
            node &>>= 1
        }
        tree[0] = climber
    }
}
