/// A hash table from keys to values: open addressing, linear probing, entries in place.
///
/// The caller brings the hash, computed a batch at a time. A key's **place** is its hash, scrambled once more; the
/// high bits of the place name the slot where a probe begins. So entries lie in the order of their places but for
/// neighbours, growing moves them from front to back, and what reads the table in order reads it sequentially
/// (`KeyTable+Order.swift`). Probes do not wrap around: behind the last home there is a tail, whose last slot is
/// always free.
///
/// What is read in the order of one table must not be inserted into another of the same order: its first keys would
/// all belong to the first slots, and probing would turn quadratic until the table is large. So each node scrambles by
/// a seed of its own.
///
/// Nothing is ever removed singly: operators that group fill a table and then empty it whole.
///
/// Cost: 8 bytes and one (key, value) a slot; at most half of the homes are occupied, five eighths of many. A fuller table is smaller, but
/// its probes go on to the next slot at random, and a mispredicted branch costs more than a miss of the first cache: at
/// 13/16 a keyed sum over 10⁵ keys took 21 ns a row, at a half 12.
public struct KeyTable<K: Key, Value>: ~Copyable {
    @usableFromInline
    struct Entry {
        /// 0 marks a free slot, whose key and value are not initialised.
        @usableFromInline var place: UInt64
        @usableFromInline var key: K
        @usableFromInline var value: Value

        @inlinable @inline(__always)
        init(place: UInt64, key: consuming K, value: consuming Value) {
            self.place = place
            self.key = key
            self.value = value
        }
    }

    @usableFromInline var entries: UnsafeMutablePointer<Entry>
    /// What scrambles hashes, odd; and what undoes it.
    @usableFromInline let multiplier: UInt64
    @usableFromInline let inverse: UInt64
    /// A place shifted right by this, and cut by the mask, is its home.
    @usableFromInline var shift: UInt64
    @usableFromInline var mask: Int
    /// High bits that all places have in common.
    @usableFromInline let skippedBits: UInt64
    /// Slots that are allocated, the tail among them. The last is always free, and ends every probe.
    @usableFromInline var slots: Int
    @usableFromInline var occupied: Int
    /// How many it may hold before it has to grow.
    @usableFromInline var limit: Int

    @inlinable static var leastHomes: Int { 128 }
    @inlinable static var leastTail: Int { 32 }

    /// A large table is bound by the memory that it takes: fewer bytes are worth a few probes more.
    @inlinable
    static func limit(homes: Int) -> Int { homes < 1 << 20 ? homes / 2 : homes / 8 * 5 }

    /// Makes an empty table.
    ///
    /// - Parameters:
    ///   - minimumCapacity: how many keys it has room for.
    ///   - seed: names the order; equal seeds give equal orders.
    ///   - skippedBits: high bits of the place that all keys have in common.
    @inlinable
    public init(minimumCapacity: Int = 64, seed: UInt64 = 0, skippedBits: Int = 0) {
        multiplier = StableHash.mix(seed &+ 0x9e37_79b9_7f4a_7c15) | 1
        // Newton's steps double the bits that are right; an odd number is its own inverse modulo 8.
        var inverse = multiplier
        for _ in 0..<5 { inverse &*= 2 &- multiplier &* inverse }
        self.inverse = inverse
        self.skippedBits = UInt64(skippedBits)
        var homes = KeyTable.leastHomes
        while KeyTable.limit(homes: homes) < minimumCapacity { homes *= 2 }
        slots = homes + KeyTable.leastTail
        entries = KeyTable.allocate(slots: slots)
        mask = homes - 1
        shift = UInt64(64 - homes.trailingZeroBitCount - skippedBits)
        occupied = 0
        limit = KeyTable.limit(homes: homes)
    }

    @inlinable
    deinit {
        destroyEntries()
        KeyTable.deallocate(entries, slots: slots)
    }

    /// How many keys the table holds.
    @inlinable
    public var count: Int { occupied }

    /// How many keys can be added before the table grows.
    @inlinable
    public var room: Int { limit &- occupied }

    /// Bytes of the table; what keys and values own elsewhere is not in it.
    @inlinable
    public var byteCount: Int { ZeroedMemory.size(for: slots * MemoryLayout<Entry>.stride) }

    /// Bytes of a table that is grown to twice this one's homes.
    @inlinable
    public var grownByteCount: Int {
        ZeroedMemory.size(for: (homes * 2 + KeyTable.leastTail) * MemoryLayout<Entry>.stride)
    }

    @inlinable var homes: Int { mask &+ 1 }

    @inlinable @inline(__always)
    func home(_ place: UInt64) -> UnsafeMutablePointer<Entry> {
        entries + (Int(truncatingIfNeeded: place &>> shift) & mask)
    }

    // MARK: Places

