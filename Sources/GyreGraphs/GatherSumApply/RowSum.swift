/// The inner loop of gather-sum-apply: sums what a row gathers.
///
/// Four partial sums take the row's edges in turn, so that the additions do not wait for each other; they are
/// then added as (0 + 1) + (2 + 3). This order is part of the result, and the message form keeps it.
@usableFromInline
enum RowSum {
    /// Over the messages of a row's neighbours.
    @inlinable @inline(__always)
    static func gather<Program: GatherSumApply>(
        _ program: Program, _ messages: UnsafePointer<Program.Message>, _ neighbors: UnsafePointer<UInt32>,
        _ values: UnsafePointer<Program.Edge>, from start: Int, to end: Int
    ) -> Program.Sum {
        fold(program, count: end &- start) { index in
            let edge = start &+ index
            let value = Program.Edge.isWeighted ? values[edge] : Program.Edge(weight: 1)
            return program.gather(messages[Int(truncatingIfNeeded: neighbors[edge])], over: value)
        }
    }

    /// Over what has been gathered already.
    @inlinable @inline(__always)
    static func gathered<Program: GatherSumApply>(
        _ program: Program, _ inbox: UnsafePointer<Program.Sum>, from start: Int, to end: Int
    ) -> Program.Sum {
        fold(program, count: end &- start) { inbox[start &+ $0] }
    }

    @inlinable @inline(__always)
    static func fold<Program: GatherSumApply>(
        _ program: Program, count: Int, _ element: (Int) -> Program.Sum
    ) -> Program.Sum {
        var (first, second, third, fourth) = (program.zero, program.zero, program.zero, program.zero)
        var index = 0
        while index &+ 4 <= count {
            first = program.sum(first, element(index))
            second = program.sum(second, element(index &+ 1))
            third = program.sum(third, element(index &+ 2))
            fourth = program.sum(fourth, element(index &+ 3))
            index &+= 4
        }
        if index < count { first = program.sum(first, element(index)) }
        if index &+ 1 < count { second = program.sum(second, element(index &+ 1)) }
        if index &+ 2 < count { third = program.sum(third, element(index &+ 2)) }
        return program.sum(program.sum(first, second), program.sum(third, fourth))
    }
}
