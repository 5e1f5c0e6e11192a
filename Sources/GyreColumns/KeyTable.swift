/// A hash table from keys to values: open addressing, linear probing, entries in place.
///
/// The caller brings the hash, computed a batch at a time, so that a probe is one load for most
/// keys. Nothing is ever removed singly: operators that group fill a table and then empty it whole.
///
/// Order: which slots are occupied does not depend on the order of insertion (a property of linear
/// probing), and `orderedSlots` sorts within each run of occupied slots, so that the order of
/// emission is a function of the set of keys alone.
///
/// Cost: 8 bytes and one (key, value) a slot; at most half of the slots are occupied. A fuller table is smaller, but
/// its probes go on to the next slot at random, and a mispredicted branch costs more than a miss of the first cache: at
/// 13/16 a keyed sum over 10⁵ keys took 21 ns a row, at a half 12.
public struct KeyTable<K: Key, Value>: ~Copyable {
    @usableFromInline
    struct Entry {
        /// 0 marks a free slot, whose key and value are not initialised.
        @usableFromInline var hash: UInt64
        @usableFromInline var key: K
        @usableFromInline var value: Value
    }

    @usableFromInline var entries: UnsafeMutablePointer<Entry>
    @usableFromInline var mask: Int
    /// How many keys the table holds.
    public private(set) var count: Int
    @usableFromInline var limit: Int

    /// Makes an empty table with room for `minimumCapacity` keys.
    public init(minimumCapacity: Int = 64) {
        var slots = 64
        while slots / 2 < minimumCapacity { slots *= 2 }
        entries = KeyTable.allocate(slots: slots)
        mask = slots - 1
        count = 0
        limit = slots / 2
    }

    deinit {
        destroyEntries()
        entries.deallocate()
    }

    /// The value of `key`, made by `initial` when the key is new. The pointer holds until the next
    /// insertion.
    ///
    /// - Parameter hash: the key's stable hash.
    @inlinable @inline(__always)
    public mutating func value(
        of key: K, hash: UInt64, orInsert initial: () throws -> Value
    ) rethrows -> UnsafeMutablePointer<Value> {
        let stored = hash == 0 ? 1 : hash
        var slot = Int(truncatingIfNeeded: stored) & mask
        while true {
            let entry = entries + slot
            let found = KeyTable.hash(at: entry).pointee
            if found == stored, K.isSameKey(KeyTable.key(at: entry).pointee, key) {
                return KeyTable.value(at: entry)
            }
            if found == 0 { break }
            slot = (slot &+ 1) & mask
        }
        let value = try initial()
        return insert(key, value, hash: stored, freeSlot: slot)
    }

    /// The value of `key`, if the table has it. The pointer holds until the next insertion.
    @inlinable @inline(__always)
    public func find(_ key: K, hash: UInt64) -> UnsafeMutablePointer<Value>? {
        let stored = hash == 0 ? 1 : hash
        var slot = Int(truncatingIfNeeded: stored) & mask
        while true {
            let entry = entries + slot
            let found = KeyTable.hash(at: entry).pointee
            if found == 0 { return nil }
            if found == stored, K.isSameKey(KeyTable.key(at: entry).pointee, key) {
                return KeyTable.value(at: entry)
            }
            slot = (slot &+ 1) & mask
        }
    }

    /// The slots that hold keys, in an order that depends on the set of keys only.
    public func orderedSlots() -> [Int] {
        var slots: [Int] = []
        slots.reserveCapacity(count)
        guard count > 0 else { return slots }
        // A run may wrap around the end, so the walk starts behind a free slot.
        var start = 0
        while KeyTable.hash(at: entries + start).pointee != 0 { start += 1 }
        var runStart = 0
        let entries = entries
        for step in 1...(mask + 1) {
            let slot = (start + step) & mask
            if KeyTable.hash(at: entries + slot).pointee != 0 {
                slots.append(slot)
            } else {
                if slots.count - runStart > 1 {
                    slots[runStart...].sort { KeyTable.precedes(entries + $0, entries + $1) }
                }
                runStart = slots.count
            }
        }
        return slots
    }

