/// A batch of contiguous rows of one type.
public final class RowBatch<Element>: Batch, @unchecked Sendable {
    /// The rows; the first `count` are initialised.
    @inlinable
    public var rows: UnsafeMutablePointer<Element> { base.assumingMemoryBound(to: Element.self) }

    /// Makes an empty batch with room for `capacity` rows.
    @inlinable
    public init(capacity: Int) {
        let rows = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        super.init(
            capacity: capacity, base: UnsafeMutableRawPointer(rows), elementType: ObjectIdentifier(Element.self),
            isTrivial: _isPOD(Element.self))
    }

    /// Makes a batch that holds `elements`.
    @inlinable
    public convenience init(_ elements: some Collection<Element>) {
        self.init(capacity: Swift.max(1, elements.count))
        for element in elements {
            (rows + count).initialize(to: element)
            count += 1
        }
    }

    /// Makes a batch of rows that stay another's: nothing is copied.
    ///
    /// - Parameters:
    ///   - rows: initialised, and neither changed nor moved as long as `owner` lives. Nobody writes to them through
    ///     the batch.
    ///   - owner: kept for as long as the batch lives.
    @inlinable
    public init(borrowing rows: UnsafeBufferPointer<Element>, of owner: AnyObject) {
        guard let start = rows.baseAddress else { preconditionFailure("a batch of no rows is borrowed") }
        super.init(
            capacity: rows.count, base: UnsafeMutableRawPointer(mutating: start),
            elementType: ObjectIdentifier(Element.self), isTrivial: _isPOD(Element.self), owner: owner)
        count = rows.count
    }

    deinit {
        guard owner == nil else { return }
        rows.deinitialize(count: count)
        rows.deallocate()
    }

    public override func destroyRows() {
        rows.deinitialize(count: count)
    }

    public override var byteCount: Int { capacity * MemoryLayout<Element>.stride }

    /// The rows, for as long as the batch lives.
    @inlinable
    public var elements: UnsafeBufferPointer<Element> {
        UnsafeBufferPointer(start: rows, count: count)
    }

    /// Adds one row.
    ///
    /// - Precondition: `count < capacity`.
    @inlinable
    public func append(_ element: Element) {
        precondition(count < capacity, "a batch of \(capacity) rows is full")
        (rows + count).initialize(to: element)
        count += 1
    }
}
