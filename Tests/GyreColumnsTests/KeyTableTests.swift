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
}