    /// Where a hash stands in the order of the table: a bijection but for zero. It spreads hashes that share their
    /// high bits, as all do that an exchange has sent to one worker.
    @inlinable @inline(__always)
    public func place(of hash: UInt64) -> UInt64 {
        let place = hash &* multiplier
        return place == 0 ? 1 : place
    }

    /// The hash of a key, from its place.
    @inlinable @inline(__always)
    func hash(ofPlace place: UInt64, _ key: UnsafeMutablePointer<K>) -> UInt64 {
        // Two hashes have place 1.
        place == 1 ? key.pointee.keyHash : place &* inverse
    }

    /// Brings the lines where a probe begins into the cache. Looking at a whole batch of places first lets their
    /// misses overlap; a probe that branches on what it finds does not.
    ///
    /// - Returns: what it saw, so that the compiler keeps the load.
    @inlinable @inline(__always)
    public func touch(_ place: UInt64) -> UInt64 {
        let entry = UnsafeRawPointer(home(place))
        let stride = MemoryLayout<Entry>.stride
        let first = entry.load(as: UInt64.self)
        // An entry that lies over the border of two lines.
        if stride & (stride &- 1) == 0, stride <= 64 { return first }
        return first ^ UInt64(entry.load(fromByteOffset: Swift.min(stride, 64) &- 1, as: UInt8.self))
    }

    // MARK: Finding and inserting

    /// The entry of a key, or the free one where it belongs.
    @inlinable @inline(__always)
    func entry(of key: borrowing K, place: UInt64) -> UnsafeMutablePointer<Entry> {
        entry(of: key, place: place, from: home(place))
    }

    /// - Parameter start: where the search goes on.
    @inlinable @inline(__always)
    func entry(
        of key: borrowing K, place: UInt64, from start: UnsafeMutablePointer<Entry>
    ) -> UnsafeMutablePointer<Entry> {
        var entry = start
        while true {
            let found = KeyTable.place(at: entry).pointee
            if found == 0 { return entry }
            if found == place, K.isSameKey(KeyTable.key(at: entry).pointee, copy key) { return entry }
            entry += 1
        }
    }

    /// The value of `key`, made by `initial` when the key is new. The pointer holds until the next
    /// insertion.
    ///
    /// - Parameter hash: the key's stable hash.
    @inlinable @inline(__always)
    public mutating func value(
        of key: K, hash: UInt64, orInsert initial: () throws -> Value
    ) rethrows -> UnsafeMutablePointer<Value> {
        let place = self.place(of: hash)
        let entry = entry(of: key, place: place)
        if KeyTable.place(at: entry).pointee != 0 { return KeyTable.value(at: entry) }
        return insert(key, try initial(), place: place, at: entry)
    }

    /// The same by a place, which a batch has computed before.
    @inlinable @inline(__always)
    public func find(_ key: K, place: UInt64) -> UnsafeMutablePointer<Value>? {
        let entry = entry(of: key, place: place)
        return KeyTable.place(at: entry).pointee == 0 ? nil : KeyTable.value(at: entry)
    }

    /// The slot where the search for a key comes to the first entry of its place, or to a free one.
    @inlinable @inline(__always)
    public func slot(ofPlace place: UInt64) -> Int {
        var entry = home(place)
        while true {
            let found = KeyTable.place(at: entry).pointee
            if found == 0 || found == place { return entry - entries }
            entry += 1
        }
    }

    /// Brings what the key in a slot owns elsewhere into the cache; of a free slot nothing.
    ///
    /// - Returns: what it saw, so that the compiler keeps the load.
    @inlinable @inline(__always)
    public func touchKey(inSlot slot: Int) -> UInt64 {
        let entry = entries + slot
        return KeyTable.place(at: entry).pointee == 0 ? 0 : K.touchStorage(of: KeyTable.key(at: entry).pointee)
    }

    /// The value of a key, searched from a slot that `slot(ofPlace:)` has named. Keys may have been inserted since.
    @inlinable @inline(__always)
    public func find(_ key: K, place: UInt64, from slot: Int) -> UnsafeMutablePointer<Value>? {
        let entry = entry(of: key, place: place, from: entries + slot)
        return KeyTable.place(at: entry).pointee == 0 ? nil : KeyTable.value(at: entry)
    }

    /// The value of `key`, if the table has it. The pointer holds until the next insertion.
    @inlinable @inline(__always)
    public func find(_ key: K, hash: UInt64) -> UnsafeMutablePointer<Value>? {
        find(key, place: self.place(of: hash))
    }

    /// Adds a key that the table does not have.
    @inlinable @inline(never)
    public mutating func insertNew(_ key: consuming K, _ value: consuming Value, place: UInt64) {
        _ = insert(key, value, place: place, at: home(place))
    }

