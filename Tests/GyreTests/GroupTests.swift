import Gyre
import GyreTesting
import Testing

/// Groups that are read row by row, against dictionaries.
struct GroupTests {
    private let groups = Dictionary(grouping: Sale.some, by: \.shop)

    @Test(arguments: RunMode.all)
    func groupsAreWholeAndInOrder(mode: RunMode) throws {
        let job = Job()
        let keyed = job.elements(Sale.some).keyBy { $0.shop }
        let lists = keyed.reduceGroup { shop, rows in KeyedValue(key: shop, value: rows.map(\.amount)) }.collect()
        let sorted = keyed.sortGroup(by: .descending { $0.day }.then(.ascending { $0.amount }))
            .reduceGroup { shop, rows in KeyedValue(key: shop, value: rows.map(\.amount)) }.collect()
        // Stops early: what was not read is skipped.
        let firsts = keyed.sortGroup(by: { $0.amount }, order: .descending).reduceGroup { shop, rows in
            KeyedValue(key: shop, value: rows.next()?.amount ?? -1)
        }.collect()
        let top = keyed.sortGroup(by: { $0.amount }, order: .descending).firstInGroup(2).collect()
        let some = keyed.firstInGroup(3).collect()
        let doubled = keyed.reduceGroup(of: Sale.self) { _, rows, emitter in
            for row in rows { for _ in 0..<2 { emitter.emit(row) } }
        }.collect()
        try job.run(mode)
        for list in lists.elements { #expect(list.value == groups[list.key]!.map(\.amount)) }
        #expect(lists.elements.count == 13)
        for list in sorted.elements {
            let expected = groups[list.key]!.sorted { $0.day == $1.day ? $0.amount < $1.amount : $0.day > $1.day }
            #expect(list.value == expected.map(\.amount))
        }
        #expect(firsts.elements.count == 13)
        for first in firsts.elements { #expect(first.value == groups[first.key]!.map(\.amount).max()) }
        #expect(
            top.elements.map(\.amount).sorted()
                == groups.values.flatMap { $0.map(\.amount).sorted().suffix(2) }.sorted())
        #expect(Dictionary(grouping: some.elements, by: \.shop).mapValues(\.count) == groups.mapValues { _ in 3 })
        #expect(doubled.elements.count == 800)
    }

    @Test(arguments: RunMode.all)
    func combinersComeBeforeTheExchange(mode: RunMode) throws {
        let job = Job()
        let keyed = job.elements(Sale.some).keyBy { $0.shop }
        let sums = keyed.reduceGroup(
            combining: { shop, rows in Sale(shop: shop, day: 0, amount: rows.reduce(0) { $0 + $1.amount }) }
        ) { shop, rows in KeyedValue(key: shop, value: rows.reduce(0) { $0 + $1.amount }) }.collect()
        let partial = keyed.combineGroup { _, rows in rows.reduce(0) { sum, _ in sum + 1 } }.collect()
        try job.run(mode)
        #expect(
            Dictionary(uniqueKeysWithValues: sums.elements.map { ($0.key, $0.value) })
                == groups.mapValues { $0.reduce(0) { $0 + $1.amount } })
        #expect(partial.elements.reduce(0, +) == 400 && partial.elements.count >= 13)
    }

    @Test(arguments: RunMode.all)
    func coGroupsHaveBothSides(mode: RunMode) throws {
        let left = (0..<200).map { $0 % 40 }
        let right = (0..<90).map { ($0 * 3) % 60 }
        let job = Job()
        let counts = job.elements(left).keyBy { $0 }.coGroup(job.elements(right).keyBy { $0 }) {
            key, lefts, rights, emitter in
            emitter.emit([key, lefts.reduce(0) { count, _ in count + 1 }, rights.reduce(0) { count, _ in count + 1 }])
        }.collect()
        try job.run(mode)
        let expected = Set(left + right).sorted().map { key in
            [key, left.count { $0 == key }, right.count { $0 == key }]
        }
        #expect(counts.elements.sorted { $0[0] < $1[0] } == expected)
    }

    /// One key with more rows than the memory holds, twice: the group streams through.
    @Test(arguments: [1, 2, 3])
    func aHugeGroupStreams(parallelism: Int) throws {
        let count = 60_000
        let job = Job()
        let keyed = job.generate(count: count) { Sale(shop: $0 % 10 == 0 ? "small" : "huge", day: $0 % 7, amount: $0) }
            .keyBy { $0.shop }
        let sums = keyed.sortGroup(by: { $0.amount }, order: .descending).reduceGroup { shop, rows in
            var (sum, last, inOrder) = (0, Int.max, true)
            for row in rows {
                inOrder = inOrder && row.amount < last
                last = row.amount
                sum += row.amount
            }
            return KeyedValue(key: shop, value: inOrder ? sum : -1)
        }.collect()
        let both = keyed.coGroup(keyed) { (key, left, right, emitter: inout Emitter<Int>) in
            emitter.emit(left.reduce(0) { $0 + $1.amount } - right.reduce(0) { $0 + $1.amount })
        }.collect()
        let result = try job.run(JobConfiguration(parallelism: parallelism, memoryBudget: 900_000))
        #expect(result.spilledBytes > 60_000 * 40)
        let small = stride(from: 0, to: count, by: 10).reduce(0, +)
        #expect(
            Set(sums.elements) == [
                .init(key: "small", value: small), .init(key: "huge", value: count * (count - 1) / 2 - small),
            ])
        #expect(both.elements == [0, 0])
    }

    @Test(arguments: [1, 3])
    func groupsInALoop(parallelism: Int) throws {
        let job = Job()
        let constant = job.elements([0, 1, 2])
        let rows = job.elements(Array(0..<30)).iterate(maximum: 3) { partial in
            partial.keyBy { $0 % 3 }.coGroup(constant.keyBy { $0 }) { _, rows, constants, emitter in
                let add = constants.reduce(0) { count, _ in count + 3 }
                for row in rows { emitter.emit(row + add) }
            }
        }.collect()
        try job.run(JobConfiguration(parallelism: parallelism))
        #expect(rows.elements.sorted() == Array(9..<39))
    }

    @Test
    func aFunctionThatThrowsNamesTheKey() throws {
        struct Refused: Error {}
        let job = Job()
        _ = job.elements(Sale.some).keyBy { $0.shop }.reduceGroup { shop, _ -> Int in
            if shop == "shop 7" { throw Refused() }
            return 0
        }.collect()
        do {
            try job.run(JobConfiguration(parallelism: 2))
            Issue.record("no error")
        } catch let error as OperatorError {
            #expect(error.underlying is Refused && error.record == "shop 7")
        }
    }
}
