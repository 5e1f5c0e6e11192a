import Foundation
import Gyre
import GyreTesting
import Testing

/// Whole jobs that sort, against Swift's own sort.
struct SortTests {
    struct Order: Sendable, Codable, Hashable {
        var number: Int
        var key: Int64
        var price: Double
        var city: String
        var note: String?

        static func random(_ count: Int, seed: UInt64) -> [Order] {
            var generator = SeededGenerator(seed: seed)
            let prices = [0.0, -0.0, .nan, .infinity, -.infinity, 1.5, -1.5, .leastNonzeroMagnitude]
            let keys = [Int64.min, .max, 0, -1, 1]
            return (0..<count).map { number in
                Order(
                    number: number,
                    key: generator.below(4) == 0 ? keys[generator.below(5)] : Int64(generator.below(200)) - 100,
                    price: generator.below(3) == 0 ? prices[generator.below(8)] : Double(generator.below(50)) - 25,
                    city: "the city of \(["", "A", "Aa", "B", "Z\0"][generator.below(5)])",
                    note: generator.below(3) == 0 ? nil : "note \(generator.below(5))")
            }
        }
    }

    private func stably(_ rows: [Order], _ isBefore: (Order, Order) -> Bool) -> [Int] {
        rows.sorted {
            isBefore($0, $1) || (!isBefore($1, $0) && $0.number < $1.number)
        }.map(\.number)
    }

    private func price(_ left: Double, _ right: Double) -> Bool {
        left.isNaN ? false : (right.isNaN ? true : left < right)
    }

    private func note(_ left: String?, _ right: String?) -> Bool {
        guard let right else { return false }
        return left.map { $0 < right } ?? true
    }

    /// Sorted over all workers: the rows of the workers, one behind the other, are what one sort of all would give.
    @Test(arguments: RunMode.all)
    func sortedIsAStableSortOfAll(mode: RunMode) throws {
        let rows = Order.random(700, seed: 17)
        let job = Job()
        let source = job.elements(rows)
        let byKey = source.sorted(by: { $0.key }).map { $0.number }.collect()
        let byPrice = source.sorted(by: { $0.price }, order: .descending).map { $0.number }.collect()
        let byCity = source.sorted(by: .ascending { $0.city }.then(.descending { $0.note }).then(.ascending { $0.key }))
            .map { $0.number }.collect()
        let byPair = source.sorted(by: { Pair($0.city, $0.key) }).map { $0.number }.collect()
        try job.run(mode)
        #expect(byKey.elements == stably(rows) { $0.key < $1.key })
        #expect(byPrice.elements == stably(rows) { price($1.price, $0.price) })
        #expect(
            byCity.elements
                == stably(rows) { left, right in
                    if left.city != right.city { return left.city < right.city }
                    if left.note != right.note { return note(right.note, left.note) }
                    return left.key < right.key
                })
        #expect(byPair.elements == stably(rows) { $0.city == $1.city ? $0.key < $1.key : $0.city < $1.city })
    }

    /// The same bytes with memory for a tenth of the rows.
    @Test(arguments: [1, 2, 3, 7], [UInt64(1), 2])
    func theBudgetChangesNothing(parallelism: Int, seed: UInt64) throws {
        let rows = Order.random(40_000, seed: seed)
        func sorted(_ budget: Int?) throws -> (rows: [Order], spilled: Int) {
            let job = Job()
            let sorted = job.elements(rows).sorted(by: .ascending { $0.city }.then(.descending { $0.price })).collect()
            let result = try job.run(JobConfiguration(parallelism: parallelism, memoryBudget: budget))
            return (sorted.elements, result.spilledBytes)
        }
        let unlimited = try sorted(nil)
        // 96 bytes a row, about, and two hungry operators a worker whose floors are 64 KiB at least.
        let limited = try sorted(max(400_000, 4 * parallelism * (64 << 10)))
        #expect(unlimited.spilled == 0 && limited.spilled > rows.count * 50)
        #expect(unlimited.rows.map(\.number) == limited.rows.map(\.number))
        #expect(
            unlimited.rows.map(\.number)
                == stably(rows) { $0.city == $1.city ? price($1.price, $0.price) : $0.city < $1.city })
    }

    @Test(arguments: [1, 2, 3, 7])
    func aHeavyKeySpansWorkers(parallelism: Int) throws {
        let job = Job()
        let rows = job.elements(Array(0..<20_000)).sorted(by: { $0 < 1000 ? $0 : 1000 })
        let all = rows.collect()
        let shares = rows.mapPartition { _ in Share() }.collect()
        try job.run(JobConfiguration(parallelism: parallelism))
        #expect(all.elements == Array(0..<20_000))
        #expect(shares.elements.count == parallelism)
        for share in shares.elements { #expect(abs(share - 20_000 / parallelism) <= 20_000 / parallelism / 5) }
    }

    @Test(arguments: RunMode.all)
    func sortPartitionKeepsRowsWhereTheyAre(mode: RunMode) throws {
        let job = Job()
        let rows = job.elements(Array(0..<500).map { ($0 * 7919) % 500 })
        let sorted = rows.sortPartition(by: { $0 }, order: .descending)
            .mapPartition { context in Tagged(instance: context.instance) }.collect()
        let plain = rows.mapPartition { context in Tagged(instance: context.instance) }.collect()
        try job.run(mode)
        let expected = Dictionary(grouping: plain.elements, by: \.first)
            .sorted { $0.key < $1.key }.flatMap { $0.value.sorted { $0.second > $1.second } }
        #expect(sorted.elements == expected)
    }

    @Test(arguments: RunMode.all)
    func nothingAndOneRow(mode: RunMode) throws {
        let job = Job()
        let none = job.elements([Int]()).sorted(by: { $0 }).collect()
        let one = job.elements([7]).sorted(by: { $0 }).collect()
        let first = job.elements(Array(0..<100)).sorted(by: { $0 }, order: .descending).first(3).collect()
        try job.run(mode)
        #expect(none.elements == [] && one.elements == [7] && first.elements == [99, 98, 97])
    }

    @Test(arguments: [1, 3])
    func sortedAnewInEveryRound(parallelism: Int) throws {
        let job = Job()
        let rows = job.elements(Array(0..<300)).iterate(maximum: 3) { partial in
            partial.map { $0 + 1 }.sorted(by: { $0 }, order: .descending)
        }.sorted(by: { $0 }).collect()
        try job.run(JobConfiguration(parallelism: parallelism))
        #expect(rows.elements == Array(3..<303))
    }

    @Test
    func aMissingSpillFolderIsNamed() throws {
        let job = Job()
        _ = job.elements(Array(0..<100_000)).sorted(by: { -$0 }).collect()
        let folder = "/nonexistent/for spills"
        do {
            try job.run(JobConfiguration(parallelism: 2, memoryBudget: 600_000, spillFolder: folder))
            Issue.record("no error")
        } catch let error as OperatorError {
            guard case .cannotCreate(folder, _)? = error.underlying as? SpillError else {
                Issue.record("\(error)")
                return
            }
            #expect("\(error)".contains(folder))
        }
    }
}

