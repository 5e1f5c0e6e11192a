import GyreColumns

/// Rows in memory, sorted as they are read: first all entries are dealt to buckets by the high bits of their prefixes, each
/// small enough for a cache; a bucket is sorted when it is its turn to be read.
///
/// Two passes over the batches and one over the entries. Stable: equal rows come in the order of the batches.
final class BucketedRows<Entry: SortEntry>: SortedRows {
    /// Entries a bucket, about: with as much scratch a quarter of a second-level cache.
    private static var bucketEntries: Int { 8192 }
    private static var mostBuckets: Int { 4096 }

    private let order: RowOrder
    private let stride: Int
    private let entries: LargeBuffer<Entry>
    private var scratch = LargeBuffer<Entry>(capacity: 0)
    private var scratchCapacity = 0
    /// Where each bucket ends.
    private var ends: [Int]
    private var bucket = -1
    private var position = 0
    private var columns = BlockColumns()
    /// The rows that entries name.
    private var batches: [Batch] = []

    /// - Parameters:
    ///   - batches: are let go as soon as their rows are in the entries, where these hold images.
    ///   - range: the least and the greatest prefix.
    init(
        _ batches: inout [Batch], stride: Int, count: Int, range: ClosedRange<UInt64>, by order: RowOrder
    ) throws {
        self.order = order
        self.stride = stride
        entries = LargeBuffer(capacity: count)
        let width = 64 - (range.upperBound - range.lowerBound).leadingZeroBitCount
        var bits = 0
        while bits < width, 1 << bits < BucketedRows.mostBuckets, count >> bits > BucketedRows.bucketEntries {
            bits += 1
        }
        let shift = UInt64(width - bits)
        ends = [Int](repeating: 0, count: 1 << bits)
        super.init()
        let prefixes = LargeBuffer<UInt64>(capacity: batches.reduce(0) { max($0, $1.count) })
        try deal(&batches, from: range.lowerBound, shift: shift, prefixes.base)
    }

    private func deal(
        _ batches: inout [Batch], from low: UInt64, shift: UInt64, _ prefixes: UnsafeMutablePointer<UInt64>
    ) throws {
        // A shift by all 64 bits is none in the loops below: then there is one bucket, and every index is 0.
        let mask: UInt64 = ends.count == 1 ? 0 : .max
        var places = ends
        if mask != 0 {
            for batch in batches {
                try order.fillPrefixes(batch, prefixes)
                places.withUnsafeMutableBufferPointer { places in
                    for row in 0..<batch.count {
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
        let base = entries.base
        batches.reverse()
        while let batch = batches.popLast() {
            try order.fillPrefixes(batch, prefixes)
            var row = UnsafeRawPointer(batch.base)
            let stride = stride
            places.withUnsafeMutableBufferPointer { places in
                guard let places = places.baseAddress else { return }
                for index in 0..<batch.count {
                    let prefix = prefixes[index]
                    let bucket = Int(truncatingIfNeeded: ((prefix &- low) & mask) &>> shift)
                    let place = places[bucket]
                    base[place] = Entry(prefix: prefix, row: row)
                    places[bucket] = place &+ 1
                    row += stride
                }
            }
            if Entry.self == RowReference.self { self.batches.append(batch) }
        }
        ends = places
    }

    override func nextBlock(_ limit: Int) throws -> RowBlock? {
        while bucket < 0 || position == ends[bucket] {
            bucket += 1
            guard bucket < ends.count else {
                bucket -= 1
                return nil
            }
            let count = ends[bucket] - position
            if count > 1 {
                if count > scratchCapacity {
                    scratchCapacity = count
                    scratch = LargeBuffer(capacity: count)
                }
                try PrefixSort.sort(entries.base + position, count, scratch.base, by: order)
            }
        }
        let count = min(limit, ends[bucket] - position)
        columns.require(count)
        let (rows, prefixes) = (columns.rows, columns.prefixes)
        let first = entries.base + position
        for index in 0..<count {
            rows[index] = Entry.row(of: first + index)
            prefixes[index] = first[index].prefix
        }
        position += count
        return columns.block(count)
    }
}
