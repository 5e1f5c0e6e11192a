import Gyre
import GyreOperators
import GyreTesting
import Testing

/// When combiners turn themselves off, and that nothing is lost by it.
struct CombinerTests {
    private func combined(_ keys: Int, _ rows: Int, hint: CombineHint) throws -> (rows: Int, total: Int) {
        let job = Job()
        _ = job.elements([0]).keyBy { Int(StableHash.mix(UInt64($0)) % UInt64(keys)) }.count(combine: hint)
        var settings = HarnessSettings()
        settings.batchSize = 1_000
        let harness = try OperatorHarness(Made.node("combine", of: job)(), settings)
        for start in stride(from: 0, to: rows, by: 1_000) { try harness.push(rows: Array(start..<(start + 1_000))) }
        try harness.end()
        let partials = harness.output.rows(of: KeyedValue<Int, Int>.self)
        return (partials.count, partials.reduce(0) { $0 + $1.value })
    }

    @Test
    func fewKeysAreCombined() throws {
        for hint in [CombineHint.automatic, .hash] {
            let (rows, total) = try combined(100, 50_000, hint: hint)
            #expect(rows == 100 && total == 50_000)
        }
    }

    @Test
    func manyKeysArePassedThrough() throws {
        let (rows, total) = try combined(10_000_000, 50_000, hint: .automatic)
        #expect(rows > 49_900 && total == 50_000)
    }

    /// A table that is full and has met its keys but once is emptied for good.
    @Test
    func aFullTableIsEmptied() throws {
        let (rows, total) = try combined(400_000, 700_000, hint: .automatic)
        // 262,144 homes of 24 bytes are within 12 MiB; half of them are used.
        #expect(rows > 500_000 && rows < 700_000 && total == 700_000)
        let (always, all) = try combined(400_000, 700_000, hint: .hash)
        #expect(always < rows && all == 700_000)
    }

    @Test
    func aCombinerUnderABudgetHoldsNoMore() throws {
        let job = Job()
        _ = job.elements([0]).keyBy { $0 % 500 }.count(combine: .hash)
        var settings = HarnessSettings()
        settings.memoryFloor = 8 << 10
        let harness = try OperatorHarness(Made.node("combine", of: job)(), settings)
        for start in stride(from: 0, to: 3_000, by: 100) { try harness.push(rows: Array(start..<(start + 100))) }
        try harness.end()
        let partials = harness.output.rows(of: KeyedValue<Int, Int>.self)
        #expect(partials.count > 500 && partials.reduce(0) { $0 + $1.value } == 3_000)
        #expect(settings.spill.spilledBytes == 0)
    }
}
