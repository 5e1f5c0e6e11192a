import GyreOperators

/// Sorts the neighbours of a row, parallel edges by value, so that a graph is the same however its edges came.
///
/// Short rows by insertion, long ones by a radix sort over the bytes that differ.
struct RowSorter<Edge: EdgeValue> {
    private static var shortRow: Int { 48 }
    private var keys: [UInt64] = []
    private var other: [UInt64] = []

    @specialized(where Edge == Unweighted)
    @specialized(where Edge == Double)
    @specialized(where Edge == Float)
    mutating func sort(_ rows: Adjacency<Edge>, from start: Int, to end: Int) {
        let count = end - start
        guard count > 1 else { return }
        let neighbors = rows.neighbors.base + start
        if count <= Self.shortRow {
            if Edge.isWeighted {
                insert(neighbors, rows.values.base + start, count)
            } else {
                insert(neighbors, count)
            }
            return
        }
        radix(neighbors, Edge.isWeighted ? rows.values.base + start : nil, count)
    }

    private func insert(_ neighbors: UnsafeMutablePointer<UInt32>, _ count: Int) {
        for index in 1..<count {
            let key = neighbors[index]
            var place = index
            while place > 0, neighbors[place - 1] > key {
                neighbors[place] = neighbors[place - 1]
                place -= 1
            }
            neighbors[place] = key
        }
    }

    private func insert(
        _ neighbors: UnsafeMutablePointer<UInt32>, _ values: UnsafeMutablePointer<Edge>, _ count: Int
    ) {
        for index in 1..<count {
            let (key, value) = (neighbors[index], values[index])
            var place = index
            while place > 0,
                neighbors[place - 1] > key || (neighbors[place - 1] == key && Edge.precedes(value, values[place - 1]))
            {
                neighbors[place] = neighbors[place - 1]
                values[place] = values[place - 1]
                place -= 1
            }
            neighbors[place] = key
            values[place] = value
        }
    }

    /// Sorts pairs of neighbour and place, then gathers values by place.
    private mutating func radix(
        _ neighbors: UnsafeMutablePointer<UInt32>, _ rowValues: UnsafeMutablePointer<Edge>?, _ count: Int
    ) {
        if keys.count < count {
            keys = [UInt64](repeating: 0, count: count * 2)
            other = [UInt64](repeating: 0, count: count * 2)
        }
        var differing: UInt32 = 0
        for index in 0..<count {
            keys[index] = UInt64(neighbors[index]) << 32 | UInt64(index)
            differing |= neighbors[index] ^ neighbors[0]
        }
        keys.withUnsafeMutableBufferPointer { keys in
            other.withUnsafeMutableBufferPointer { other in
                guard var from = keys.baseAddress, var to = other.baseAddress else { return }
                for byte in 0..<4 where (differing >> UInt32(8 * byte)) & 0xff != 0 {
                    let shift = UInt64(32 + 8 * byte)
                    withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { starts in
                        starts.initialize(repeating: 0)
                        for index in 0..<count { starts[Int((from[index] >> shift) & 0xff)] += 1 }
                        var sum = 0
                        for digit in 0..<256 {
                            let size = starts[digit]
                            starts[digit] = sum
                            sum += size
                        }
                        for index in 0..<count {
                            let digit = Int((from[index] >> shift) & 0xff)
                            to[starts[digit]] = from[index]
                            starts[digit] += 1
                        }
                    }
                    swap(&from, &to)
                }
                for index in 0..<count { neighbors[index] = UInt32(from[index] >> 32) }
                if let rowValues {
                    let unordered = Array(UnsafeBufferPointer(start: rowValues, count: count))
                    for index in 0..<count { rowValues[index] = unordered[Int(from[index] & 0xffff_ffff)] }
                }
            }
        }
        if let rowValues { orderParallelEdges(neighbors, rowValues, count) }
    }

    private func orderParallelEdges(
        _ neighbors: UnsafeMutablePointer<UInt32>, _ values: UnsafeMutablePointer<Edge>, _ count: Int
    ) {
        var start = 0
        while start < count {
            var end = start + 1
            while end < count, neighbors[end] == neighbors[start] { end += 1 }
            if end - start > 1 {
                var parallel = UnsafeMutableBufferPointer(start: values + start, count: end - start)
                parallel.sort { Edge.precedes($0, $1) }
            }
            start = end
        }
    }
}
