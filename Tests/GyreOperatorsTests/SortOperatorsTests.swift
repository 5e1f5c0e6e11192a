import Gyre
import GyreOperators
import GyreTesting
import Testing

/// Sorting and dealing by ranges against the rules of `Operator`, with memory for a tenth of the rows too.
struct SortOperatorsTests {
    /// Many equal keys, so that stability shows.
    private let rows: [Pair<Int, Int>] = {
        var generator = SeededGenerator(seed: 11)
        return (0..<1200).map { Pair(generator.below(90) - 45, $0) }
    }()

    private func sorted<Row>(_ rows: [Row], _ isBefore: (Row, Row) -> Bool) -> [Row] {
        rows.enumerated().sorted {
            isBefore($0.element, $1.element) || (!isBefore($1.element, $0.element) && $0.offset < $1.offset)
        }.map(\.element)
    }

    @Test
    func sortPartition() throws {
        let job = Job()
        _ = job.elements(rows).sortPartition(by: { $0.first })
        let expected = sorted(rows) { $0.first < $1.first }
        for rounds in [nil, 2] {
            var check = ConformanceChecker(
                inputs: [.rows(rows)], expected: expected, order: .sequence, rounds: rounds,
                make: try Made.last(of: job))
            check.memoryFloors = [nil, 8000]
            check.leastSpilledBytes = 10_000
            #expect(try check.failures() == [])
        }
    }

    @Test
    func sortPartitionOfTexts() throws {
        // Common prefixes longer than those that are sorted by.
        let texts = rows.map { Pair("customer number \($0.first)", $0.second) }
        let job = Job()
        _ = job.elements(texts).sortPartition(by: { $0.first }, order: .descending)
        var check = ConformanceChecker(
            inputs: [.rows(texts)], expected: sorted(texts) { $0.first > $1.first }, order: .sequence,
            make: try Made.last(of: job))
        check.memoryFloors = [nil, 20_000]
        check.leastSpilledBytes = 10_000
        check.batchSizes = [1, 64, 1000]
        #expect(try check.failures() == [])
    }

    /// Equal rows go by sender, then by arrival, whenever they came.
    @Test(arguments: [nil, 8000])
    func sendersAreInOrder(floor: Int?) throws {
        let job = Job()
        _ = job.elements(rows).sortPartition(by: { $0.first })
        var settings = HarnessSettings()
        settings.memoryFloor = floor
        let harness = try OperatorHarness(try Made.last(of: job)(), settings)
        var generator = SeededGenerator(seed: 3)
        var next = [0, 400, 800]
        let ends = [400, 800, 1200]
        while let sender = [0, 1, 2].filter({ next[$0] < ends[$0] }).randomElement(using: &generator) {
            let end = min(ends[sender], next[sender] + 1 + generator.below(90))
            let batch = RowBatch(rows[next[sender]..<end])
            batch.sender = Int32(sender)
            next[sender] = end
            try harness.push(batch)
            if generator.below(8) == 0 {
                try harness.replace(by: try Made.last(of: job)(), restoring: harness.snapshot())
            }
        }
        try harness.end()
        #expect(harness.output.rows() == sorted(rows) { $0.first < $1.first })
        #expect((settings.spill.spilledBytes > 0) == (floor != nil))
    }