    /// The key in an occupied slot.
    @inlinable
    public func key(inSlot slot: Int) -> K { KeyTable.key(at: entries + slot).pointee }

    /// The value in an occupied slot.
    @inlinable
    public func value(inSlot slot: Int) -> UnsafeMutablePointer<Value> { KeyTable.value(at: entries + slot) }

    /// The hash in an occupied slot.
    @inlinable
    public func hash(inSlot slot: Int) -> UInt64 { KeyTable.hash(at: entries + slot).pointee }

    /// Empties the table and gives the memory of a grown one back.
    public mutating func removeAll() {
        destroyEntries()
        entries.deallocate()
        entries = KeyTable.allocate(slots: 64)
        mask = 63
        count = 0
        limit = 32
    }

    @usableFromInline @inline(never)
    mutating func insert(_ key: K, _ value: Value, hash: UInt64, freeSlot: Int) -> UnsafeMutablePointer<Value> {
        var slot = freeSlot
        if count >= limit {
            grow()
            slot = Int(truncatingIfNeeded: hash) & mask
            while KeyTable.hash(at: entries + slot).pointee != 0 { slot = (slot &+ 1) & mask }
        }
        let entry = entries + slot
        entry.initialize(to: Entry(hash: hash, key: key, value: value))
        count += 1
        return KeyTable.value(at: entry)
    }

    private mutating func grow() {
        let oldEntries = entries
        let oldSlots = mask + 1
        entries = KeyTable.allocate(slots: oldSlots * 2)
        mask = oldSlots * 2 - 1
        limit = oldSlots
        for index in 0..<oldSlots {
            let hash = KeyTable.hash(at: oldEntries + index).pointee
            guard hash != 0 else { continue }
            var slot = Int(truncatingIfNeeded: hash) & mask
            while KeyTable.hash(at: entries + slot).pointee != 0 { slot = (slot &+ 1) & mask }
            (entries + slot).moveInitialize(from: oldEntries + index, count: 1)
        }
        oldEntries.deallocate()
    }

    private static func precedes(_ left: UnsafeMutablePointer<Entry>, _ right: UnsafeMutablePointer<Entry>) -> Bool {
        let (leftHash, rightHash) = (hash(at: left).pointee, hash(at: right).pointee)
        return leftHash == rightHash
            ? K.isOrderedBefore(key(at: left).pointee, key(at: right).pointee) : leftHash < rightHash
    }

    private func destroyEntries() {
        guard count > 0 else { return }
        for slot in 0...mask where KeyTable.hash(at: entries + slot).pointee != 0 {
            (entries + slot).deinitialize(count: 1)
        }
    }

    private static func allocate(slots: Int) -> UnsafeMutablePointer<Entry> {
        let entries = UnsafeMutablePointer<Entry>.allocate(capacity: slots)
        for slot in 0..<slots { hash(at: entries + slot).initialize(to: 0) }
        return entries
    }

    // A free slot's entry is not initialised but for its hash, so parts are reached by address.

    @inlinable @inline(__always)
    static func hash(at entry: UnsafeMutablePointer<Entry>) -> UnsafeMutablePointer<UInt64> {
        UnsafeMutableRawPointer(entry).assumingMemoryBound(to: UInt64.self)
    }

    @inlinable @inline(__always)
    static func key(at entry: UnsafeMutablePointer<Entry>) -> UnsafeMutablePointer<K> {
        unsafe entry.pointer(to: \.key).unsafelyUnwrapped
    }

    @inlinable @inline(__always)
    static func value(at entry: UnsafeMutablePointer<Entry>) -> UnsafeMutablePointer<Value> {
        unsafe entry.pointer(to: \.value).unsafelyUnwrapped
    }
}
