public import GyreColumns

/// Keys and places of a chunk of rows: computed for all of them before the first is looked up, so that the cache
/// misses of their probes overlap.
public struct KeyedScratch<K: Key>: ~Copyable {
    /// Rows that are looked up together: few enough for their lines to stay in the first cache.
    @inlinable public static var chunk: Int { 64 }

    public let keys: UnsafeMutablePointer<K>
    public let places: UnsafeMutablePointer<UInt64>
    /// Where the search for a key goes on, of keys that own memory elsewhere (`touch`).
    @usableFromInline let slots: UnsafeMutablePointer<Int>
    /// Whether keys that the table does not have are left out of it.
    public var isFrozen = false
    /// The rows that were left out, and their places.
    @usableFromInline var rejected: UnsafeMutablePointer<Int32>
    @usableFromInline var rejectedPlaces: UnsafeMutablePointer<UInt64>
    @usableFromInline var rejectedCount = 0
    private var rejectedCapacity = 1
    /// Keeps the compiler from dropping loads.
    public var seen: UInt64 = 0

    public init() {
        keys = .allocate(capacity: KeyedScratch.chunk)
        places = .allocate(capacity: KeyedScratch.chunk)
        slots = .allocate(capacity: KeyedScratch.chunk)
        rejected = .allocate(capacity: 1)
        rejectedPlaces = .allocate(capacity: 1)
    }

    deinit {
        keys.deallocate()
        places.deallocate()
        slots.deallocate()
        rejected.deallocate()
        rejectedPlaces.deallocate()
    }

    /// Whether another chunk may be looked up.
    @inlinable @inline(__always)
    public func mayGoOn<Value>(_ table: borrowing KeyTable<K, Value>) -> Bool {
        isFrozen || table.room >= KeyedScratch.chunk
    }

    /// Notes the place of a row of the chunk and touches its slot; of a key that owns memory elsewhere, `touch` does
    /// that later.
    ///
    /// - Returns: what it saw there; to be kept in `seen`, so that the compiler does not drop the load.
    @inlinable @inline(__always)
    public func note<Value>(_ index: Int, hash: UInt64, _ table: borrowing KeyTable<K, Value>) -> UInt64 {
        let place = table.place(of: hash)
        places[index] = place
        return _isPOD(K.self) ? table.touch(place) : 0
    }

    /// Brings the slots of the chunk into the cache, and what the keys in them own elsewhere.
    ///
    /// In loops of their own: each counting of a reference waits for all loads before it, so no two misses overlap in
    /// a loop that has keys of such a type in its hands.
    ///
    /// - Returns: as `note`.
    @inlinable @inline(__always)
    public func touch<Value>(_ count: Int, _ table: borrowing KeyTable<K, Value>) -> UInt64 {
        if _isPOD(K.self) { return 0 }
        var seen: UInt64 = 0
        for index in 0..<count { seen ^= table.touch(places[index]) }
        for index in 0..<count { slots[index] = table.slot(ofPlace: places[index]) }
        for index in 0..<count { seen ^= table.touchKey(inSlot: slots[index]) }
        return seen
    }

    /// The value of the key of a row of the chunk, if the table has it.
    @inlinable @inline(__always)
    public func find<Value>(
        _ index: Int, _ key: K, _ table: borrowing KeyTable<K, Value>
    ) -> UnsafeMutablePointer<Value>? {
        _isPOD(K.self)
            ? table.find(key, place: places[index]) : table.find(key, place: places[index], from: slots[index])
    }

    /// Keeps the key of a row of the chunk, if it owns nothing elsewhere: to compute another once more costs less
    /// than to count its references twice.
    @inlinable @inline(__always)
    public func keep(_ index: Int, _ key: K) {
        if _isPOD(K.self) { (keys + index).initialize(to: key) }
    }

    // MARK: Rows that the frozen table has no place for

    /// Makes room for as many rows as a batch has.
    mutating func makeRoom(forRejected rows: Int) {
        guard rejectedCapacity < rows else { return }
        rejected.deallocate()
        rejectedPlaces.deallocate()
        rejected = .allocate(capacity: rows)
        rejectedPlaces = .allocate(capacity: rows)
        rejectedCapacity = rows
    }

    /// Notes a row whose key is not in the frozen table.
    @inlinable @inline(__always)
    public mutating func reject(_ row: Int, place: UInt64) {
        rejected[rejectedCount] = Int32(truncatingIfNeeded: row)
        rejectedPlaces[rejectedCount] = place
        rejectedCount &+= 1
    }
}
