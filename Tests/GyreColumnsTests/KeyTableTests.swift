import GyreColumns
import GyreTesting
import Testing

/// The table against `Dictionary`.
struct KeyTableTests {
    @Test(arguments: UInt64(1)...20)
    func agreesWithDictionary(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var table = KeyTable<Int, Int>()
        var oracle: [Int: Int] = [:]
        let range = [10, 100, 5_000, 1_000_000][generator.below(4)]
        for step in 0..<(1 + generator.below(20_000)) {
            let key = generator.below(range) - range / 2
            // Few distinct hashes make long runs, which also wrap around the end.
            let hash = seed % 4 == 0 ? UInt64(bitPattern: Int64(key % 97 - 40)) : key.keyHash
            table.value(of: key, hash: hash) { 0 }.pointee += step
            oracle[key, default: 0] += step
        }
        #expect(table.count == oracle.count, "seed \(seed)")
        for slot in table.orderedSlots() {
            #expect(oracle[table.key(inSlot: slot)] == table.value(inSlot: slot).pointee, "seed \(seed)")
        }
        #expect(table.orderedSlots().count == oracle.count, "seed \(seed)")
        if seed % 4 != 0 {
            for key in oracle.keys { #expect(table.find(key, hash: key.keyHash)?.pointee == oracle[key]) }
            let absent = range
            #expect(table.find(absent, hash: absent.keyHash) == nil)
        }
        table.removeAll()
        #expect(table.count == 0 && table.orderedSlots().isEmpty)
    }

    @Test(arguments: UInt64(1)...20)
    func orderDependsOnTheKeysOnly(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let keys = (0..<(1 + generator.below(3_000))).map { _ in generator.below(100_000) }
        let collides = seed % 3 == 0
        func order(_ keys: [Int]) -> [Int] {
            var table = KeyTable<Int, String>()
            for key in keys {
                let hash = collides ? UInt64(truncatingIfNeeded: key % 31) &- 7 : key.keyHash
                _ = table.value(of: key, hash: hash) { "value of \(key), too long to be stored inline" }
            }
            return table.orderedSlots().map { table.key(inSlot: $0) }
        }
        #expect(order(keys) == order(keys.shuffled(using: &generator)), "seed \(seed)")
    }

    /// The search that goes on from a slot finds what the search from the beginning finds, also when keys have come in
    /// between.
    @Test(arguments: UInt64(1)...10)
    func searchesGoOnFromASlot(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var table = KeyTable<String, Int>(minimumCapacity: 3_000)
        let keys = (0..<1_000).map { _ in "a text of some length, \(generator.below(2_000))" }
        let hash: (String) -> UInt64 = { seed % 2 == 0 ? UInt64($0.utf8.count % 3) &- 1 : $0.keyHash }
        for half in [keys[..<500], keys[500...]] {
            let places = half.map { table.place(of: hash($0)) }
            let slots = places.map { table.slot(ofPlace: $0) }
            for slot in slots { _ = table.touchKey(inSlot: slot) }
            for ((key, place), slot) in zip(zip(half, places), slots) {
                if let value = table.find(key, place: place, from: slot) {
                    value.pointee += 1
                } else {
                    table.insertNew(String.detached(key), 1, place: place)
                }
            }
        }
        let oracle = Dictionary(grouping: keys, by: \.self).mapValues(\.count)
        #expect(table.count == oracle.count, "seed \(seed)")
        for (key, count) in oracle {
            #expect(table.find(key, hash: hash(key))?.pointee == count, "seed \(seed)")
        }
    }

    /// A detached key is the same key in memory of its own.
    @Test
    func detachedKeysShareNothing() {
        func address(_ text: String) -> UnsafeRawPointer? {
            text.utf8.withContiguousStorageIfAvailable { UnsafeRawPointer($0.baseAddress) } ?? nil
        }
        for text in [
            "", "short", "fifteen bytes..", "sixteen bytes...", "größer als fünfzehn Bytes", "\(Int.max) and more",
        ] {
            let copy = String.detached(text)
            #expect(String.isSameKey(copy, text) && copy.keyHash == text.keyHash)
            if text.utf8.count > 15 { #expect(address(copy) != address(text)) }
            let nested = Pair(Optional(text), 1)
            #expect(Pair.isSameKey(Pair.detached(nested), nested))
            _ = Pair.touchStorage(of: nested)
        }
        #expect(Int?.detached(nil) == nil)
    }

    @Test
    func aKeyWhoseHashIsZeroIsKept() {
        var table = KeyTable<Int, Int>()
        table.value(of: 1, hash: 0) { 5 }.pointee += 1
        table.value(of: 2, hash: 1) { 7 }.pointee += 1
        #expect(table.find(1, hash: 0)?.pointee == 6)
        #expect(table.find(2, hash: 1)?.pointee == 8)
        #expect(table.count == 2)
    }

    @Test
    func aThrowingInitialLeavesTheTableAlone() {
        struct Refused: Error {}
        var table = KeyTable<String, Int>()
        #expect(throws: Refused.self) {
            _ = try table.value(of: "a", hash: "a".keyHash) { throw Refused() }
        }
        #expect(table.count == 0)
        #expect(table.find("a", hash: "a".keyHash) == nil)
    }

    @Test
    func capacityIsHeldWithoutGrowing() {
        var table = KeyTable<Int, Int>(minimumCapacity: 1_000)
        let first = table.value(of: 0, hash: Int(0).keyHash) { 1 }
        for key in 1..<1_000 { _ = table.value(of: key, hash: key.keyHash) { key } }
        #expect(table.find(0, hash: Int(0).keyHash) == first)
    }

    /// The order is that of the places, whatever the size of the table; another seed gives another.
    @Test(arguments: UInt64(1)...10)
    func orderDoesNotDependOnTheSize(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let keys = Set((0..<(1 + generator.below(3_000))).map { _ in generator.below(100_000) })
        func order(capacity: Int, seed: UInt64) -> [Int] {
            var table = KeyTable<Int, Int>(minimumCapacity: capacity, seed: seed)
            for key in keys { table.insertNew(key, key, place: table.place(of: key.keyHash)) }
            let slots = table.orderedSlots()
            let places = slots.map { table.place(of: table.hash(inSlot: $0)) }
            #expect(places == places.sorted() && slots.count == keys.count)
            #expect(slots.allSatisfy { table.hash(inSlot: $0) == table.key(inSlot: $0).keyHash })
            return slots.map { table.key(inSlot: $0) }
        }
        let small = order(capacity: 1, seed: seed)
        #expect(small == order(capacity: 50_000, seed: seed), "seed \(seed)")
        if keys.count > 5 { #expect(small != order(capacity: 1, seed: seed + 1), "seed \(seed)") }
    }

    /// Entries that are moved out, a few at a time, come in order and leave the table empty.
    @Test(arguments: [1, 7, 64, 10_000])
    func drainsInOrder(limit: Int) {
        var table = KeyTable<Int, String>(seed: 3)
        for key in 0..<5_000 { _ = table.value(of: key, hash: key.keyHash) { "the value of key \(key)" } }
        let order = table.orderedSlots().map { table.key(inSlot: $0) }
        var cursor = KeyTableCursor()
        var slots = [Int](repeating: 0, count: limit)
        var drained: [Int] = []
        while true {
            let count = slots.withUnsafeMutableBufferPointer {
                table.nextSlots(&cursor, limit: limit, into: $0.baseAddress!)
            }
            if count == 0 { break }
            for slot in slots.prefix(count) {
                let (key, value, hash) = table.take(slot: slot)
                #expect(value == "the value of key \(key)" && hash == key.keyHash)
                drained.append(key)
            }
        }
        #expect(drained == order && table.count == 0)
    }

    /// Keys that share the high bits of their places are spread by the bits behind them.
    @Test
    func skippedBitsSpreadAPart() {
        var all = KeyTable<Int, Int>(seed: 9)
        var part = KeyTable<Int, Int>(seed: 9, skippedBits: 4)
        for key in 0..<100_000 {
            let place = all.place(of: key.keyHash)
            guard place >> 60 == 11 else { continue }
            all.insertNew(key, key, place: place)
            part.insertNew(key, key, place: place)
            #expect(part.find(key, hash: key.keyHash) != nil)
        }
        let order = all.orderedSlots().map { all.key(inSlot: $0) }
        #expect(order == part.orderedSlots().map { part.key(inSlot: $0) } && order.count > 5_000)
    }
}
