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

    private let probe = (0..<120).map { Pair($0 % 11, $0) }
    private let build = (0..<60).map { Pair($0 % 17, 1_000 + $0) }

    @Test
    func hashJoin() throws {
        let job = Job()
        _ = job.elements(probe).keyBy { $0.first }.join(job.elements(build).keyBy { $0.first }) {
            Pair($0.second, $1.second)
        }
        let make = try Made.last(of: job)
        let expected = probe.flatMap { row in
            build.filter { $0.first == row.first }.map { Pair(row.second, $0.second) }
        }
        for (constant, rounds) in [(false, nil), (false, 3), (true, 3)] as [(Bool, Int?)] {
            let check = ConformanceChecker(
                inputs: [.rows(probe), .rows(build, constant: constant)], expected: expected, rounds: rounds, make: make
            )
            #expect(
                try check.failures() == [], "build side \(constant ? "constant" : "of the loop"), rounds \(rounds ?? 0)"
            )
        }
    }

    @Test
    func hashJoinKeepsEarlyRowsWhereItIsTold() throws {
        let job = Job()
        _ = job.elements([1]).keyBy { $0 }.join(job.elements([1]).keyBy { $0 }) { $0 * 100 + $1 }
        let make = try Made.last(of: job)
        for dams in [false, true] {
            var settings = HarnessSettings()
            settings.ports = 2
            settings.damsEarlyRows = dams
            let harness = try OperatorHarness(make(), settings)
            try harness.push(rows: [1, 2, 1])
            #expect(harness.holdsBack == !dams)
            try harness.push(rows: [1], port: 1)
            try harness.replace(by: make(), restoring: harness.snapshot())
            try harness.advance(port: 0, to: .end)
            #expect(harness.output.rows(of: Int.self).isEmpty)
            try harness.advance(port: 1, to: .end)
            #expect(harness.output.rows() == [101, 101])
            #expect(!harness.holdsBack)
        }
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

    @Test
    func replayOfAConstant() throws {
        let check = ConformanceChecker(
            inputs: [.rows(numbers, constant: true), .rows(["marker", "carrier"])], expected: numbers, rounds: 3,
            make: { ReplayOperator(elements: .rows(of: Int.self)) })
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
