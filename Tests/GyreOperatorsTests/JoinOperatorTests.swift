import Gyre
import GyreOperators
import GyreTesting
import Testing

/// Every kind of join against nested loops, under the rules of `Operator`.
struct JoinOperatorTests {
    /// Keys of the left side have several rows, or one; some have no partner; the right side has others.
    private static let left = (0..<110).map { Pair($0 * $0 % 23, $0) }
    private static let right = (0..<90).map { Pair($0 % 31, 1_000 + $0) }

    /// What nested loops make of both sides: the numbers of the rows, −1 where there is none.
    static func expected(
        _ kind: JoinKind, _ left: [Pair<Int, Int>], _ right: [Pair<Int, Int>]
    ) -> [Pair<Int, Int>] {
        let pairs = left.flatMap { row in
            right.filter { $0.first == row.first }.map { Pair(row.second, $0.second) }
        }
        let lonelyLeft = left.filter { row in !right.contains { $0.first == row.first } }.map { Pair($0.second, -1) }
        let lonelyRight = right.filter { row in !left.contains { $0.first == row.first } }.map { Pair(-1, $0.second) }
        switch kind {
        case .inner: return pairs
        case .leftOuter: return pairs + lonelyLeft
        case .rightOuter: return pairs + lonelyRight
        case .fullOuter: return pairs + lonelyLeft + lonelyRight
        case .semi:
            return left.filter { row in right.contains { $0.first == row.first } }.map { Pair($0.first, $0.second) }
        case .anti: return lonelyLeft.isEmpty ? [] : left.filter { row in !right.contains { $0.first == row.first } }
        }
    }

    static func join(
        _ kind: JoinKind, _ left: KeyedStream<Pair<Int, Int>, Int>, _ right: KeyedStream<Pair<Int, Int>, Int>,
        hint: JoinHint
    ) -> DataStream<Pair<Int, Int>> {
        switch kind {
        case .inner: left.join(right, hint: hint) { Pair($0.second, $1.second) }
        case .leftOuter: left.leftJoin(right, hint: hint) { Pair($0.second, $1?.second ?? -1) }
        case .rightOuter: left.rightJoin(right, hint: hint) { Pair($0?.second ?? -1, $1.second) }
        case .fullOuter: left.fullJoin(right, hint: hint) { Pair($0?.second ?? -1, $1?.second ?? -1) }
        case .semi: left.semiJoin(right, hint: hint)
        case .anti: left.antiJoin(right, hint: hint)
        }
    }

    private func make(_ kind: JoinKind, _ hint: JoinHint) throws -> () -> Operator {
        let job = Job()
        _ = JoinOperatorTests.join(
            kind, job.elements([Pair(0, 0)]).keyBy(\.first), job.elements([Pair(0, 0)]).keyBy(\.first), hint: hint)
        return try Made.last(of: job)
    }

    static let ways: [(JoinKind, JoinHint)] = JoinKind.allCases.flatMap { kind in
        [.automatic, .hashLeft, .hashRight, .sortMerge].map { (kind, $0) }
    }

    /// So few bytes that all spills. Sorting needs frames of two runs a side, while it merges.
    private static func floor(_ hint: JoinHint) -> Int { hint == .sortMerge ? 5_000 : 1_500 }

