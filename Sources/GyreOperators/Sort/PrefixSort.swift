import GyreColumns

/// Sorts entries that fit a cache: by prefix with a stable radix sort from the highest bit that differs, then the rows
/// whose prefixes are equal with a stable merge sort.
///
/// Cost: two passes over the entries where prefixes are spread evenly; a level more for each cluster. `scratch` has room
/// for as many entries.
enum PrefixSort<Entry: SortEntry> {
    /// Up to so many, an insertion sort is faster than counting.
    private static var fewEntries: Int { 24 }
    private static var mostBits: Int { 11 }

    static func sort(
        _ entries: UnsafeMutablePointer<Entry>, _ count: Int, _ scratch: UnsafeMutablePointer<Entry>, by order: RowOrder
    ) throws {
        sortByPrefix(entries, count, scratch)
        if !order.isDecisive { try sortEqualPrefixes(entries, count, scratch, by: order) }
    }

    static func sortByPrefix(
        _ entries: UnsafeMutablePointer<Entry>, _ count: Int, _ scratch: UnsafeMutablePointer<Entry>
    ) {
        if count <= fewEntries { return insertionSort(entries, count) }
        var (low, high) = (entries[0].prefix, entries[0].prefix)
        for index in 1..<count {
            low = min(low, entries[index].prefix)
            high = max(high, entries[index].prefix)
        }
        guard low != high else { return }
        let width = 64 - (high - low).leadingZeroBitCount
        let bits = min(width, mostBits, 63 - count.leadingZeroBitCount)
        let shift = UInt64(width - bits)
        let buckets = 1 << bits
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: buckets) { ends in
            guard let ends = ends.baseAddress else { return }
            ends.initialize(repeating: 0, count: buckets)
            for index in 0..<count { ends[Int(truncatingIfNeeded: (entries[index].prefix &- low) &>> shift)] &+= 1 }
            var sum: UInt32 = 0
            for bucket in 0..<buckets {
                let size = ends[bucket]
                ends[bucket] = sum
                sum &+= size
            }
            for index in 0..<count {
                let bucket = Int(truncatingIfNeeded: (entries[index].prefix &- low) &>> shift)
                scratch[Int(ends[bucket])] = entries[index]
                ends[bucket] &+= 1
            }
            // Where the scatter ended, the next bucket begins.
            var start = 0
            if shift > 0 {
                for bucket in 0..<buckets {
                    let end = Int(ends[bucket])
                    if end &- start > fewEntries {
                        sortByPrefix(scratch + start, end &- start, entries + start)
                    } else if end &- start > 1 {
                        insertionSort(scratch + start, end &- start)
                    }
                    start = end
                }
            }
        }
        entries.update(from: scratch, count: count)
    }

    @inline(__always)
    private static func insertionSort(_ entries: UnsafeMutablePointer<Entry>, _ count: Int) {
        var index = 1
        while index < count {
            let entry = entries[index]
            var place = index
            while place > 0, entries[place &- 1].prefix > entry.prefix {
                entries[place] = entries[place &- 1]
                place &-= 1
            }
            entries[place] = entry
            index &+= 1
        }
    }

    private static func sortEqualPrefixes(
        _ entries: UnsafeMutablePointer<Entry>, _ count: Int, _ scratch: UnsafeMutablePointer<Entry>, by order: RowOrder
    ) throws {
        var start = 0
        while start < count {
            var end = start + 1
            while end < count, entries[end].prefix == entries[start].prefix { end += 1 }
            if end - start > 1 { try mergeSort(entries + start, end - start, scratch, by: order) }
            start = end
        }
    }

    /// Top-down, so that what is sorted already costs a comparison a row and no move.
    private static func mergeSort(
        _ entries: UnsafeMutablePointer<Entry>, _ count: Int, _ scratch: UnsafeMutablePointer<Entry>, by order: RowOrder
    ) throws {
        if count <= 8 { return try insertionSort(entries, count, by: order) }
        let middle = count / 2
        try mergeSort(entries, middle, scratch, by: order)
        try mergeSort(entries + middle, count - middle, scratch, by: order)
        guard try isAfter(entries + (middle - 1), entries + middle, by: order) else { return }
        scratch.update(from: entries, count: middle)
        var (left, right, place) = (0, middle, 0)
        while left < middle, right < count {
            if try isAfter(scratch + left, entries + right, by: order) {
                entries[place] = entries[right]
                right += 1
            } else {
                entries[place] = scratch[left]
                left += 1
            }
            place += 1
        }
        (entries + place).update(from: scratch + left, count: middle - left)
    }

    private static func insertionSort(
        _ entries: UnsafeMutablePointer<Entry>, _ count: Int, by order: RowOrder
    ) throws {
        for index in 1..<count {
            // By swaps, so that an error in between loses no entry.
            var place = index
            while place > 0, try isAfter(entries + (place - 1), entries + place, by: order) {
                swap(&entries[place - 1], &entries[place])
                place -= 1
            }
        }
    }

    @inline(__always)
    private static func isAfter(
        _ left: UnsafeMutablePointer<Entry>, _ right: UnsafeMutablePointer<Entry>, by order: RowOrder
    ) throws -> Bool {
        try order.compare(Entry.row(of: left), Entry.row(of: right)) > 0
    }
}
