public import GyreColumns
public import GyreTime

/// Gives the rows of each key on both sides to a function, in the order of keys; a side may have none.
///
/// Both sides are sorted by key, as in `GroupOperator`, and read side by side. Ports may come in any order. Snapshot: all
/// rows of both. In a loop it starts anew with each round, so both sides have to be there in each.
public final class CoGroupOperator<Left, Right, K: Key, Out>: Operator {
    /// Gives groups to the function until the emitter has a full batch, or all are done. Returns whether there are more.
    public typealias Kernel =
        @Sendable (GroupRows<Left, K>, GroupRows<Right, K>, inout Emitter<Out>) throws -> Bool

    private let rows: (left: ElementType, right: ElementType)
    private let orders: (left: RowOrder, right: RowOrder)
    private let keys: (left: @Sendable (Left) throws -> K, right: @Sendable (Right) throws -> K)
    private let kernel: Kernel
    private var sorters: [RowSorter] = []
    private var groups: (left: GroupRows<Left, K>, right: GroupRows<Right, K>)?
    private var emission = WaitingBatches<Out>()
    private var context: OperatorContext?

    /// - Parameter orders: by the key first.
    public init(
        rows: (left: ElementType, right: ElementType), by orders: (left: RowOrder, right: RowOrder),
        keys: (left: @Sendable (Left) throws -> K, right: @Sendable (Right) throws -> K), kernel: @escaping Kernel
    ) {
        self.rows = rows
        self.orders = orders
        self.keys = keys
        self.kernel = kernel
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
        sorters = [
            RowSorter(rows.left, by: orders.left, in: context), RowSorter(rows.right, by: orders.right, in: context),
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
        groups = (
            GroupRows(sorters[0], blockRows: context.batchSize, key: keys.left),
            GroupRows(sorters[1], blockRows: context.batchSize, key: keys.right)
        )
        emission = WaitingBatches(batchSize: context.batchSize)
        return try resume(into: output)
    }

    public override func resume(into output: Output) throws -> Progress {
        guard let groups else { return .done }
        while try emission.emit(into: output) {
            guard emission.hasMore else {
                self.groups = nil
                for sorter in sorters { sorter.removeAll() }
                return .done
            }
            try emission.fill { try kernel(groups.left, groups.right, &$0) }
        }
        return .more
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        for sorter in sorters { try sorter.snapshot(into: &writer) }
    }

    public override func restore(from reader: inout ByteReader) throws {
        for sorter in sorters { try sorter.restore(from: &reader) }
    }
}
