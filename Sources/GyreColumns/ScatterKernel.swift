/// Moves rows to several batches: the inner loop of every exchange.
///
/// It stops at the first full target, so that sending, which knows channels, stays outside.
@usableFromInline
enum ScatterKernel<Element> {
    /// One target's write position, flat in memory so that the loop touches no object.
    @usableFromInline
    struct Cursor {
        @usableFromInline var rows: UnsafeMutablePointer<Element>
        @usableFromInline var hashes: UnsafeMutablePointer<UInt64>
        @usableFromInline var count: Int
        @usableFromInline var capacity: Int

        @inlinable
        init(rows: UnsafeMutablePointer<Element>, hashes: UnsafeMutablePointer<UInt64>, count: Int, capacity: Int) {
            self.rows = rows
            self.hashes = hashes
            self.count = count
            self.capacity = capacity
        }
    }

    @inlinable
    static func run(_ source: RowBatch<Element>, from start: Int, to targets: ScatterTargets) -> ScatterResult {
        withUnsafeTemporaryAllocation(of: Cursor.self, capacity: targets.count) { cursors in
            let base = cursors.baseAddress.unsafelyUnwrapped
            for index in 0..<targets.count {
                let batch = targets.batches[index].rows(of: Element.self)
                // Without hashes nothing is written through the pointer; any address will do.
                let hashes =
                    targets.hashes == nil
                    ? UnsafeMutableRawPointer(base).assumingMemoryBound(to: UInt64.self) : batch.hashColumn()
                (base + index).initialize(
                    to: Cursor(rows: batch.rows, hashes: hashes, count: batch.count, capacity: batch.capacity))
            }
            let result: ScatterResult
            if targets.count == 2 {
                result = copyToTwo(source, start, targets.targetOfRow, targets.hashes, base)
            } else if let hashes = targets.hashes {
                result = copyWithHashes(source, start, targets.targetOfRow, hashes, base)
            } else {
                result = copy(source, start, targets.targetOfRow, base)
            }
            for index in 0..<targets.count {
                targets.batches[index].count = base[index].count
                targets.batches[index].hasHashes = targets.hashes != nil
            }
            return result
        }
    }

    @inlinable
    static func copyWithHashes(
        _ source: RowBatch<Element>, _ start: Int, _ targetOfRow: UnsafePointer<UInt32>,
        _ hashes: UnsafePointer<UInt64>, _ cursors: UnsafeMutablePointer<Cursor>
    ) -> ScatterResult {
        let rows = source.rows
        let end = source.count
        var row = start
        while row < end {
            let target = Int(truncatingIfNeeded: targetOfRow[row])
            let position = cursors[target].count
            if position == cursors[target].capacity { return ScatterResult(next: row, fullTarget: target) }
            (cursors[target].rows + position).initialize(to: rows[row])
            cursors[target].hashes[position] = hashes[row]
            cursors[target].count = position &+ 1
            row &+= 1
        }
        return ScatterResult(next: end, fullTarget: nil)
    }

    @inlinable
    static func copy(
        _ source: RowBatch<Element>, _ start: Int, _ targetOfRow: UnsafePointer<UInt32>,
        _ cursors: UnsafeMutablePointer<Cursor>
    ) -> ScatterResult {
        let rows = source.rows
        let end = source.count
        var row = start
        while row < end {
            let target = Int(truncatingIfNeeded: targetOfRow[row])
            let position = cursors[target].count
            if position == cursors[target].capacity { return ScatterResult(next: row, fullTarget: target) }
            (cursors[target].rows + position).initialize(to: rows[row])
            cursors[target].count = position &+ 1
            row &+= 1
        }
        return ScatterResult(next: end, fullTarget: nil)
    }

    /// Two receivers: both positions stay in registers, while a position in memory is read back just after it was
    /// written, which makes each row wait for the one before.
    @inlinable
    static func copyToTwo(
        _ source: RowBatch<Element>, _ start: Int, _ targetOfRow: UnsafePointer<UInt32>,
        _ hashes: UnsafePointer<UInt64>?, _ cursors: UnsafeMutablePointer<Cursor>
    ) -> ScatterResult {
        let rows = source.rows
        let end = source.count
        let (first, second) = (cursors[0], cursors[1])
        var (firstCount, secondCount) = (first.count, second.count)
        defer {
            cursors[0].count = firstCount
            cursors[1].count = secondCount
        }
        var row = start
        while row < end {
            let isSecond = targetOfRow[row] != 0
            let position = isSecond ? secondCount : firstCount
            if position == (isSecond ? second.capacity : first.capacity) {
                return ScatterResult(next: row, fullTarget: isSecond ? 1 : 0)
            }
            ((isSecond ? second.rows : first.rows) + position).initialize(to: rows[row])
            if let hashes { (isSecond ? second.hashes : first.hashes)[position] = hashes[row] }
            secondCount &+= isSecond ? 1 : 0
            firstCount &+= isSecond ? 0 : 1
            row &+= 1
        }
        return ScatterResult(next: end, fullTarget: nil)
    }
}
