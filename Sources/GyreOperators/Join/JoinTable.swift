public import GyreColumns

/// The build side of a hash join: rows by key, rows of equal keys in the order in which they came.
///
/// Cost: the batches as they came, 8 bytes a row for the chain, and a table entry a key.
public struct JoinTable<K: Key, Row>: ~Copyable {
    /// First and last row of a key's chain.
    @usableFromInline
    struct Chain {
        @usableFromInline var first: UnsafePointer<Row>
        @usableFromInline var firstNumber: UInt32
        @usableFromInline var lastNumber: UInt32

        @inlinable
        init(first: UnsafePointer<Row>, firstNumber: UInt32, lastNumber: UInt32) {
            self.first = first
            self.firstNumber = firstNumber
            self.lastNumber = lastNumber
        }
    }

    @usableFromInline var table = KeyTable<K, Chain>()
    /// Where each row is, by number.
    @usableFromInline var rows: [UnsafePointer<Row>] = []
    /// The next row of the same key, by number; the row's own number at the end of the chain.
    @usableFromInline var nextRow: [UInt32] = []
    /// The batches that own the rows.
    @usableFromInline var batches: [RowBatch<Row>] = []

    @inlinable
    public init() {}

    /// How many rows there are.
    @inlinable
    public var count: Int { rows.count }

    /// All rows, in the order of insertion.
    public var ownedBatches: [RowBatch<Row>] { batches }

    /// Adds a batch; `key` is called once a row.
    @inlinable @inline(__always)
    public mutating func insert(_ batch: RowBatch<Row>, key: (Row) throws -> K) rethrows {
        batches.append(batch)
        for index in 0..<batch.count {
            let row = UnsafePointer(batch.rows + index)
            let number = UInt32(truncatingIfNeeded: rows.count)
            let rowKey = try key(row.pointee)
            rows.append(row)
            nextRow.append(number)
            let chain = table.value(of: rowKey, hash: rowKey.keyHash) {
                Chain(first: row, firstNumber: number, lastNumber: number)
            }
            if chain.pointee.lastNumber != number {
                nextRow[Int(chain.pointee.lastNumber)] = number
                chain.pointee.lastNumber = number
            }
        }
    }

    /// The first row of a key, and its number.
    @inlinable @inline(__always)
    public func firstMatch(_ key: K, hash: UInt64) -> (row: UnsafePointer<Row>, number: UInt32)? {
        guard let chain = table.find(key, hash: hash) else { return nil }
        return (chain.pointee.first, chain.pointee.firstNumber)
    }

    /// The row of the same key behind the given one.
    @inlinable @inline(__always)
    public func match(after number: UInt32) -> (row: UnsafePointer<Row>, number: UInt32)? {
        let next = nextRow[Int(number)]
        return next == number ? nil : (rows[Int(next)], next)
    }
}
