import Gyre
import GyreOperators
import GyreTesting
import Testing

/// Keyed operators under a grant that is too small for them, against the rules of `Operator`.
struct KeyedSpillTests {
    /// 500 keys of one or two rows, in no order.
    private let numbers = (0..<900).map { ($0 &* 7919) % 1_000 }

    private func check<Row: Hashable & Sendable>(
        _ expected: [Row], floors: [Int?], rounds: Int? = nil, _ make: @escaping () -> Operator
    ) throws {
        var checker = ConformanceChecker(inputs: [.rows(numbers)], expected: expected, rounds: rounds, make: make)
        checker.memoryFloors = floors
        checker.leastSpilledBytes = 1_000
        checker.batchSizes = [1, 7, 64, 1000]
        #expect(try checker.failures() == [])
    }

    @Test(arguments: [nil, 3])
    func foldOfNumbers(rounds: Int?) throws {
        let job = Job()
        _ = job.elements(numbers).keyBy { $0 % 500 }.fold(0) { $0 += $1 }
        let expected = (0..<500).map { key in
            KeyedValue(key: key, value: numbers.filter { $0 % 500 == key }.reduce(0, +))
        }
        try check(expected, floors: [nil, 8 << 10], rounds: rounds, Made.last(of: job))
    }

    @Test
    func reduceAndMerge() throws {
        let job = Job()
        _ = job.elements(numbers).keyBy { $0 % 500 }.reduce(max)
        let greatest = (0..<500).map { key in numbers.filter { $0 % 500 == key }.max() ?? 0 }
        try check(greatest, floors: [8 << 10], Made.last(of: job))
    }

    /// Keys and values own memory, and the values grow.
    @Test
    func listsByName() throws {
        let job = Job()
        _ = job.elements(numbers).keyBy { "the key of row \($0 % 90)" }.fold([String]()) { $0.append("row \($1)") }
        let expected = (0..<90).map { key in
            KeyedValue(
                key: "the key of row \(key)", value: numbers.filter { $0 % 90 == key }.map { "row \($0)" })
        }
        // The first floor refuses new keys, the second also those that are there.
        try check(expected, floors: [16 << 10, 6 << 10], Made.last(of: job))
    }

    /// The rows of a key are folded in the order of their arrival, and keys come out in one order, whatever the budget.
    @Test(arguments: UInt64(1)...10)
    func theSameBytesWhateverTheGrant(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let job = Job()
        _ = job.elements([0]).keyBy { $0 % 701 }.fold([Int]()) { $0.append($1) }
        let make = try Made.last(of: job)
        let rows = (0..<2_000).map { _ in generator.below(100_000) }
        func run(_ floor: Int?) throws -> ([KeyedValue<Int, [Int]>], Int) {
            var settings = HarnessSettings()
            settings.memoryFloor = floor
            let harness = try OperatorHarness(make(), settings)
            for start in stride(from: 0, to: rows.count, by: 100) {
                try harness.push(rows: Array(rows[start..<(start + 100)]))
            }
            try harness.end()
            return (harness.output.rows(), settings.spill.spilledBytes)
        }
        let (unlimited, none) = try run(nil)
        #expect(none == 0 && unlimited.count == Set(rows.map { $0 % 701 }).count, "seed \(seed)")
        for floor in [4 << 10, 20 << 10, 60 << 10] {
            let (limited, spilled) = try run(floor)
            #expect(limited == unlimited, "seed \(seed), floor \(floor)")
            #expect(spilled > 0, "seed \(seed), floor \(floor)")
        }
    }

    /// One value that takes more than is granted cannot be cut.
    @Test
    func oneHugeValueIsRefused() throws {
        let job = Job()
        _ = job.elements([""]).keyBy { _ in 1 }.fold([String]()) { $0.append($1) }
        var settings = HarnessSettings()
        settings.memoryFloor = 64 << 10
        let harness = try OperatorHarness(Made.last(of: job)(), settings)
        let rows = (0..<100).map { "a row of some length, number \($0)" }
        #expect(throws: MemoryError.self) {
            for _ in 0..<100 { try harness.push(rows: rows) }
            try harness.end()
        }
    }

    /// A key with more rows than memory holds stays one entry.
    @Test
    func oneHugeGroupIsNoBurden() throws {
        let job = Job()
        _ = job.elements([0]).keyBy { $0 % 10 == 0 ? $0 : 0 }.fold(0) { sum, _ in sum += 1 }
        var settings = HarnessSettings()
        settings.memoryFloor = 8 << 10
        let harness = try OperatorHarness(Made.last(of: job)(), settings)
        for round in 0..<100 { try harness.push(rows: (0..<100).map { round * 100 + $0 }) }
        try harness.end()
        let rows = harness.output.rows(of: KeyedValue<Int, Int>.self)
        #expect(rows.count == 1_000 && rows.first { $0.key == 0 }?.value == 9_001)
        // The rows of key 0 alone have 72,000 bytes; none of them has reached the disk.
        #expect(settings.spill.spilledBytes > 0 && settings.spill.spilledBytes < 60_000)
    }

    @Test
    func aFullSpillAreaSaysSo() throws {
        let job = Job()
        _ = job.elements([0]).keyBy { $0 }.fold(0) { $0 += $1 }
        var settings = HarnessSettings()
        settings.memoryFloor = 8 << 10
        settings.spill.capacity = 10_000
        let harness = try OperatorHarness(Made.last(of: job)(), settings)
        #expect(throws: SpillError.self) { try harness.push(rows: Array(0..<10_000)) }
    }
}
