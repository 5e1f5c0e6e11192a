import GyreOperators

/// Numbers by degree: what is read most lies together, and rows of one length follow each other.
///
/// Vertices stand in classes by how often they are read, that is by how many edges leave them, a factor of four a
/// class; within a class by the length of their rows, that is by how many edges enter them; all falling, ties by
/// position. Decision 0009 has the figures.
struct DegreeOrder {
    let numberOfPosition: SharedVector<UInt32>
    let positionOfNumber: SharedVector<UInt32>

    /// Rows from this length on are few; their vertices are sorted by comparison.
    private static let longRow = 255

    /// Nil where degrees are even, or the graph is so small that caches hold it anyway. O(vertices), one thread.
    init?(outgoing: SharedVector<UInt32>, incoming: SharedVector<UInt32>) {
        let count = outgoing.count
        guard count >= 1 << 14, DegreeOrder.isSkewed(outgoing, incoming) else { return nil }
        let (out, into) = (UnsafePointer(outgoing.base), UnsafePointer(incoming.base))
        let (numbers, positions) = (SharedVector<UInt32>(count: count), SharedVector<UInt32>(count: count))
        let (numberOf, positionOf) = (numbers.base, positions.base)

        // A counting sort by class and clamped length. Place 0 is what comes first.
        let lengths = DegreeOrder.longRow + 1
        var starts = [Int](repeating: 0, count: 17 * lengths + 1)
        starts.withUnsafeMutableBufferPointer { starts in
            for vertex in 0..<count { starts[DegreeOrder.place(out[vertex], into[vertex]) + 1] += 1 }
            for place in 1..<starts.count { starts[place] += starts[place - 1] }
            for vertex in 0..<count {
                let place = DegreeOrder.place(out[vertex], into[vertex])
                positionOf[starts[place]] = UInt32(truncatingIfNeeded: vertex)
                starts[place] += 1
            }
            // Each place's start is the next one's now: the first place of a class holds its long rows.
            for first in stride(from: 0, to: 17 * lengths, by: lengths) {
                let start = first == 0 ? 0 : starts[first - 1]
                var long = UnsafeMutableBufferPointer(start: positionOf + start, count: starts[first] - start)
                long.sort { left, right in
                    let (leftLength, rightLength) = (into[Int(left)], into[Int(right)])
                    return leftLength == rightLength ? left < right : leftLength > rightLength
                }
            }
        }
        for number in 0..<count { numberOf[Int(positionOf[number])] = UInt32(truncatingIfNeeded: number) }
        numberOfPosition = numbers
        positionOfNumber = positions
    }

    /// Whether few vertices have most of the edges.
    private static func isSkewed(_ outgoing: SharedVector<UInt32>, _ incoming: SharedVector<UInt32>) -> Bool {
        var highest = 0
        var total = 0
        for vertex in 0..<outgoing.count {
            let degree = Int(outgoing.base[vertex]) + Int(incoming.base[vertex])
            highest = max(highest, degree)
            total += degree
        }
        return highest > 16 * (total / outgoing.count + 1)
    }

    /// Where a vertex is counted: the class, 0 for the most edges and 16 for none, then the clamped length.
    @inline(__always)
    private static func place(_ out: UInt32, _ into: UInt32) -> Int {
        let readClass = out.leadingZeroBitCount / 2
        return readClass * (longRow + 1) + longRow - min(longRow, Int(into))
    }

    /// Values by number, from values by position.
    func permuted(_ values: SharedVector<UInt32>) -> SharedVector<UInt32> {
        let result = SharedVector<UInt32>(count: values.count)
        for number in 0..<values.count { result.base[number] = values.base[Int(positionOfNumber.base[number])] }
        return result
    }
}
