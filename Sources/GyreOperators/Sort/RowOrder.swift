public import GyreColumns

/// Which way a sort goes.
public enum SortDirection: String, Sendable {
    /// The least key first.
    case ascending
    /// The greatest key first. Rows of equal keys keep the order in which they came here, too.
    case descending
}

/// An order of rows, erased: a prefix of 64 bits a row, and a comparison for rows whose prefixes are equal.
///
/// Made where the row's and the key's types are known. Sorting, merging and finding ranges and groups are built on it
/// and know neither type. Keys are computed from rows whenever they are needed, never kept.
public struct RowOrder: Sendable {
    /// Writes the prefixes of all rows of a batch. A row whose prefix is smaller comes first.
    public let fillPrefixes: @Sendable (Batch, UnsafeMutablePointer<UInt64>) throws -> Void
    /// Compares two rows: negative if the first comes before the second, 0 if they are equal in this order.
    public let compare: @Sendable (UnsafeRawPointer, UnsafeRawPointer) throws -> Int
    /// Whether rows with equal prefixes are equal in this order, so that `compare` is not needed.
    public let isDecisive: Bool

    @inlinable
    public init(
        isDecisive: Bool, fillPrefixes: @escaping @Sendable (Batch, UnsafeMutablePointer<UInt64>) throws -> Void,
        compare: @escaping @Sendable (UnsafeRawPointer, UnsafeRawPointer) throws -> Int
    ) {
        self.isDecisive = isDecisive
        self.fillPrefixes = fillPrefixes
        self.compare = compare
    }

    /// This order, and another one for the rows that are equal in it.
    public func then(_ next: RowOrder) -> RowOrder {
        let compare = compare
        let nextCompare = next.compare
        return RowOrder(
            isDecisive: false, fillPrefixes: fillPrefixes,
            compare: { left, right in
                let first = try compare(left, right)
                return first != 0 ? first : try nextCompare(left, right)
            })
    }
}

extension RowOrder {
    /// The order of a key of rows.
    ///
    /// What the key throws is reported with its row.
    @inlinable @inline(__always)
    public init<Row, K: Key>(
        of type: Row.Type, by key: @escaping @Sendable (Row) throws -> K, _ direction: SortDirection = .ascending
    ) {
        // A closure a direction, so that neither asks in its loop.
        switch direction {
        case .ascending:
            self.init(
                isDecisive: K.isOrderPrefixDecisive,
                fillPrefixes: { batch, prefixes in
                    let rows = batch.base.assumingMemoryBound(to: Row.self)
                    for index in 0..<batch.count {
                        do { prefixes[index] = try key(rows[index]).orderPrefix } catch {
                            throw RecordError(rows[index], error)
                        }
                    }
                },
                compare: { left, right in
                    let (left, right) = (
                        left.assumingMemoryBound(to: Row.self), right.assumingMemoryBound(to: Row.self)
                    )
                    do {
                        let (one, other) = (try key(left.pointee), try key(right.pointee))
                        return K.isOrderedBefore(one, other) ? -1 : (K.isSameKey(one, other) ? 0 : 1)
                    } catch { throw RecordError(left.pointee, error) }
                })
        case .descending:
            self.init(
                isDecisive: K.isOrderPrefixDecisive,
                fillPrefixes: { batch, prefixes in
                    let rows = batch.base.assumingMemoryBound(to: Row.self)
                    for index in 0..<batch.count {
                        do { prefixes[index] = ~(try key(rows[index]).orderPrefix) } catch {
                            throw RecordError(rows[index], error)
                        }
                    }
                },
                compare: { left, right in
                    let (left, right) = (
                        left.assumingMemoryBound(to: Row.self), right.assumingMemoryBound(to: Row.self)
                    )
                    do {
                        let (one, other) = (try key(left.pointee), try key(right.pointee))
                        return K.isOrderedBefore(one, other) ? 1 : (K.isSameKey(one, other) ? 0 : -1)
                    } catch { throw RecordError(left.pointee, error) }
                })
        }
    }
}