    @Test(arguments: ways)
    func conforms(kind: JoinKind, hint: JoinHint) throws {
        let (left, right) = (JoinOperatorTests.left, JoinOperatorTests.right)
        let expected = JoinOperatorTests.expected(kind, left, right)
        for rounds in [nil, 3] {
            for constant in [false, true]
            where !constant || (rounds != nil && (hint == .hashLeft || hint == .hashRight)) {
                var check = ConformanceChecker(
                    inputs: [
                        .rows(left, constant: constant && hint == .hashLeft),
                        .rows(right, constant: constant && hint == .hashRight),
                    ],
                    expected: expected, rounds: rounds, make: try make(kind, hint))
                check.memoryFloors = [nil, JoinOperatorTests.floor(hint)]
                check.leastSpilledBytes = 500
                check.batchSizes = [1, 7, 64, 1000]
                #expect(
                    try check.failures() == [], "\(constant ? "a constant side, " : "")rounds \(rounds ?? 0)")
            }
        }
    }

    /// Either side empty, or both; and no keys in common.
    @Test(arguments: ways)
    func sidesWithoutPartners(kind: JoinKind, hint: JoinHint) throws {
        let others = (0..<70).map { Pair(100 + $0 % 9, $0) }
        let some = JoinOperatorTests.left
        for (left, right) in [(some, []), ([], some), (some, others)] as [([Pair<Int, Int>], [Pair<Int, Int>])] {
            var check = ConformanceChecker(
                inputs: [.rows(left), .rows(right)], expected: JoinOperatorTests.expected(kind, left, right),
                make: try make(kind, hint))
            check.memoryFloors = [nil, JoinOperatorTests.floor(hint)]
            check.batchSizes = [1, 64]
            #expect(try check.failures() == [], "\(left.count) rows left, \(right.count) right")
        }
    }

    /// One key that fits on neither side, among others: it is joined block by block.
    @Test(arguments: ways)
    func oneHeavyKey(kind: JoinKind, hint: JoinHint) throws {
        let left = (0..<160).map { Pair($0 % 4 == 0 ? $0 : 7, $0) }
        let right = (0..<150).map { Pair($0 % 5 == 0 ? $0 : 7, 1_000 + $0) }
        var check = ConformanceChecker(
            inputs: [.rows(left), .rows(right)], expected: JoinOperatorTests.expected(kind, left, right),
            make: try make(kind, hint))
        check.memoryFloors = [nil, JoinOperatorTests.floor(hint)]
        check.leastSpilledBytes = 1_000
        check.batchSizes = [7, 1000]
        #expect(try check.failures() == [])
    }

    /// Keys whose hashes are all the same are told apart by the keys themselves, and cannot be partitioned.
    struct Colliding: Key, Codable {
        var value: Int
        var keyHash: UInt64 { 0x1234_5678_9abc_def1 }
        static func isSameKey(_ left: Self, _ right: Self) -> Bool { left.value == right.value }
        static func isOrderedBefore(_ left: Self, _ right: Self) -> Bool { left.value < right.value }
    }

    @Test(arguments: JoinKind.allCases)
    func equalHashesAreNotEqualKeys(kind: JoinKind) throws {
        let (left, right) = (JoinOperatorTests.left, JoinOperatorTests.right)
        for hint in [JoinHint.hashLeft, .hashRight, .sortMerge] {
            let job = Job()
            let one = job.elements([Pair(0, 0)]).keyBy { Colliding(value: $0.first) }
            let other = job.elements([Pair(0, 0)]).keyBy { Colliding(value: $0.first) }
            switch kind {
            case .inner: _ = one.join(other, hint: hint) { Pair($0.second, $1.second) }
            case .leftOuter: _ = one.leftJoin(other, hint: hint) { Pair($0.second, $1?.second ?? -1) }
            case .rightOuter: _ = one.rightJoin(other, hint: hint) { Pair($0?.second ?? -1, $1.second) }
            case .fullOuter: _ = one.fullJoin(other, hint: hint) { Pair($0?.second ?? -1, $1?.second ?? -1) }
            case .semi: _ = one.semiJoin(other, hint: hint)
            case .anti: _ = one.antiJoin(other, hint: hint)
            }
            var check = ConformanceChecker(
                inputs: [.rows(left), .rows(right)], expected: JoinOperatorTests.expected(kind, left, right),
                make: try Made.last(of: job))
            check.memoryFloors = [nil, JoinOperatorTests.floor(hint)]
            check.leastSpilledBytes = 1_000
            check.batchSizes = [7, 1000]
            #expect(try check.failures() == [], "\(hint)")
        }
    }

    /// The order of keys, and in it that of the right rows, each with its left rows, whatever the memory and the size of
    /// batches.
    @Test(arguments: [nil, 5_000])
    func sortMergeKeepsTheOrderOfKeys(floor: Int?) throws {
        let inOrder = { (rows: [Pair<Int, Int>]) in rows.sorted { ($0.first, $0.second) < ($1.first, $1.second) } }
        let expected = inOrder(JoinOperatorTests.right).flatMap { right in
            inOrder(JoinOperatorTests.left).filter { $0.first == right.first }.map { Pair($0.second, right.second) }
        }
        for size in [1, 7, 1000] {
            var settings = HarnessSettings()
            settings.ports = 2
            settings.batchSize = size
            settings.memoryFloor = floor
            let choices = Choices()
            settings.choices = choices
            let harness = try OperatorHarness(try make(.inner, .sortMerge)(), settings)
            try harness.push(rows: JoinOperatorTests.left)
            try harness.push(rows: JoinOperatorTests.right, port: 1)
            #expect(!harness.holdsBack)
            try harness.end()
            #expect(harness.output.rows() == expected, "batches of \(size)")
            #expect((settings.spill.spilledBytes > 0) == (floor != nil))
            #expect(choices.recorded.map(\.what) == (floor == nil ? [] : ["merged runs on disk"]))
        }
    }

    @Test
    func keepsEarlyRowsWhereItIsTold() throws {
        let make = try make(.inner, .hashRight)
        for (dams, floor) in [(false, nil), (true, nil), (true, 1_200)] as [(Bool, Int?)] {
            var settings = HarnessSettings()
            settings.ports = 2
            settings.damsEarlyRows = dams
            settings.memoryFloor = floor
            let harness = try OperatorHarness(make(), settings)
            for row in JoinOperatorTests.left { try harness.push(rows: [row]) }
            #expect(harness.holdsBack == !dams)
            #expect((settings.spill.spilledBytes > 0) == (floor != nil))
            try harness.push(rows: [Pair(1, 5)], port: 1)
            try harness.replace(by: make(), restoring: harness.snapshot())
            try harness.advance(port: 0, to: .end)
            #expect(harness.output.rows(of: Pair<Int, Int>.self).isEmpty)
            try harness.advance(port: 1, to: .end)
            let expected = JoinOperatorTests.expected(.inner, JoinOperatorTests.left, [Pair(1, 5)])
            #expect(harness.output.rows() == expected)
            #expect(!harness.holdsBack)
        }
    }

    /// While it is open which side is built, both are read; the one that ends first is.
    @Test
    func choosesTheSideThatEndsFirst() throws {
        for first in 0...1 {
            let choices = Choices()
            var settings = HarnessSettings()
            settings.ports = 2
            settings.choices = choices
            let harness = try OperatorHarness(try make(.fullOuter, .automatic)(), settings)
            for port in 0...1 { try harness.push(rows: [Pair(1, port), Pair(2, port)], port: port) }
            #expect(!harness.holdsBack)
            try harness.advance(port: first, to: .end)
            try harness.push(rows: [Pair(3, 9)], port: 1 - first)
            #expect(choices.recorded.map(\.what) == ["hash \(["left", "right"][first])", "rows by key"])
            #expect(
                choices.recorded.first?.why
                    == "the \(["left", "right"][first]) side ended first: left 32 bytes, right 32")
            // What waited comes before what follows it; the built side's rest comes last.
            #expect(harness.output.rows(of: Pair<Int, Int>.self).count == 3)
            try harness.end()
            #expect(harness.output.rows(of: Pair<Int, Int>.self).count == 3)
        }
    }

    /// Of two sides that do not end, the one that is smaller when the memory is used up is built, and the other waits.
    @Test
    func choosesTheSmallerSideWhenMemoryIsUsedUp() throws {
        let choices = Choices()
        var settings = HarnessSettings()
        settings.ports = 2
        settings.memoryFloor = 1_500
        settings.choices = choices
        let harness = try OperatorHarness(try make(.inner, .automatic)(), settings)
        for row in 0..<40 { try harness.push(rows: [Pair(row, row), Pair(row, row)]) }
        try harness.push(rows: (0..<30).map { Pair($0, 100 + $0) }, port: 1)
        for row in 0..<40 { try harness.push(rows: [Pair(row, row), Pair(row, row)]) }
        #expect(choices.recorded.map(\.what).first == "hash right")
        #expect(harness.holdsBack)
        try harness.end()
        #expect(harness.output.rows(of: Pair<Int, Int>.self).count == 120)
    }
}