    @Test
    func whatDoesNotFitTheSpillAreaIsAnError() throws {
        let job = Job()
        _ = job.elements(rows).sortPartition(by: { $0.first })
        var settings = HarnessSettings()
        settings.memoryFloor = 8000
        settings.spill.capacity = 9000
        let harness = try OperatorHarness(try Made.last(of: job)(), settings)
        #expect(throws: SpillError.cannotWrite(folder: "memory", reason: "the area is full")) {
            try harness.push(rows: rows)
            try harness.end()
        }
        // A single row does not fit: said so, not spilled in vain.
        settings.memoryFloor = 40
        settings.spill.capacity = .max
        let tiny = try OperatorHarness(try Made.last(of: job)(), settings)
        #expect(throws: MemoryError.self) { try tiny.push(rows: rows) }
    }

    @Test
    func aKeyThatThrowsNamesTheRow() throws {
        struct NoKey: Error {}
        let job = Job()
        _ = job.elements(rows).sortPartition(by: { row -> Int in
            if row.second == 77 { throw NoKey() }
            return row.first
        })
        let harness = try OperatorHarness(try Made.last(of: job)())
        do {
            try harness.push(rows: rows)
            Issue.record("no error")
        } catch let error as RecordError {
            #expect(error.underlying is NoKey && error.record.contains("77"))
        }
    }

    @Test
    func sampleAndDam() throws {
        let job = Job()
        _ = job.elements(rows).sorted(by: { $0.first })
        for rounds in [nil, 2] {
            let sample = ConformanceChecker(
                inputs: [.rows(rows)], expected: rows, order: .sequence, rounds: rounds,
                make: try Made.node("sampleRange", of: job))
            #expect(try sample.failures() == [])
            // One instance deals nothing; the cuts are of no use then.
            let dam = ConformanceChecker(
                inputs: [.rows(rows), .rows([Pair<Int, Int>]())], expected: rows, order: .any, rounds: rounds,
                make: try Made.node("dealRange", of: job))
            #expect(try dam.failures() == [])
        }
    }

    /// Every row once, to the receiver of its range, in order of arrival, with memory for a tenth too.
    @Test(arguments: [nil, 3000])
    func damDealsByCuts(floor: Int?) throws {
        let job = Job()
        _ = job.elements(rows).sorted(by: { $0.first })
        for (batchSize, instances) in [(1, 2), (7, 3), (64, 7), (1000, 2)] {
            let cuts = try cuts(of: job, rows)
            var settings = HarnessSettings()
            settings.ports = 2
            settings.instance = 1
            settings.instances = instances
            settings.batchSize = batchSize
            settings.room = 1
            settings.memoryFloor = floor
            let make = try Made.node("dealRange", of: job)
            let harness = try OperatorHarness(make(), settings)
            try harness.push(cuts, port: 1)
            for start in stride(from: 0, to: rows.count, by: batchSize) {
                try harness.push(rows: Array(rows[start..<min(rows.count, start + batchSize)]))
                if start % 100 < batchSize { try harness.replace(by: make(), restoring: harness.snapshot()) }
            }
            try harness.end()
            var received: [[Pair<Int, Int>]] = Array(repeating: [], count: instances)
            for batch in harness.output.batches[0] ?? [] {
                #expect(batch.sender == 1 && batch.count <= batchSize)
                received[Int(batch.receiver)] += batch.rows(of: Pair<Int, Int>.self).elements
            }
            #expect(received.flatMap { $0 }.sorted { $0.second < $1.second } == rows)
            for part in received { #expect(part == part.sorted { $0.second < $1.second }) }
            for (one, next) in zip(received, received.dropFirst()) {
                if let greatest = one.map(\.first).max(), let least = next.map(\.first).min() {
                    #expect(greatest <= least)
                }
            }
            #expect(harness.output.overshoot == 0)
            if floor != nil { #expect(settings.spill.spilledBytes > 10_000) }
        }
    }

    /// The cuts of rows that one instance, number 1, has.
    private func cuts(of job: Job, _ rows: [Pair<Int, Int>]) throws -> Batch {
        var settings = HarnessSettings()
        settings.instance = 1
        let sample = try OperatorHarness(try Made.node("sampleRange", of: job)(), settings)
        try sample.push(rows: rows)
        try sample.end()
        let make = try Made.node("cutRange", of: job)
        let cut = try OperatorHarness(make())
        for batch in sample.output.batches[1] ?? [] { try cut.push(batch) }
        try cut.replace(by: make(), restoring: cut.snapshot())
        try cut.end()
        return try #require(cut.output.batches[0]?.first)
    }
}
