import Gyre
import GyreTesting
import Testing

struct Sale: Sendable, Codable, Hashable {
    var shop: String
    var day: Int
    var amount: Int

    static let some: [Sale] = (0..<400).map { Sale(shop: "shop \($0 % 13)", day: $0 % 5, amount: $0) }
}

/// Keyed operations against dictionaries.
struct KeyedTests {
    private func sums<K: Hashable>(_ key: (Sale) -> K) -> [K: Int] {
        Sale.some.reduce(into: [:]) { $0[key($1), default: 0] += $1.amount }
    }

    @Test(arguments: RunMode.all)
    func foldAggregateAndCountGroupByKey(mode: RunMode) throws {
        let job = Job()
        let byShop = job.elements(Sale.some).keyBy { $0.shop }
        let folded = byShop.fold(0) { $0 += $1.amount }.collect()
        let aggregated = byShop.aggregate(0, update: { $0 += $1.amount }, merge: { $0 += $1 }).collect()
        let counted = byShop.count().collect()
        try job.run(mode)
        let expected = sums(\.shop)
        #expect(folded.elements.count == 13 && aggregated.elements.count == 13)
        #expect(Dictionary(uniqueKeysWithValues: folded.elements.map { ($0.key, $0.value) }) == expected)
        #expect(Dictionary(uniqueKeysWithValues: aggregated.elements.map { ($0.key, $0.value) }) == expected)
        #expect(counted.elements.reduce(0) { $0 + $1.value } == 400)
    }

    @Test(arguments: RunMode.all)
    func reduceAndDistinctKeepOneRowAKey(mode: RunMode) throws {
        let job = Job()
        let largest = job.elements(Sale.some).keyBy(name: "day") { $0.day }
            .reduce { $0.amount > $1.amount ? $0 : $1 }.collect()
        let distinct = job.elements(Sale.some).map { $0.amount % 50 }.distinct().collect()
        try job.run(mode)
        #expect(largest.elements.map(\.amount).sorted() == [395, 396, 397, 398, 399])
        #expect(distinct.elements.sorted() == Array(0..<50))
    }

    @Test(arguments: RunMode.all)
    func compositeKeys(mode: RunMode) throws {
        let job = Job()
        let pairs = job.elements(Sale.some).keyBy({ $0.shop }, { $0.day }).fold(0) { $0 += $1.amount }.collect()
        let triples = job.elements(Sale.some).keyBy({ $0.shop }, { $0.day }, { $0.amount % 2 == 0 })
            .count().collect()
        let quadruples = job.elements(Sale.some).keyBy({ $0.shop }, { $0.day }, { $0.amount }, { $0.amount % 2 })
            .count().collect()
        try job.run(mode)
        let expected = sums { "\($0.shop)/\($0.day)" }
        #expect(
            Dictionary(uniqueKeysWithValues: pairs.elements.map { ("\($0.key.first)/\($0.key.second)", $0.value) })
                == expected)
        #expect(triples.elements.reduce(0) { $0 + $1.value } == 400)
        #expect(quadruples.elements.count == 400)
    }

    @Test(arguments: RunMode.all)
    func joinsPairEqualKeys(mode: RunMode) throws {
        let left = Array(0..<200)
        let right = (0..<90).map { $0 * 3 }
        let expected = left.flatMap { l in right.filter { $0 % 40 == l % 40 }.map { l * 1_000 + $0 } }.sorted()
        let job = Job()
        let one = job.elements(left).keyBy { $0 % 40 }
        let other = job.elements(right).keyBy { $0 % 40 }
        let repartitioned = one.join(other) { $0 * 1_000 + $1 }.collect()
        let broadcast = one.join(other, hint: .broadcastRight) { $0 * 1_000 + $1 }.collect()
        try job.run(mode)
        #expect(repartitioned.elements.sorted() == expected)
        #expect(broadcast.elements.sorted() == expected)
    }

    @Test(arguments: RunMode.all)
    func broadcastVariableIsWholeEverywhere(mode: RunMode) throws {
        let job = Job()
        let sizes = job.elements(Array(0..<100)).map(broadcasting: job.elements([1, 2, 3])) { $0 + $1.reduce(0, +) }
            .collect()
        let none = job.elements([1, 2]).map(broadcasting: job.elements([Int]())) { $0 + $1.count }.collect()
        try job.run(mode)
        #expect(sizes.elements.sorted() == (0..<100).map { $0 + 6 })
        #expect(none.elements.sorted() == [1, 2])
    }

    @Test(arguments: RunMode.all)
    func partitioningsDeliverEachRowOnce(mode: RunMode) throws {
        let numbers = Array(0..<300)
        let job = Job()
        let source = job.elements(numbers)
        let rebalanced = source.rebalance().collect()
        let rescaled = source.rescale().collect()
        let global = source.global().collect()
        let back = source.global().rebalance().collect()
        let custom = source.partition(name: "low bits") { UInt64($0 & 3) }.collect()
        let broadcast = source.broadcast().collect()
        let placed = source.partition(name: "last") { _ in UInt64.max }.count().collect()
        try job.run(mode)
        for rows in [rebalanced, rescaled, global, back, custom] { #expect(rows.elements.sorted() == numbers) }
        #expect(broadcast.elements.count == 300 * mode.parallelism)
        #expect(placed.elements == [300])
    }
}
