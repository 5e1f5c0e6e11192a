public import GyreColumns

/// What keyed operators do with a batch, formed where the user's types are known.
public struct KeyedKernels<In, K: Key, Initial: Sendable, Value, Out>: Sendable {
    /// Folds the rows from `start` on into the table; stops where the table has no room for another chunk, and
    /// says where. Hashes are given where the rows came over an exchange by this key. The initial value is an
    /// argument, for a captured one would keep the user's closures from being inlined.
    public typealias Fold =
        @Sendable (
            _ rows: UnsafePointer<In>, _ start: Int, _ count: Int, _ hashes: UnsafePointer<UInt64>?, Initial,
            inout KeyTable<K, Value>, inout KeyedScratch<K>
        ) throws -> Int
    /// Moves the next entries of the table out, in its order, with their hashes; returns how many.
    public typealias Drain<Row> =
        @Sendable (
            inout KeyTable<K, Value>, inout KeyTableCursor, _ limit: Int, _ slots: UnsafeMutablePointer<Int>,
            _ out: UnsafeMutablePointer<Row>, _ hashes: UnsafeMutablePointer<UInt64>
        ) -> Int

    public let fold: Fold
    public let drain: Drain<Out>
    /// Doubles the table.
    public let grow: @Sendable (inout KeyTable<K, Value>) -> Void

    @inlinable @inline(__always)
    public init(fold: @escaping Fold, drain: @escaping Drain<Out>) {
        self.fold = fold
        self.drain = drain
        grow = { $0.grow() }
    }
}

/// Keys and places of a chunk of rows: computed for all of them before the first is looked up, so that the cache
/// misses of their probes overlap.
public struct KeyedScratch<K: Key>: ~Copyable {
    /// Rows that are looked up together: few enough for their lines to stay in the first cache.
    @inlinable public static var chunk: Int { 64 }

    public let keys: UnsafeMutablePointer<K>
    public let places: UnsafeMutablePointer<UInt64>
    /// Whether keys that the table does not have are left out of it.
    public var isFrozen = false
    /// The rows that were left out.
    public private(set) var rejected: UnsafeMutablePointer<Int32>
    public var rejectedCount = 0
    var rejectedCapacity = 0
    /// Keeps the compiler from dropping loads.
    @usableFromInline var seen: UInt64 = 0

    public init() {
        keys = .allocate(capacity: KeyedScratch.chunk)
        places = .allocate(capacity: KeyedScratch.chunk)
        rejected = .allocate(capacity: 1)
    }

    deinit {
        keys.deallocate()
        places.deallocate()
        rejected.deallocate()
    }

    /// Leaves keys out from now on; up to `rows` of them a batch.
    mutating func freeze(rows: Int) {
        isFrozen = true
        rejectedCount = 0
        guard rejectedCapacity < rows else { return }
        rejected.deallocate()
        rejected = .allocate(capacity: rows)
        rejectedCapacity = rows
    }

    /// Whether another chunk may be looked up.
    @inlinable @inline(__always)
    public func mayGoOn<Value>(_ table: borrowing KeyTable<K, Value>) -> Bool {
        isFrozen || table.room >= KeyedScratch.chunk
    }

    /// Computes keys and places of up to a chunk of rows.
    ///
    /// Only keys that own nothing elsewhere are kept: to compute another once more costs less than to count its
    /// references twice.
    ///
    /// - Returns: how many rows there are.
    @inlinable @inline(__always)
    public mutating func load<In, Value>(
        _ rows: UnsafePointer<In>, _ start: Int, _ count: Int, _ hashes: UnsafePointer<UInt64>?,
        _ table: borrowing KeyTable<K, Value>, _ key: (In) throws -> K
    ) throws -> Int {
        let length = min(KeyedScratch.chunk, count &- start)
        var seen = self.seen
        var index = 0
        do {
            if let hashes {
                while index < length {
                    let place = table.place(of: hashes[start &+ index])
                    seen ^= table.touch(place)
                    places[index] = place
                    if _isPOD(K.self) { (keys + index).initialize(to: try key(rows[start &+ index])) }
                    index &+= 1
                }
            } else {
                while index < length {
                    let rowKey = try key(rows[start &+ index])
                    let place = table.place(of: rowKey.keyHash)
                    seen ^= table.touch(place)
                    places[index] = place
                    if _isPOD(K.self) { (keys + index).initialize(to: rowKey) }
                    index &+= 1
                }
            }
        } catch {
            throw RecordError(rows[start &+ index], error)
        }
        self.seen = seen
        return length
    }

    /// The key of a row of the chunk, which `load` may have kept.
    @inlinable @inline(__always)
    public func key<In>(_ index: Int, of row: In, _ key: (In) throws -> K) rethrows -> K {
        _isPOD(K.self) ? keys[index] : try key(row)
    }

    /// Notes a row whose key is not in the frozen table.
    @inlinable @inline(__always)
    public mutating func reject(_ row: Int) {
        rejected[rejectedCount] = Int32(truncatingIfNeeded: row)
        rejectedCount &+= 1
    }
}
