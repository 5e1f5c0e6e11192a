public import GyreColumns
public import GyreTime

/// Gives the rows of each key to a function when the round or the input is complete, in the order of keys.
///
/// Rows are sorted by key, and beyond that as the order says; what the memory does not hold waits on disk. Equal rows go
/// by sender, then by arrival, so the groups depend on what was sent only. Snapshot: all rows. In a loop it starts anew
/// with each round.
public final class GroupOperator<In, K: Key, Out>: Operator {
    /// Gives groups to the function until the emitter has a full batch, or all are done. Returns whether there are more.
    public typealias Kernel = @Sendable (GroupRows<In, K>, inout Emitter<Out>) throws -> Bool

    private let elements: ElementType
    private let order: RowOrder
    private let key: @Sendable (In) throws -> K
    private let kernel: Kernel
    private var sorter: RowSorter?
    private var groups: GroupRows<In, K>?
    private var emission = WaitingBatches<Out>()
    private var context: OperatorContext?

    /// - Parameter order: by the key first.
    public init(
        _ elements: ElementType, by order: RowOrder, key: @escaping @Sendable (In) throws -> K, kernel: @escaping Kernel
    ) {
        self.elements = elements
        self.order = order
        self.key = key
        self.kernel = kernel
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
        sorter = RowSorter(elements, by: order, in: context)
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        try sorter?.add(batch)
        return .done
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard let context, context.completes(frontier), let sorter else { return .done }
        try sorter.finish()
        groups = GroupRows(sorter, blockRows: context.batchSize, key: key)
        emission = WaitingBatches(batchSize: context.batchSize)
        return try resume(into: output)
    }

    public override func resume(into output: Output) throws -> Progress {
        guard let groups else { return .done }
        while try emission.emit(into: output) {
            guard emission.hasMore else {
                self.groups = nil
                sorter?.removeAll()
                return .done
            }
            try emission.fill { try kernel(groups, &$0) }
        }
        return .more
    }

    public override func snapshot(into writer: inout ByteWriter) throws { try sorter?.snapshot(into: &writer) }

    public override func restore(from reader: inout ByteReader) throws { try sorter?.restore(from: &reader) }
}
