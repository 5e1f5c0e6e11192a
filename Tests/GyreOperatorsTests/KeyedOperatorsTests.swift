import Gyre
import GyreOperators
import GyreTesting
import Testing

/// Keyed folds, joins and broadcast variables against the rules of `Operator`.
struct KeyedOperatorsTests {
    private let numbers = Array(0..<150)

    @Test
    func keyedFoldAndReduce() throws {
        let job = Job()
        _ = job.elements(numbers).keyBy { $0 % 13 }.fold(0) { $0 += $1 }
        let fold = try Made.last(of: job)
        _ = job.elements(numbers).keyBy { $0 % 13 }.reduce(max)
        let reduce = try Made.last(of: job)
        let combine = try Made.node("combine", of: job)
        let sums = (0..<13).map { key in KeyedValue(key: key, value: numbers.filter { $0 % 13 == key }.reduce(0, +)) }
        let greatest = (0..<13).map { key in numbers.last { $0 % 13 == key } ?? 0 }
        for rounds in [nil, 3] {
            let inputs = [PortInput.rows(numbers)]
            #expect(try ConformanceChecker(inputs: inputs, expected: sums, rounds: rounds, make: fold).failures() == [])
            for make in [reduce, combine] {
                let check = ConformanceChecker(inputs: inputs, expected: greatest, rounds: rounds, make: make)
                #expect(try check.failures() == [])
            }
        }
    }

    /// The order of rows is that of the keys, however they came.
    @Test
    func keyedFoldEmitsInAnOrderOfItsOwn() throws {
        let job = Job()
        _ = job.elements(numbers).keyBy { $0 }.count()
        let make = try Made.node("combine", of: job)
        func order(_ rows: [Int]) throws -> [KeyedValue<Int, Int>] {
            let harness = try OperatorHarness(make())
            for row in rows { try harness.push(rows: [row]) }
            try harness.end()
            return harness.output.rows()
        }
        var generator = SeededGenerator(seed: 1)
        #expect(try order(numbers) == order(numbers.shuffled(using: &generator)))
    }

    @Test
    func broadcastVariable() throws {
        let job = Job()
        _ = job.elements(numbers).map(broadcasting: job.elements([1, 2, 3])) { $0 * 10 + $1.count }
        let make = try Made.last(of: job)
        for (constant, rounds) in [(false, nil), (false, 3), (true, 3)] as [(Bool, Int?)] {
            let check = ConformanceChecker(
                inputs: [.rows(numbers), .rows([1, 2, 3], constant: constant)], expected: numbers.map { $0 * 10 + 3 },
                rounds: rounds, make: make)
            #expect(
                try check.failures() == [], "variable \(constant ? "constant" : "of the loop"), rounds \(rounds ?? 0)")
        }
    }

    /// The variable cannot spill: it is refused before it passes the budget. What waits for it gives way.
    @Test
    func broadcastVariableOverBudget() throws {
        let job = Job()
        _ = job.elements(numbers).map(broadcasting: job.elements([1])) { $0 + $1.count }
        let make = try Made.last(of: job)
        var settings = HarnessSettings()
        settings.ports = 2
        settings.damsEarlyRows = true
        settings.memoryFloor = 2_000
        let harness = try OperatorHarness(make(), settings)
        try harness.push(rows: numbers)
        #expect(settings.spill.spilledBytes == 0)
        try harness.push(rows: Array(repeating: 1, count: 100), port: 1)
        #expect(settings.spill.spilledBytes > 0)
        do {
            try harness.push(rows: Array(repeating: 1, count: 26), port: 1)
            Issue.record("126 numbers fit in 2,000 bytes")
        } catch MemoryError.overBudget(let node, let need, let budget) {
            #expect(node == "harness" && need == 2 * 8 * 126 && budget == 4_000)
        }
    }

    @Test
    func replayOfAConstant() throws {
        var check = ConformanceChecker(
            inputs: [.rows(numbers, constant: true), .rows(["marker", "carrier"])], expected: numbers, rounds: 3,
            make: { ReplayOperator(elements: .rows(of: Int.self)) })
        #expect(try check.failures() == [])
        check.memoryFloors = [300]
        check.leastSpilledBytes = 500
        #expect(try check.failures() == [])
    }

    @Test
    func collect() throws {
        let collected = Collected<Int>()
        let check = ConformanceChecker(
            inputs: [.rows(numbers)], expected: numbers, order: .sequence, observe: { collected.elements },
            make: { CollectOperator(into: collected) })
        #expect(try check.failures() == [])
    }

    @Test
    func aggregatorPassesRowsOn() throws {
        let sum = Aggregator<Int>.sum("sum")
        let loop = HarnessLoop(aggregators: [sum.erased])
        let job = Job()
        _ = job.elements(numbers).iterate(maximum: 1, aggregators: [sum.erased]) { $0.contribute(to: sum) { $0 += $1 } }
        var settings = HarnessSettings()
        let context = loop.context()
        settings.loop = context
        let harness = try OperatorHarness(try Made.node("contribute", of: job)(), settings)
        try harness.push(rows: [1, 2])
        try harness.push(rows: [3])
        context.arrive(LoopArrival(participant: 0, round: 1, workset: 0, changed: 0, endsWhenEmpty: false))
        loop.decide(.proceed, afterRound: 1)
        #expect(harness.output.rows() == [1, 2, 3])
        #expect(context.previous[sum] == 6)
    }
}
