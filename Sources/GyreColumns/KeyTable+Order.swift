/// How far an ordered reading of a table has come.
public struct KeyTableCursor: Sendable {
    /// The next slot to look at.
    @usableFromInline var next: Int
    /// The slot before which all runs are sorted.
    @usableFromInline var sorted: Int

    /// - Parameter slot: where reading begins; 0 for all entries.
    @inlinable
    public init(startingAt slot: Int = 0) {
        next = slot
        sorted = slot
    }
}

/// The order of a table: by place, then by key. It is a function of the set of keys alone, whatever the order of
/// insertion and the size of the table were.
///
/// Runs of occupied slots are in order already; only within a run may neighbours have come the wrong way round.
extension KeyTable {
    /// How many slots are put in order at once: they stay in the second-level cache until they are read.
    @inlinable static var slotsSortedAtOnce: Int { 4096 }

    /// Writes the next occupied slots, in order.
    ///
    /// - Returns: how many there were; 0 at the end.
    @inlinable
    public mutating func nextSlots(
        _ cursor: inout KeyTableCursor, limit: Int, into found: UnsafeMutablePointer<Int>
    ) -> Int {
        var count = 0
        while count < limit, cursor.next < slots {
            if cursor.next >= cursor.sorted {
                cursor.sorted = sortRuns(
                    from: cursor.next, through: Swift.min(slots, cursor.next + KeyTable.slotsSortedAtOnce))
            }
            let (entries, end) = (entries, cursor.sorted)
            var slot = cursor.next
            // Which slots are occupied is random: counting is cheaper than a branch.
            while slot < end, count < limit {
                found[count] = slot
                count &+= KeyTable.place(at: entries + slot).pointee == 0 ? 0 : 1
                slot &+= 1
            }
            cursor.next = slot
        }
        return count
    }

    /// The slots that hold keys, in order.
    @inlinable
    public mutating func orderedSlots() -> [Int] {
        var cursor = KeyTableCursor()
        let count = count
        guard count > 0 else { return [] }
        return [Int](unsafeUninitializedCapacity: count) { buffer, found in
            guard let base = buffer.baseAddress else { return }
            found = nextSlots(&cursor, limit: count, into: base)
        }
    }

    /// Sorts runs in place, from `start` to the first free slot at or behind `end`. The
    /// table is the same afterwards: it is what insertion in this order would have made.
    ///
    /// - Complexity: one pass; a run of n equal hashes costs n² steps, as inserting it did.
    @inlinable
    mutating func sortRuns(from start: Int, through end: Int) -> Int {
        var slot = start
        var before: UInt64 = 0
        while slot < slots {
            let place = KeyTable.place(at: entries + slot).pointee
            if place == 0 {
                if slot >= end { return slot }
            } else if before >= place, KeyTable.precedes(entries + slot, entries + (slot - 1)) {
                sink(slot)
                slot &+= 1
                continue
            }
            before = place
            slot &+= 1
        }
        return slots
    }

    /// Moves an entry to its position among those before it in its run.
    @inlinable @inline(never)
    mutating func sink(_ slot: Int) {
        let moved = (entries + slot).move()
        var free = slot
        repeat {
            (entries + free).moveInitialize(from: entries + (free - 1), count: 1)
            free &-= 1
        } while free > 0 && KeyTable.belongsBefore(moved, entries + (free - 1))
        (entries + free).initialize(to: moved)
    }

    @inlinable @inline(__always)
    static func precedes(_ left: UnsafeMutablePointer<Entry>, _ right: UnsafeMutablePointer<Entry>) -> Bool {
        belongsBefore(left.pointee, right)
    }

    @inlinable @inline(__always)
    static func belongsBefore(_ left: Entry, _ right: UnsafeMutablePointer<Entry>) -> Bool {
        // A free slot has place 0: nothing belongs before it.
        let place = KeyTable.place(at: right).pointee
        if left.place != place { return left.place < place }
        return K.isOrderedBefore(left.key, KeyTable.key(at: right).pointee)
    }
}
