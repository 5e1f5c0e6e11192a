import GyreColumns

/// Rows in memory, sorted as they are read: first all entries are dealt to buckets by the high bits of their prefixes, each
/// small enough for a cache; a bucket is sorted when it is its turn to be read.
///
/// Two passes over the batches and one over the entries. Stable: equal rows come in the order of the batches.
///
/// The class is not generic, and what depends on the kind of entry is in closures that `init` forms: an overridden method of a
/// generic class is not specialised, and each entry would be moved by way of its metadata.
final class BucketedRows: SortedRows {
    /// Entries a bucket, about: with as much scratch a quarter of a second-level cache.
    private static let bucketEntries = 8192
    private static let mostBuckets = 4096

    /// What is done with entries, whatever they are.
    private struct EntryKind {
        let stride: Int
        /// Sorts entries, with room for as many.
        let sort: (_ entries: UnsafeMutableRawPointer, _ count: Int, _ scratch: UnsafeMutableRawPointer) throws -> Void
        /// Writes where rows are, and their prefixes.
        let list:
            (
                _ entries: UnsafeMutableRawPointer, _ count: Int, UnsafeMutablePointer<UnsafeRawPointer>,
                UnsafeMutablePointer<UInt64>
            ) -> Void

        @inline(__always)
        init<Entry: SortEntry>(_ type: Entry.Type, by order: RowOrder) {
            stride = MemoryLayout<Entry>.stride
            sort = { entries, count, scratch in
                try PrefixSort<Entry>.sort(
                    entries.assumingMemoryBound(to: Entry.self), count, scratch.assumingMemoryBound(to: Entry.self),
                    by: order)
            }
            list = { entries, count, rows, prefixes in
                let entries = entries.assumingMemoryBound(to: Entry.self)
                for index in 0..<count {
                    rows[index] = Entry.row(of: entries + index)
                    prefixes[index] = entries[index].prefix
                }
            }
        }
    }

    private let kind: EntryKind
    private let entries: LargeBuffer
    private var scratch = LargeBuffer(byteCount: 0)
    /// Where each bucket ends.
    private let ends: [Int]
    private var bucket = -1
    private var position = 0
    private var columns = BlockColumns()
    /// The rows that entries name.
    private let batches: [Batch]

    /// - Parameters:
    ///   - batches: are let go as soon as their rows are in the entries, where these hold images.
    ///   - range: the least and the greatest prefix.
    @inline(__always)
    init<Entry: SortEntry>(
        _ type: Entry.Type, _ batches: inout [Batch], stride: Int, count: Int, range: ClosedRange<UInt64>,
        by order: RowOrder
    ) throws {
        kind = EntryKind(type, by: order)
        entries = LargeBuffer(byteCount: count * kind.stride)
        let keepsBatches = Entry.self == RowReference.self
        self.batches = keepsBatches ? batches : []
        ends = try BucketedRows.deal(
            &batches, stride: stride, count: count, range: range, by: order,
            to: entries.base.bindMemory(to: Entry.self, capacity: count))
        super.init()
    }

    /// Deals the rows to buckets.
    ///
    /// - Returns: where each bucket ends.
    private static func deal<Entry: SortEntry>(
        _ batches: inout [Batch], stride: Int, count: Int, range: ClosedRange<UInt64>, by order: RowOrder,
        to base: UnsafeMutablePointer<Entry>
    ) throws -> [Int] {
        let low = range.lowerBound
        let width = 64 - (range.upperBound - low).leadingZeroBitCount
        var bits = 0
        while bits < width, 1 << bits < mostBuckets, count >> bits > bucketEntries { bits += 1 }
        // A shift by all 64 bits is none in the loops below; then there is one bucket, and every index is 0.
        let shift = UInt64(width - bits)
        let mask: UInt64 = bits == 0 ? 0 : .max
        let column = LargeBuffer(byteCount: 8 * batches.reduce(0) { max($0, $1.count) })
        let prefixes = column.base.bindMemory(to: UInt64.self, capacity: 1)
        var places = [Int](repeating: 0, count: 1 << bits)
        if bits > 0 {
            for batch in batches {
                try order.fillPrefixes(batch, prefixes)
                let rows = batch.count
                places.withUnsafeMutableBufferPointer { places in
                    guard let places = places.baseAddress else { return }
                    for row in 0..<rows {
                        places[Int(truncatingIfNeeded: (prefixes[row] &- low) &>> shift)] &+= 1
                    }
                }
            }
        }
        var sum = 0
        for bucket in places.indices {
            let size = places[bucket]
            places[bucket] = sum
            sum += size
        }
        batches.reverse()
        while let batch = batches.popLast() {
            try order.fillPrefixes(batch, prefixes)
            let rows = batch.count
            let first = UnsafeRawPointer(batch.base)
            places.withUnsafeMutableBufferPointer { places in
                guard let places = places.baseAddress else { return }
                var row = first
                for index in 0..<rows {
                    let prefix = prefixes[index]
                    let bucket = Int(truncatingIfNeeded: ((prefix &- low) & mask) &>> shift)
                    let place = places[bucket]
                    base[place] = Entry(prefix: prefix, row: row)
                    places[bucket] = place &+ 1
                    row += stride
                }
            }
        }
        return places
    }

    override func nextBlock(_ limit: Int) throws -> RowBlock? {
        while bucket < 0 || position == ends[bucket] {
            guard bucket + 1 < ends.count else { return nil }
            bucket += 1
            let count = ends[bucket] - position
            if count > 1 {
                if count * kind.stride > scratch.byteCount { scratch = LargeBuffer(byteCount: count * kind.stride) }
                try kind.sort(entries.base + position * kind.stride, count, scratch.base)
            }
        }
        let count = min(limit, ends[bucket] - position)
        columns.require(count)
        kind.list(entries.base + position * kind.stride, count, columns.rows, columns.prefixes)
        position += count
        return columns.block(count)
    }
}