private struct Share: PartitionFunction {
    var count = 0
    mutating func process(_ row: Int, into emitter: inout Emitter<Int>) { count += 1 }
    mutating func finish(into emitter: inout Emitter<Int>) { emitter.emit(count) }
}

private struct Tagged: PartitionFunction {
    let instance: Int
    mutating func process(_ row: Int, into emitter: inout Emitter<Pair<Int, Int>>) { emitter.emit(Pair(instance, row)) }
}

/// What a sort takes of the machine, seen from a process of its own.
struct SortMemoryTests {
    /// 200 MB of rows under a budget of 32 MiB, sorted over two workers.
    @Test
    func theResidentSetStaysNearTheBudget() async {
        await #expect(processExitsWith: .success) {
            let count = 12_500_000
            let job = Job("sort")
            let runs = job.generate(count: count) { Pair(Int(truncatingIfNeeded: StableHash.mix(UInt64($0))), $0) }
                .sorted(by: { $0.first })
                .mapPartition { _ in Ascending() }.collect()
            let result = try job.run(JobConfiguration(parallelism: 2, memoryBudget: 32 << 20))
            #expect(result.spilledBytes > 200_000_000)
            #expect(runs.elements.map(\.first).reduce(0, +) == count)
            #expect(runs.elements.map(\.second) == [0, 0])
            let peak = try peakResidentBytes()
            #expect(peak < (32 << 20) + 60_000_000, "\(peak >> 20) MiB")
        }
    }
}

/// The most that this process has had in memory.
private func peakResidentBytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
    return 1024 * (try #require(line.split(separator: " ").compactMap { Int($0) }.first))
}

/// Counts rows, and rows that come before the one before them.
private struct Ascending: PartitionFunction {
    var last = Int.min
    var (count, falls) = (0, 0)
    mutating func process(_ row: Pair<Int, Int>, into emitter: inout Emitter<Pair<Int, Int>>) {
        if row.first < last { falls += 1 }
        last = row.first
        count += 1
    }
    mutating func finish(into emitter: inout Emitter<Pair<Int, Int>>) { emitter.emit(Pair(count, falls)) }
}
