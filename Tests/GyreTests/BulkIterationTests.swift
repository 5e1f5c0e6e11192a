import Gyre
import GyreTesting
import Testing

/// Loops whose partial solution is replaced.
struct BulkIterationTests {
    struct Cell: Sendable, Codable, Hashable {
        var place: Int
        var value: Int
    }

    @Test(arguments: RunMode.all)
    func jacobiAgainstAnArray(mode: RunMode) throws {
        let size = 40
        let start = (0..<size).map { Cell(place: $0, value: ($0 * 7919) % 1_000) }
        let job = Job()
        let result = job.elements(start).iterate(maximum: 9, name: "jacobi") { cells in
            cells.flatMap {
                [
                    $0, Cell(place: ($0.place + 1) % size, value: $0.value),
                    Cell(place: ($0.place + 39) % size, value: $0.value),
                ]
            }
            .keyBy { $0.place }.fold(0) { $0 += $1.value }
            .map { Cell(place: $0.key, value: $0.value / 3) }
        }.collect()
        let report = try job.run(mode)
        var expected = start.map(\.value)
        for _ in 0..<9 {
            expected = expected.indices.map {
                (expected[$0] + expected[($0 + 1) % size] + expected[($0 + 39) % size]) / 3
            }
        }
        #expect(result.elements.sorted { $0.place < $1.place }.map(\.value) == expected)
        let loop = try #require(report.loops["jacobi"])
        #expect(loop.rounds.map(\.number) == Array(1...9))
        #expect(loop.rounds.allSatisfy { $0.changed == size })
        #expect(loop.end == .maximumRounds)
    }

    @Test(arguments: RunMode.all)
    func endsWhenTheConditionIsEmpty(mode: RunMode) throws {
        let job = Job()
        let result = job.elements([1, 5, 17]).iterate(maximum: 100, name: "grow") { rows in
            let next = rows.map { $0 + 1 }
            return (next: next, continueWhile: next.filter { $0 < 10 })
        }.collect()
        let report = try job.run(mode)
        #expect(result.elements.sorted() == [10, 14, 26])
        #expect(report.loops["grow"]?.rounds.count == 9)
        #expect(report.loops["grow"]?.end == .emptyWorkset)
    }

    @Test(arguments: RunMode.all)
    func criterionReadsAggregatesAndSoDoesTheNextRound(mode: RunMode) throws {
        let sum = Aggregator<Int>.sum("sum")
        let job = Job()
        let result = job.elements([1, 2, 3]).iterate(
            maximum: 50, name: "loop", aggregators: [sum.erased], until: { _, values in values[sum] > 1_000 }
        ) { rows in
            rows.contribute(to: sum) { $0 += $1 }.map(reading: sum) { $0 + $1 }
        }.collect()
        let report = try job.run(mode)
        var rows = [1, 2, 3]
        var previous = 0
        var rounds = 0
        repeat {
            let total = rows.reduce(0, +)
            rows = rows.map { $0 + previous }
            previous = total
            rounds += 1
        } while previous <= 1_000
        #expect(result.elements.sorted() == rows.sorted())
        #expect(report.loops["loop"]?.rounds.count == rounds)
        #expect(report.loops["loop"]?.end == .criterion)
        #expect(report.loops["loop"]?.rounds.last?.aggregators["sum"] == Double(previous))
    }

    @Test(arguments: RunMode.all)
    func twoVariablesShareTheirRounds(mode: RunMode) throws {
        let job = Job()
        let (a, b) = job.iterate(job.elements(Array(1...20)), job.elements([1]), maximum: 6) { a, b in
            // Fibonacci in a roundabout way: the sum of a crosses over to b and back.
            let sum = a.fold(0, update: { $0 += $1 }, merge: { $0 += $1 })
            return (
                a.map(broadcasting: b) { $0 + $1.reduce(0, +) },
                sum.union(b).fold(0, update: { $0 += $1 }, merge: { $0 += $1 }).map { $0 % 1_000 }
            )
        }
        let rows = (a.collect(), b.collect())
        try job.run(mode)
        var (x, y) = (Array(1...20), [1])
        for _ in 0..<6 {
            (x, y) = (x.map { $0 + y.reduce(0, +) }, [(x.reduce(0, +) + y.reduce(0, +)) % 1_000])
        }
        #expect(rows.0.elements.sorted() == x.sorted())
        #expect(rows.1.elements == y)
    }

    /// The shortest way into the other variable's head: rows of a later round come before it has begun.
    @Test(arguments: RunMode.all)
    func twoVariablesSwap(mode: RunMode) throws {
        let job = Job()
        let (a, b) = job.iterate(job.elements(Array(0..<30)), job.elements([100, 200]), maximum: 5) { a, b in (b, a) }
        let rows = (a.collect(), b.collect())
        try job.run(mode)
        #expect(rows.0.elements.sorted() == [100, 200])
        #expect(rows.1.elements.sorted() == Array(0..<30))
    }

    @Test(arguments: RunMode.all)
    func oneRoundAndNoRows(mode: RunMode) throws {
        let job = Job()
        let once = job.elements([1, 2]).iterate(maximum: 1, name: "once") { $0.map { $0 * 10 } }.collect()
        let same = job.elements([1, 2]).iterate(maximum: 3, name: "same") { $0 }.collect()
        let none = job.elements([Int]()).iterate(maximum: 3, name: "none") { $0.map { $0 * 10 } }.collect()
        let report = try job.run(mode)
        #expect(once.elements.sorted() == [10, 20])
        #expect(same.elements.sorted() == [1, 2])
        #expect(none.elements.isEmpty)
        #expect(report.loops["once"]?.rounds.count == 1)
        #expect(report.loops["none"]?.rounds.count == 3)
    }

    @Test(arguments: RunMode.all)
    func aLoopAfterALoop(mode: RunMode) throws {
        let job = Job()
        let first = job.elements([1, 2, 3]).iterate(maximum: 3) { $0.map { $0 + 1 } }
        let second = first.iterate(maximum: 4) { rows in
            rows.union(first).keyBy { $0 }.reduce { a, _ in a }.map { $0 + 1 }
        }
        let rows = second.collect()
        let report = try job.run(mode)
        var expected = [4, 5, 6]
        for _ in 0..<4 { expected = Set(expected + [4, 5, 6]).map { $0 + 1 } }
        #expect(rows.elements.sorted() == expected.sorted())
        // Two loops of one name are told apart in the report.
        #expect(report.loops.values.map(\.rounds.count).sorted() == [3, 4])
    }

    @Test(arguments: RunMode.all)
    func sinksAndSideBranchesInAStep(mode: RunMode) throws {
        let seen = Counter()
        let job = Job()
        let rows = job.elements([1, 2, 3]).iterate(maximum: 5) { rows in
            rows.forEach { _ in seen.add() }
            _ = rows.count().map { $0 * 2 }
            return rows.map { $0 * 2 }
        }.collect()
        try job.run(mode)
        #expect(rows.elements.sorted() == [32, 64, 96])
        #expect(seen.value == 15)
    }
}
