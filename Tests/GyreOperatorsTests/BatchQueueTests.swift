import GyreColumns
import GyreOperators
import GyreTesting
import Testing

/// Batches in order, whatever is in memory and whatever on disk.
struct BatchQueueTests {
    private let elements = ElementType.encodableRows(of: Int.self)

    private func queue(floor: Int?, _ area: MemorySpillArea) -> (queue: BatchQueue, memory: MemoryGrant) {
        var settings = HarnessSettings()
        settings.memoryFloor = floor
        settings.spill = area
        let memory = settings.context().memory
        return (BatchQueue(elements, memory: memory, spill: area), memory)
    }

    private func batch(_ rows: Range<Int>, room: Int, hashes: Bool) -> Batch {
        let batch = RowBatch<Int>(capacity: room)
        for row in rows {
            if hashes { batch.hashColumn()[batch.count] = row.keyHash }
            batch.append(row)
        }
        batch.hasHashes = hashes && !rows.isEmpty
        return batch
    }

    private func rows(_ batch: Batch) -> [Int] {
        let rows = Array(batch.rows(of: Int.self).elements)
        if let hashes = batch.hashes {
            for (index, row) in rows.enumerated() { #expect(hashes[index] == row.keyHash) }
        }
        return rows
    }

    /// Random additions and removals, and memory that is wanted back in between, against an array.
    @Test(arguments: [nil, 0, 700, 5_000, 100_000] as [Int?])
    func firstInFirstOut(floor: Int?) throws {
        for seed in UInt64(1)...30 {
            var generator = SeededGenerator(seed: seed)
            let area = MemorySpillArea()
            let (queue, memory) = queue(floor: floor, area)
            var (added, taken) = (0, 0)
            for _ in 0..<200 {
                switch generator.below(8) {
                case 0...3:
                    let count = generator.below(60)
                    try queue.append(
                        batch(
                            added..<(added + count), room: max(1, count + generator.below(100)),
                            hashes: generator.below(2) == 0))
                    added += count
                case 4...6:
                    guard let batch = try queue.popFirst() else { continue }
                    #expect(rows(batch) == Array(taken..<(taken + batch.count)), "seed \(seed)")
                    taken += batch.count
                default:
                    if generator.below(4) == 0 { _ = try queue.spillAll() }
                }
                #expect(queue.rowCount == added - taken, "seed \(seed)")
                #expect(memory.held == queue.heldBytes && memory.held <= floor ?? .max, "seed \(seed)")
            }
            while let batch = try queue.popFirst() {
                #expect(rows(batch) == Array(taken..<(taken + batch.count)), "seed \(seed)")
                taken += batch.count
            }
            #expect(taken == added && queue.isEmpty && memory.held == 0, "seed \(seed)")
            if floor == 700 { #expect(area.spilledBytes > 0) }
        }
    }

    /// A reader takes nothing away; a snapshot holds what has not been taken, in order.
    @Test(arguments: [nil, 700] as [Int?])
    func isReadAgainAndRestored(floor: Int?) throws {
        let area = MemorySpillArea()
        let (original, _) = queue(floor: floor, area)
        for start in stride(from: 0, to: 1_000, by: 10) {
            try original.append(batch(start..<(start + 10), room: start % 3 == 0 ? 64 : 10, hashes: false))
        }
        for _ in 0..<3 {
            var reader = BatchQueue.Reader()
            var read: [Int] = []
            while let batch = try original.next(&reader) { read += rows(batch) }
            #expect(read == Array(0..<1_000))
        }
        #expect((area.spilledBytes > 0) == (floor != nil))
        // Far enough to stand in the middle of what is on disk.
        var taken = 0
        while taken < 700 { taken += try #require(try original.popFirst()).count }
        var writer = ByteWriter()
        try original.snapshot(into: &writer)
        let (restored, _) = queue(floor: floor, area)
        var reader = ByteReader(writer.bytes)
        try restored.restore(from: &reader)
        #expect(reader.isAtEnd)
        for queue in [original, restored] {
            var rest: [Int] = []
            while let batch = try queue.popFirst() { rest += rows(batch) }
            #expect(rest == Array(taken..<1_000))
        }
    }

    /// Rows without a codec stay in memory, and are refused before they pass the budget.
    @Test
    func rowsThatCannotSpillAreRequired() throws {
        final class Opaque: Sendable {}
        var settings = HarnessSettings()
        settings.memoryFloor = 500
        let memory = settings.context().memory
        let queue = BatchQueue(.rows(of: Opaque.self), memory: memory, spill: settings.spill)
        try queue.append(RowBatch([Opaque()]))
        #expect(throws: MemoryError.self) { for _ in 0..<100 { try queue.append(RowBatch([Opaque()])) } }
        #expect(memory.held <= 500 && settings.spill.spilledBytes == 0)
        #expect(try !queue.spillAll())
    }
}
