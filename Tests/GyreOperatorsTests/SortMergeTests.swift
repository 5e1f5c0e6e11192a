import GyreColumns
import GyreOperators
import GyreTesting
import Testing

/// The pairs of a sort-merge join, against two nested loops.
struct SortMergeTests {
    typealias Row = Pair<String, Int>

    private func joined(
        _ left: [Row], _ right: [Row], kind: JoinKind, limit: Int, floor: Int?
    ) throws -> (pairs: [[Int?]], spilled: Int, read: Int) {
        var settings = HarnessSettings()
        settings.memoryFloor = floor
        settings.batchSize = limit
        let context = settings.context()
        let elements = ElementType.encodableRows(of: Row.self)
        let order = RowOrder(of: Row.self, by: { (row: Row) in row.first })
        let sorters = [RowSorter(elements, by: order, in: context), RowSorter(elements, by: order, in: context)]
        sorters[0].sibling = sorters[1]
        sorters[1].sibling = sorters[0]
        for (sorter, rows) in zip(sorters, [left, right]) {
            for start in stride(from: 0, to: rows.count, by: 50) {
                try sorter.add(RowBatch(rows[start..<min(rows.count, start + 50)]))
            }
        }
        try RowSorter.finish(sorters)
        let cursor = SortMergeCursor(
            sorters[0], sorters[1], kind: kind, rows: (elements, elements),
            order: JoinOrder(left: order, right: order, between: order.compare), in: context)
        var pairs: [[Int?]] = []
        while let block = try cursor.next(limit) {
            #expect(block.count <= limit)
            for index in 0..<block.count {
                pairs.append(
                    [block.lefts[index], block.rights[index]].map {
                        $0.map { $0.assumingMemoryBound(to: Row.self).pointee.second }
                    })
            }
        }
        return (pairs, settings.spill.spilledBytes, settings.spill.readBytes)
    }

    @Test(arguments: [1, 7, 1000], [nil, 60_000])
    func pairsOfEveryKind(limit: Int, floor: Int?) throws {
        var generator = SeededGenerator(seed: 23)
        // Few rows of most keys, many of one.
        func rows(_ count: Int) -> [Row] {
            (0..<count).map { Pair("the key \(generator.below(5) == 0 ? 0 : generator.below(300))", $0) }
        }
        let (left, right) = (rows(500), rows(400))
        let byKey = Dictionary(grouping: right, by: \.first)
        let inner: [[Int?]] = left.flatMap { row in (byKey[row.first] ?? []).map { [row.second, $0.second] } }
        let leftOnly: [[Int?]] = left.filter { byKey[$0.first] == nil }.map { [$0.second, nil] }
        let keys = Set(left.map(\.first))
        let rightOnly: [[Int?]] = right.filter { !keys.contains($0.first) }.map { [nil, $0.second] }
        for kind in JoinKind.allCases {
            let expected: [[Int?]] =
                switch kind {
                case .inner: inner
                case .leftOuter: inner + leftOnly
                case .rightOuter: inner + rightOnly
                case .fullOuter: inner + leftOnly + rightOnly
                case .semi: left.filter { byKey[$0.first] != nil }.map { [$0.second, nil] }
                case .anti: leftOnly
                }
            let found = try joined(left, right, kind: kind, limit: limit, floor: floor)
            #expect(tally(found.pairs) == tally(expected))
            #expect((found.spilled > 0) == (floor != nil))
        }
        for (left, right) in [(left, []), ([], right), ([], [])] {
            let found = try joined(left, right, kind: .fullOuter, limit: limit, floor: floor)
            #expect(found.pairs.count == left.count + right.count)
        }
    }

    /// One key with more rows than the memory holds, among others: in the order that is promised, and the right rows are
    /// read once a chunk of 64 left rows, not once a row.
    @Test(arguments: [1, 7, 64, 1000], [nil, 60_000])
    func oneHugeKey(limit: Int, floor: Int?) throws {
        func rows(_ count: Int) -> [Row] { (0..<count).map { Pair("the key \($0 % 10 == 0 ? $0 : 1)", $0) } }
        for (lefts, rights) in [(300, 900), (900, 300), (64, 900), (129, 500)] {
            let (left, right) = (rows(lefts), rows(rights))
            let found = try joined(left, right, kind: .inner, limit: limit, floor: floor)
            let huge = left.filter { $0.first == "the key 1" }
            let chunks = stride(from: 0, to: huge.count, by: 64).map { huge[$0..<min(huge.count, $0 + 64)] }
            let expected: [[Int?]] = chunks.flatMap { chunk in
                right.filter { $0.first == "the key 1" }.flatMap { row in chunk.map { [$0.second, row.second] } }
            }
            let ofHuge = found.pairs.filter { ($0[0] ?? 0) % 10 != 0 }
            #expect(ofHuge == expected, "\(lefts) and \(rights) rows, blocks of \(limit)")
            #expect(found.pairs.count == expected.count + (min(lefts, rights) + 9) / 10)
            // Some passes for sorting and merging, and one a chunk.
            if floor != nil { #expect(found.read < found.spilled * (4 + chunks.count), "\(lefts) and \(rights) rows") }
        }
    }

    private func tally(_ pairs: [[Int?]]) -> [[Int?]: Int] {
        pairs.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
}
