public import GyreColumns

/// The rows of one key, read once and in order; given to the functions of `reduceGroup` and its relatives.
///
/// Rows are read as they are asked for, also from disk, so a group may be larger than the memory. It is good within the
/// call that it was given to; rows that were not read are skipped. If reading fails the rows end, and the job
/// fails as soon as the function returns.
public final class GroupRows<Element, K: Key>: Sequence, IteratorProtocol {
    /// Behind a pointer, so that reading a row checks no class's exclusive access.
    @usableFromInline
    struct State {
        @usableFromInline var rows: UnsafePointer<UnsafeRawPointer>?
        @usableFromInline var prefixes: UnsafePointer<UInt64>?
        @usableFromInline var position = 0
        @usableFromInline var count = 0
        /// The group that is being read.
        @usableFromInline var current: K?
        @usableFromInline var prefix: UInt64 = 0
        @usableFromInline var failure: (any Error)?

        @usableFromInline init() {}
    }

    @usableFromInline let state: UnsafeMutablePointer<State>
    @usableFromInline let key: @Sendable (Element) throws -> K
    @usableFromInline let sorter: RowSorter
    private let blockRows: Int

    /// - Parameters:
    ///   - sorter: finished; orders by the key first.
    ///   - blockRows: how many rows to fetch at a time.
    @usableFromInline
    init(_ sorter: RowSorter, blockRows: Int, key: @escaping @Sendable (Element) throws -> K) {
        self.sorter = sorter
        self.blockRows = blockRows
        self.key = key
        state = .allocate(capacity: 1)
        state.initialize(to: State())
    }

    deinit {
        state.deinitialize(count: 1)
        state.deallocate()
    }

    /// Goes on to the group of the next row.
    ///
    /// - Returns: its key; nil at the end.
    @inlinable
    public func beginGroup() throws -> K? {
        guard try nextGroup() != nil, let rows = state.pointee.rows else { return nil }
        let row = rows[state.pointee.position].assumingMemoryBound(to: Element.self)
        do {
            let key = try key(row.pointee)
            state.pointee.current = key
            state.pointee.prefix = key.orderPrefix
            return key
        } catch { throw RecordError(row.pointee, error) }
    }

    /// The prefix of the next row, whose group has not begun; nil at the end.
    @inlinable
    public func nextGroup() throws -> UInt64? {
        guard try state.pointee.position < state.pointee.count || fetch() else { return nil }
        return state.pointee.prefixes?[state.pointee.position]
    }

    /// The key of the next row, whose group has not begun; nil at the end.
    @inlinable
    public func nextKey() throws -> K? {
        guard try nextGroup() != nil, let rows = state.pointee.rows else { return nil }
        let row = rows[state.pointee.position].assumingMemoryBound(to: Element.self)
        do { return try key(row.pointee) } catch { throw RecordError(row.pointee, error) }
    }

    /// Skips what is left of the group.
    ///
    /// - Throws: what has ended the rows early.
    @inlinable
    public func endGroup() throws {
        while next() != nil {}
        state.pointee.current = nil
        if let failure = state.pointee.failure {
            state.pointee.failure = nil
            throw failure
        }
    }

    /// The next row of the group; nil at its end.
    @inlinable
    public func next() -> Element? {
        do {
            guard try state.pointee.position < state.pointee.count || fetch(), let rows = state.pointee.rows,
                let prefixes = state.pointee.prefixes
            else { return nil }
            let position = state.pointee.position
            let row = rows[position].assumingMemoryBound(to: Element.self)
            guard prefixes[position] == state.pointee.prefix, let current = state.pointee.current else { return nil }
            if !K.isOrderPrefixDecisive, !K.isSameKey(try key(row.pointee), current) { return nil }
            state.pointee.position = position &+ 1
            return row.pointee
        } catch {
            state.pointee.failure = error
            return nil
        }
    }

    /// Fetches more rows; those before are gone.
    @usableFromInline
    func fetch() throws -> Bool {
        guard state.pointee.failure == nil, let block = try sorter.nextBlock(blockRows) else { return false }
        state.pointee.rows = block.rows
        state.pointee.prefixes = block.prefixes
        state.pointee.count = block.count
        state.pointee.position = 0
        return true
    }
}
