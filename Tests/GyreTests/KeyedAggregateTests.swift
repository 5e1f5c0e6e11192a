import Gyre
import GyreTesting
import Testing

/// Aggregates per key and over all rows, against dictionaries.
struct KeyedAggregateTests {
    private func dictionary<K: Hashable, Value>(_ rows: [KeyedValue<K, Value>]) -> [K: Value] {
        Dictionary(uniqueKeysWithValues: rows.map { ($0.key, $0.value) })
    }

    private func groups() -> [String: [Sale]] { Dictionary(grouping: Sale.some) { $0.shop } }

    @Test(arguments: RunMode.all)
    func oneAtATime(mode: RunMode) throws {
        let job = Job()
        let byShop = job.elements(Sale.some).keyBy(\.shop)
        let sums = byShop.sum(of: \.amount).collect()
        let halves = byShop.sum { Double($0.amount) / 2 }.collect()
        let least = byShop.min(of: \.amount).collect()
        let greatest = byShop.max(of: \.amount).collect()
        let means = byShop.average(of: \.amount).collect()
        let first = byShop.minBy(\.amount).collect()
        let last = byShop.maxBy { Pair($0.day, $0.amount) }.collect()
        let days = job.elements(Sale.some).distinct(by: \.day).collect()
        try job.run(mode)
        let groups = groups()
        #expect(dictionary(sums.elements) == groups.mapValues { $0.reduce(0) { $0 + $1.amount } })
        #expect(dictionary(halves.elements) == groups.mapValues { $0.reduce(0) { $0 + Double($1.amount) / 2 } })
        #expect(dictionary(least.elements) == groups.mapValues { $0.map(\.amount).min() })
        #expect(dictionary(greatest.elements) == groups.mapValues { $0.map(\.amount).max() })
        #expect(
            dictionary(means.elements)
                == groups.mapValues { Double($0.reduce(0) { $0 + $1.amount }) / Double($0.count) })
        #expect(Set(first.elements) == Set(groups.values.map { $0[0] }))
        #expect(
            Set(last.elements)
                == Set(groups.values.compactMap { $0.max { ($0.day, $0.amount) < ($1.day, $1.amount) } }))
        #expect(Set(days.elements.map(\.day)) == Set(0..<5) && days.elements.count == 5)
    }

    struct Summary: Hashable, Sendable {
        var shop: String
        var total: Int
        var count: Int
        var last: Int
        var mean: Double
    }

    @Test(arguments: RunMode.all)
    func severalAtOnce(mode: RunMode) throws {
        let job = Job()
        let byShop = job.elements(Sale.some).keyBy(\.shop)
        let four = byShop.aggregate(.sum(of: \.amount), .count, .max(of: \.day), .average(of: \.amount)) {
            Summary(shop: $0, total: $1, count: $2, last: $3, mean: $4)
        }.collect()
        let two = byShop.aggregate(.count, .min(of: \.amount)) { KeyedValue(key: $0, value: $1 * 1_000 + $2) }.collect()
        let three = byShop.aggregate(.count, .min(of: \.amount), .sum(of: \.day)) { _, count, least, days in
            count + least + days
        }.collect()
        try job.run(mode)
        let expected = groups().map { shop, sales in
            let total = sales.reduce(0) { $0 + $1.amount }
            return Summary(
                shop: shop, total: total, count: sales.count, last: sales.map(\.day).max() ?? 0,
                mean: Double(total) / Double(sales.count))
        }
        #expect(Set(four.elements) == Set(expected))
        #expect(
            dictionary(two.elements)
                == groups().mapValues { $0.count * 1_000 + ($0.map(\.amount).min() ?? 0) })
        #expect(
            three.elements.sorted()
                == groups().values.map { sales in
                    sales.count + (sales.map(\.amount).min() ?? 0) + sales.reduce(0) { $0 + $1.day }
                }.sorted())
    }

    @Test(arguments: RunMode.all)
    func overAllRows(mode: RunMode) throws {
        let job = Job()
        let sales = job.elements(Sale.some)
        let sum = sales.sum(of: \.amount).collect()
        let least = sales.min(of: \.shop).collect()
        let greatest = sales.max(of: \.amount).collect()
        let mean = sales.average(of: \.day).collect()
        let last = sales.maxBy(\.amount).collect()
        let first = sales.minBy(\.amount).collect()
        let none = job.elements([Sale]())
        let nothing = none.sum(of: \.amount).collect()
        let noLeast = none.min(of: \.amount).collect()
        let noMean = none.average(of: \.amount).collect()
        try job.run(mode)
        #expect(sum.elements == [399 * 200] && least.elements == ["shop 0"] && greatest.elements == [399])
        #expect(mean.elements == [2] && last.elements == [Sale.some[399]] && first.elements == [Sale.some[0]])
        #expect(nothing.elements == [0] && noLeast.elements == [] && noMean.elements == [])
    }

    @Test(arguments: CombineHint.allCases)
    func hintsChangeThePlanAndNothingElse(hint: CombineHint) throws {
        let job = Job()
        let counts = job.elements(Sale.some).keyBy(\.shop).count(combine: hint).collect()
        let reduced = job.elements(Sale.some).keyBy(\.shop).reduce(combine: hint) { $0.amount > $1.amount ? $0 : $1 }
            .collect()
        let combiners = try job.plan().description.count { $0.kind == "combine" }
        #expect(combiners == (hint == .none ? 0 : 2))
        try job.run(JobConfiguration(parallelism: 3, batchSize: 7))
        #expect(dictionary(counts.elements) == groups().mapValues(\.count))
        #expect(Set(reduced.elements) == Set(groups().values.compactMap { $0.last }))
    }

    @Test
    func aSumThatOverflowsSaysSo() throws {
        let job = Job()
        _ = job.elements([Int8(100), 27, 1]).keyBy { _ in 1 }.sum { $0 }.collect()
        #expect(throws: OperatorError.self) { try job.run(JobConfiguration(parallelism: 2)) }
        let global = Job()
        _ = global.elements([Int8(100), 27, 1]).sum { $0 }.collect()
        do {
            try global.run(JobConfiguration(parallelism: 1))
            Issue.record("no error")
        } catch let error as OperatorError {
            #expect(error.underlying as? SumOverflow == SumOverflow(of: Int8.self))
        }
    }

    struct NoKey: Error {}

    @Test(arguments: [1, 2, 7], CombineHint.allCases)
    func aKeyThatThrowsNamesOperatorAndRecord(parallelism: Int, hint: CombineHint) throws {
        let job = Job()
        _ = job.elements(Array(0..<1_000)).keyBy { if $0 == 777 { throw NoKey() } else { return $0 % 10 } }
            .count(name: "tally", combine: hint).collect()
        do {
            try job.run(JobConfiguration(parallelism: parallelism, batchSize: 64))
            Issue.record("no error")
        } catch let error as OperatorError {
            #expect(error.name == "tally" && error.record == "777" && error.underlying is NoKey)
        }
    }

    @Test
    func whatACombinerChoseIsReported() throws {
        let job = Job()
        _ = job.generate(count: 100_000) { $0 }.keyBy { $0 }.count(name: "tally").collect()
        let result = try job.run(JobConfiguration(parallelism: 2))
        #expect(result.choices.map(\.node) == ["tally", "tally"])
        #expect(result.choices.map(\.instance) == [0, 1])
        #expect(result.choices.allSatisfy { $0.what == "no combiner" && $0.why.contains("met their key") })
    }
}
