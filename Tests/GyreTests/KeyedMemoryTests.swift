import Foundation
import Gyre
import GyreTesting
import Testing

/// Grouping under a budget of a tenth of the data: it spills, and gives the same rows in the same order.
struct KeyedMemoryTests {
    private static let rows = 640_000

    @Sendable
    private static func key(_ number: Int, _ seed: UInt64) -> Int {
        Int(truncatingIfNeeded: StableHash.mix(UInt64(number) &+ seed &* 1_000_003) % 500_000)
    }

    @Test(arguments: [1, 2, 3, 7], [UInt64(1), 2])
    func theSameRowsInTheSameOrder(parallelism: Int, seed: UInt64) throws {
        // 16 bytes a row: a million bytes is a tenth.
        let budget = 1_000_000
        func run(_ budget: Int?) throws -> ([KeyedValue<Int, Int>], JobResult) {
            let job = Job()
            let sums = job.generate(count: KeyedMemoryTests.rows) {
                KeyedValue(key: KeyedMemoryTests.key($0, seed), value: $0)
            }
            .keyBy(\.key).fold(0) { $0 += $1.value }.collect()
            let result = try job.run(JobConfiguration(parallelism: parallelism, memoryBudget: budget))
            return (sums.elements, result)
        }
        let (unlimited, all) = try run(nil)
        let (limited, spilled) = try run(budget)
        #expect(all.spilledBytes == 0 && all.choices.isEmpty)
        #expect(spilled.spilledBytes > 0 && spilled.choices.count == parallelism, "seed \(seed)")
        #expect(limited == unlimited, "seed \(seed)")
        var expected: [Int: Int] = [:]
        for number in 0..<KeyedMemoryTests.rows { expected[KeyedMemoryTests.key(number, seed), default: 0] += number }
        #expect(Dictionary(uniqueKeysWithValues: limited.map { ($0.key, $0.value) }) == expected, "seed \(seed)")
    }

    /// Strings as keys, values that are merged, most rows of one key.
    @Test(arguments: [1, 2, 3, 7])
    func namesWithOneThatMostRowsHave(parallelism: Int) throws {
        @Sendable func name(_ number: Int) -> String {
            number % 3 == 0 ? "the one that most rows have" : "the name of row \(number / 2)"
        }
        let job = Job()
        let counts = job.generate(count: 150_000) { $0 }.keyBy { name($0) }
            .aggregate(0, combine: .hash, update: { count, _ in count += 1 }, merge: { $0 += $1 }).collect()
        let budget = max(1_000_000, 4 * parallelism * 64 << 10)
        let result = try job.run(JobConfiguration(parallelism: parallelism, memoryBudget: budget))
        var expected: [String: Int] = [:]
        for number in 0..<150_000 { expected[name(number), default: 0] += 1 }
        #expect(Dictionary(uniqueKeysWithValues: counts.elements.map { ($0.key, $0.value) }) == expected)
        #expect(result.spilledBytes > 0)
    }

    /// What a process keeps resident while it groups 160 MB under 16 MB.
    @Test
    func theProcessStaysSmall() async {
        await #expect(processExitsWith: .success) {
            func kilobytes(_ name: String) throws -> Int {
                let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
                let line = status.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
                return Int(line.split(whereSeparator: { !$0.isNumber }).first ?? "") ?? 0
            }
            let before = try kilobytes("VmRSS")
            let job = Job()
            let rows = 5_000_000
            let total = job.generate(count: 2 * rows) { KeyedValue(key: $0 % rows, value: $0) }
                .keyBy(\.key).fold(0) { $0 += $1.value }
                .fold(0, update: { $0 += $1.value }, merge: { $0 += $1 }).collect()
            let result = try job.run(JobConfiguration(parallelism: 2, memoryBudget: 16 << 20))
            let grown = try kilobytes("VmHWM") - before
            guard result.spilledBytes > 100_000_000 else { fatalError("\(result.spilledBytes) bytes spilled") }
            guard total.elements == [rows * (2 * rows - 1)] else { fatalError("\(total.elements)") }
            // The budget, batches under way, and what the allocator keeps.
            guard grown < 40 << 10 else { fatalError("grown by \(grown) kB") }
        }
    }
}
