import Gyre
import GyreTesting
import Testing

/// Streams from outside that a step uses are there in every round.
struct LoopConstantTests {
    @Test(arguments: RunMode.all)
    func joinWithAConstantOnEitherSide(mode: RunMode) throws {
        let edges = (0..<30).flatMap { [($0, ($0 + 1) % 30), ($0, ($0 * 7) % 30)] }.map { Pair($0.0, $0.1) }
        let job = Job()
        let constant = job.elements(edges).map { $0 }
        func loop(
            _ step: (KeyedStream<Int, Int>, KeyedStream<Pair<Int, Int>, Int>) -> DataStream<Int>
        ) -> Collected<Int> {
            job.elements([3, 4]).iterate(maximum: 4) { rows in
                step(rows.keyBy { $0 }, constant.keyBy { $0.first }).distinct()
            }.collect()
        }
        let probing = loop { rows, edges in rows.join(edges) { $1.second } }
        let built = loop { rows, edges in edges.join(rows) { edge, _ in edge.second } }
        let broadcast = loop { rows, edges in rows.join(edges, hint: .broadcastRight) { $1.second } }
        let sorted = loop { rows, edges in rows.join(edges, hint: .sortMerge) { $1.second } }
        let sortedFirst = loop { rows, edges in edges.join(rows, hint: .sortMerge) { edge, _ in edge.second } }
        let sameSource = constant.map(\.first).distinct().iterate(maximum: 2) { rows in
            rows.keyBy { $0 }.join(constant.keyBy { $0.first }) { $1.second }.distinct()
        }.collect()
        try job.run(mode)
        func reach(_ start: Set<Int>, _ rounds: Int) -> [Int] {
            var rows = start
            for _ in 0..<rounds { rows = Set(edges.filter { rows.contains($0.first) }.map(\.second)) }
            return rows.sorted()
        }
        let expected = reach([3, 4], 4)
        #expect(probing.elements.sorted() == expected)
        #expect(built.elements.sorted() == expected)
        #expect(broadcast.elements.sorted() == expected)
        #expect(sorted.elements.sorted() == expected)
        #expect(sortedFirst.elements.sorted() == expected)
        #expect(sameSource.elements.sorted() == reach(Set(0..<30), 2))
    }

    @Test(arguments: RunMode.all)
    func unionWithAConstant(mode: RunMode) throws {
        let job = Job()
        let constant = job.elements([100, 200])
        let one = job.elements([1]).iterate(maximum: 3) { rows in rows.map { $0 + 1 }.union(constant) }.collect()
        let other = job.elements([1]).iterate(maximum: 3) { rows in constant.union(rows.map { $0 + 1 }) }.collect()
        try job.run(mode)
        var expected = [1]
        for _ in 0..<3 { expected = expected.map { $0 + 1 } + [100, 200] }
        #expect(one.elements.sorted() == expected.sorted())
        #expect(other.elements.sorted() == expected.sorted())
    }

    @Test(arguments: RunMode.all)
    func broadcastVariableEitherWay(mode: RunMode) throws {
        let job = Job()
        let constant = job.elements([1, 2])
        let reading = job.elements([10]).iterate(maximum: 3) { rows in
            rows.map(broadcasting: constant) { $0 + $1.reduce(0, +) }
        }.collect()
        let mapped = job.elements([10]).iterate(maximum: 3) { rows in
            constant.map(broadcasting: rows) { $0 + $1.reduce(0, +) }
        }.collect()
        try job.run(mode)
        #expect(reading.elements == [19])
        var expected = [10]
        for _ in 0..<3 { expected = [1, 2].map { [rows = expected] in $0 + rows.reduce(0, +) } }
        #expect(mapped.elements.sorted() == expected.sorted())
    }

    @Test(arguments: RunMode.all)
    func bothSidesOfAJoinFromTheLoop(mode: RunMode) throws {
        let job = Job()
        let rows = job.elements(Array(0..<20)).iterate(maximum: 5) { rows in
            rows.keyBy { $0 % 10 }.join(rows.map { $0 + 1 }.keyBy { $0 % 10 }) { ($0 * 31 + $1) % 1_000 }.distinct()
        }.collect()
        let merged = job.elements(Array(0..<20)).iterate(maximum: 5) { rows in
            rows.keyBy { $0 % 10 }.join(rows.map { $0 + 1 }.keyBy { $0 % 10 }, hint: .sortMerge) {
                ($0 * 31 + $1) % 1_000
            }.distinct()
        }.collect()
        try job.run(mode)
        var expected = Set(0..<20)
        for _ in 0..<5 {
            expected = Set(
                expected.flatMap { a in expected.filter { ($0 + 1) % 10 == a % 10 }.map { (a * 31 + $0 + 1) % 1_000 } })
        }
        #expect(rows.elements.sorted() == expected.sorted())
        #expect(merged.elements.sorted() == expected.sorted())
    }
}
