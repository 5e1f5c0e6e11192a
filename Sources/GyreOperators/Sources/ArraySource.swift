public import GyreColumns

/// Rows of an array, read where they lie: batches borrow them, and nothing is copied. Each instance reads one contiguous
/// share.
///
/// Rows come in the order of the array within an instance. Snapshot: the position.
public final class ArraySource: Operator {
    private let total: Int
    private let stride: Int
    private let rows: @Sendable (Range<Int>) -> Batch
    private var position = 0
    private var end = 0
    private var batchSize = 1

    @inlinable
    public convenience init<Element: Sendable>(_ rows: BorrowedArray<Element>) {
        self.init(count: rows.elements.count, stride: MemoryLayout<Element>.stride) { rows.batch($0) }
    }

    /// - Parameter rows: makes a batch of the rows with these numbers; never of none.
    public init(count total: Int, stride: Int, rows: @escaping @Sendable (Range<Int>) -> Batch) {
        self.total = total
        self.stride = stride
        self.rows = rows
    }

    public override func open(_ context: OperatorContext) {
        position = Share.start(of: context.instance, among: context.instances, total: total)
        end = Share.start(of: context.instance + 1, among: context.instances, total: total)
        batchSize = context.batchRows(of: stride)
    }

    public override func resume(into output: Output) throws -> Progress {
        let next = min(position + batchSize, end)
        guard next > position else { return .done }
        let batch = rows(position..<next)
        position = next
        try output.emit(batch)
        return position == end ? .done : .more
    }

    public override func snapshot(into writer: inout ByteWriter) {
        writer.write(Int64(position))
    }

    public override func restore(from reader: inout ByteReader) throws {
        position = Int(try reader.read(Int64.self))
    }
}

/// An array whose rows travel in batches without being copied; each batch keeps it.
public final class BorrowedArray<Element: Sendable>: Sendable {
    public let elements: ContiguousArray<Element>

    /// - Complexity: O(1) where arrays lie in one piece, as they all do unless Objective-C has made them.
    @inlinable
    public init(_ elements: [Element]) {
        self.elements = ContiguousArray(elements)
    }

    /// The rows with these numbers.
    ///
    /// - Precondition: there is one at least.
    @inlinable
    public func batch(_ range: Range<Int>) -> RowBatch<Element> {
        // The address is good for longer than the closure: the storage of a contiguous array neither moves nor changes
        // while somebody holds it and nobody writes to it, and a constant of this object, which the batch keeps, is
        // never written to.
        elements.withUnsafeBufferPointer { RowBatch(borrowing: UnsafeBufferPointer(rebasing: $0[range]), of: self) }
    }
}
