import Gyre
import GyreOperators
import GyreTesting
import Testing

/// Operators on groups against the rules of `Operator`, with memory for a tenth of the rows too.
struct GroupOperatorsTests {
    private let rows = (0..<900).map { Pair(($0 * 7919) % 23, $0) }
    private let others = (0..<500).map { Pair(($0 * 31) % 41, "other \($0)") }

    @Test
    func reduceGroupAndFirstInGroup() throws {
        let job = Job()
        let groups = job.elements(rows).keyBy { $0.first }.sortGroup(by: { $0.second }, order: .descending)
        _ = groups.reduceGroup { key, rows in rows.reduce(key) { $0 &* 31 &+ $1.second } }
        let reduce = try Made.last(of: job)
        _ = groups.firstInGroup(3)
        let first = try Made.last(of: job)
        let sorted = (0..<23).map { key in (key, rows.filter { $0.first == key }.sorted { $0.second > $1.second }) }
        let reduced = sorted.map { key, rows in rows.reduce(key) { $0 &* 31 &+ $1.second } }
        for rounds in [nil, 2] {
            var check = ConformanceChecker(
                inputs: [.rows(rows)], expected: reduced, order: .sequence, rounds: rounds, make: reduce)
            check.memoryFloors = [nil, 8000]
            check.leastSpilledBytes = 5000
            #expect(try check.failures() == [])
            var firsts = ConformanceChecker(
                inputs: [.rows(rows)], expected: sorted.flatMap { $0.1.prefix(3) }, order: .sequence, rounds: rounds,
                make: first)
            firsts.memoryFloors = [nil, 8000]
            firsts.leastSpilledBytes = 5000
            #expect(try firsts.failures() == [])
        }
    }

    @Test
    func coGroup() throws {
        let job = Job()
        _ = job.elements(rows).keyBy { $0.first }.coGroup(job.elements(others).keyBy { $0.first }, of: String.self) {
            key, left, right, emitter in
            // One side read in part only, and at most one batch's worth emitted.
            let first = left.next().map { "\($0.second)" } ?? "none"
            emitter.emit("\(key) \(first) \(right.map(\.second).joined(separator: "+"))")
        }
        let expected = (0..<41).map { key in
            let first = rows.first { $0.first == key }.map { "\($0.second)" } ?? "none"
            return "\(key) \(first) \(others.filter { $0.first == key }.map(\.second).joined(separator: "+"))"
        }
        for rounds in [nil, 2] {
            var check = ConformanceChecker(
                inputs: [.rows(rows), .rows(others)], expected: expected, rounds: rounds, make: try Made.last(of: job))
            check.memoryFloors = [nil, 24_000]
            check.leastSpilledBytes = 5000
            check.batchSizes = [1, 7, 64, 1000]
            #expect(try check.failures() == [])
        }
    }
}
