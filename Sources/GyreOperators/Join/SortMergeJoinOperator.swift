public import GyreColumns
public import GyreTime

/// A sort-merge join of two sides, port 0 the left one and port 1 the right one, of which equal keys come to one
/// instance.
///
/// Each side is sorted by the key, on disk as far as the grant does not hold both (`RowSorter`); when a round or the
/// input is complete, both are read side by side (`SortMergeCursor`). Ports may come in any order, and none is ever
/// refused. A key may have any number of rows on either side.
///
/// Order: by key; of one key as `SortMergeCursor` says, the rows of both sides in the order of senders, then of arrival. So
/// the order depends neither on the memory nor on timing.
///
/// In a loop it starts anew with each round, so both sides have to be there in each: a constant one is replayed by a
/// `ReplayOperator`, and sorted again. Snapshot: all rows of both.
public final class SortMergeJoinOperator: Operator {
    private let shape: JoinShape
    private let order: JoinOrder
    private var sorters: [RowSorter] = []
    /// While rows are emitted.
    private var cursor: SortMergeCursor?
    private var result: Batch
    private var context: OperatorContext?

    public init(_ shape: JoinShape, by order: JoinOrder) {
        self.shape = shape
        self.order = order
        result = shape.kernels.result.makeBatch(1)
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
        sorters = [
            RowSorter(shape.left.elements, by: order.left, in: context),
            RowSorter(shape.right.elements, by: order.right, in: context),
        ]
        sorters[0].sibling = sorters[1]
        sorters[1].sibling = sorters[0]
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        try sorters[port].add(batch)
        return .done
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard let context, context.completes(frontier) else { return .done }
        try RowSorter.finish(sorters)
        cursor = SortMergeCursor(
            sorters[0], sorters[1], kind: shape.kind, rows: (shape.left.elements, shape.right.elements), order: order,
            in: context)
        return try resume(into: output)
    }

    public override func resume(into output: Output) throws -> Progress {
        guard let cursor, let context else { return .done }
        let limit = max(1, context.batchSize)
        while true {
            Batch.reuse(&result, capacity: limit, of: shape.kernels.result)
            while result.count < limit, let block = try cursor.next(limit - result.count) { try make(block) }
            guard result.count > 0 else { break }
            try output.emit(result)
            if !output.hasRoom { return .more }
        }
        self.cursor = nil
        for sorter in sorters { sorter.removeAll() }
        return .done
    }

    /// Makes rows of a block, in its order: a call of a kernel for each stretch of pairs, or of rows of one side alone.
    private func make(_ block: PairBlock) throws {
        let kernels = shape.kernels
        var start = 0
        while start < block.count {
            let end = block.endOfStretch(from: start)
            let count = end - start
            let out = result.base + result.count * kernels.result.stride
            switch (block.lefts[start] != nil, block.rights[start] != nil) {
            case (true, true):
                try block.lefts.rows(from: start, count) { left in
                    try block.rights.rows(from: start, count) { try kernels.pairs?(left, $0, count, out) }
                }
            case (true, false): try block.lefts.rows(from: start, count) { try kernels.left?($0, count, out) }
            case (false, _): try block.rights.rows(from: start, count) { try kernels.right?($0, count, out) }
            }
            // At once, so that what has been made is destroyed if the next kernel throws.
            result.count += count
            start = end
        }
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        for sorter in sorters { try sorter.snapshot(into: &writer) }
    }

    public override func restore(from reader: inout ByteReader) throws {
        for sorter in sorters { try sorter.restore(from: &reader) }
    }
}

extension PairBlock {
    /// Where the entries end that have rows on the same sides as the one at `start`.
    fileprivate func endOfStretch(from start: Int) -> Int {
        let (hasLeft, hasRight) = (lefts[start] != nil, rights[start] != nil)
        var end = start + 1
        while end < count, (lefts[end] != nil) == hasLeft, (rights[end] != nil) == hasRight { end += 1 }
        return end
    }
}

extension UnsafePointer<UnsafeRawPointer?> {
    /// Some entries of which none is nil, as kernels take them: an optional pointer is laid out as the pointer.
    fileprivate func rows(from start: Int, _ count: Int, _ body: (JoinKernels.Rows) throws -> Void) rethrows {
        try (self + start).withMemoryRebound(to: UnsafeRawPointer.self, capacity: count, body)
    }
}