    /// - Parameter entry: where the search for a free slot begins; mostly the free slot itself.
    @inlinable @inline(never)
    mutating func insert(
        _ key: consuming K, _ value: consuming Value, place: UInt64, at entry: UnsafeMutablePointer<Entry>
    ) -> UnsafeMutablePointer<Value> {
        var entry = entry
        if occupied >= limit {
            grow()
            entry = home(place)
        }
        while KeyTable.place(at: entry).pointee != 0 { entry += 1 }
        if entry == entries + (slots - 1) { entry = lengthenTail() }
        entry.initialize(to: Entry(place: place, key: key, value: value))
        occupied &+= 1
        return KeyTable.value(at: entry)
    }

    /// Doubles the number of homes.
    ///
    /// - Complexity: one pass over the old table and the new one, both from front to back.
    @inlinable @inline(never)
    public mutating func grow() {
        let (oldEntries, oldSlots) = (entries, slots)
        shift &-= 1
        mask = mask &* 2 &+ 1
        limit = KeyTable.limit(homes: homes)
        slots = homes + KeyTable.leastTail
        entries = KeyTable.allocate(slots: slots)
        for index in 0..<oldSlots {
            let place = KeyTable.place(at: oldEntries + index).pointee
            guard place != 0 else { continue }
            var entry = home(place)
            while KeyTable.place(at: entry).pointee != 0 { entry += 1 }
            if entry == entries + (slots - 1) { entry = lengthenTail() }
            entry.moveInitialize(from: oldEntries + index, count: 1)
        }
        KeyTable.deallocate(oldEntries, slots: oldSlots)
    }

    /// Makes the tail twice as long; only a run of many equal hashes needs that.
    ///
    /// - Returns: the entry that was the last.
    @inlinable @inline(never)
    mutating func lengthenTail() -> UnsafeMutablePointer<Entry> {
        let oldSlots = slots
        let tail = slots - homes
        let longer = KeyTable.allocate(slots: slots + tail)
        UnsafeMutableRawPointer(longer).copyMemory(from: entries, byteCount: slots * MemoryLayout<Entry>.stride)
        KeyTable.deallocate(entries, slots: slots)
        entries = longer
        slots += tail
        return entries + (oldSlots - 1)
    }

    // MARK: Emptying

    /// Empties the table and gives the memory of a grown one back.
    @inlinable
    public mutating func removeAll() {
        destroyEntries()
        KeyTable.deallocate(entries, slots: slots)
        slots = KeyTable.leastHomes + KeyTable.leastTail
        entries = KeyTable.allocate(slots: slots)
        mask = KeyTable.leastHomes - 1
        shift = 64 &- skippedBits &- UInt64(KeyTable.leastHomes.trailingZeroBitCount)
        occupied = 0
        limit = KeyTable.leastHomes / 2
    }

    /// Moves the key and the value of an occupied slot out and leaves the slot free.
    ///
    /// Only for a table that is being emptied: a free slot in the middle of a run hides those behind it.
    @inlinable @inline(__always)
    public mutating func take(slot: Int) -> (key: K, value: Value, hash: UInt64) {
        let entry = entries + slot
        let key = KeyTable.key(at: entry)
        let hash = self.hash(ofPlace: KeyTable.place(at: entry).pointee, key)
        KeyTable.place(at: entry).pointee = 0
        occupied &-= 1
        return (key.move(), KeyTable.value(at: entry).move(), hash)
    }

    /// How many slots there are, occupied or not.
    @inlinable
    public var slotCount: Int { slots }

    /// The key in an occupied slot.
    @inlinable
    public func key(inSlot slot: Int) -> K { KeyTable.key(at: entries + slot).pointee }

    /// The value in an occupied slot.
    @inlinable
    public func value(inSlot slot: Int) -> UnsafeMutablePointer<Value> { KeyTable.value(at: entries + slot) }

    /// The stable hash of the key in an occupied slot.
    @inlinable
    public func hash(inSlot slot: Int) -> UInt64 {
        hash(ofPlace: KeyTable.place(at: entries + slot).pointee, KeyTable.key(at: entries + slot))
    }

    @inlinable
    func destroyEntries() {
        guard occupied > 0, !_isPOD(Entry.self) else { return }
        for slot in 0..<slots where KeyTable.place(at: entries + slot).pointee != 0 {
            (entries + slot).deinitialize(count: 1)
        }
    }

    @inlinable
    static func allocate(slots: Int) -> UnsafeMutablePointer<Entry> {
        // Zero is no place, and the rest of a free slot is never read.
        ZeroedMemory.allocate(byteCount: slots * MemoryLayout<Entry>.stride).assumingMemoryBound(to: Entry.self)
    }

    @inlinable
    static func deallocate(_ entries: UnsafeMutablePointer<Entry>, slots: Int) {
        ZeroedMemory.deallocate(entries, byteCount: slots * MemoryLayout<Entry>.stride)
    }

    // A free slot's entry is not initialised but for its place, so parts are reached by address.

    @inlinable @inline(__always)
    static func place(at entry: UnsafeMutablePointer<Entry>) -> UnsafeMutablePointer<UInt64> {
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
