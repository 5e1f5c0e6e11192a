import GyreColumns
import GyreOperators
import GyreTesting
import Testing

private struct Named: Codable, Hashable, Sendable {
    var name: String
    var number: Int?
}

/// Rows that are written to a spill area come back as they were.
struct SpillRunTests {
    private func roundTrip<Row: Codable & Hashable & Sendable>(
        _ rows: [Row], batchSize: Int, frameBytes: Int, hashes: Bool
    ) throws -> ([Row], [UInt64], Int) {
        let elements = ElementType.encodableRows(of: Row.self)
        var writer = try SpillWriter(to: try MemorySpillArea().makeFile(), elements, frameBytes: frameBytes)
        for start in stride(from: 0, to: rows.count, by: batchSize) {
            let batch = RowBatch(rows[start..<min(rows.count, start + batchSize)])
            if hashes {
                for index in 0..<batch.count { batch.hashColumn()[index] = UInt64(start + index) }
                batch.hasHashes = true
            }
            try writer.append(batch)
        }
        let run = try writer.finish()
        #expect(run.count == rows.count)
        var reader = try SpillReader(run)
        var back: [Row] = []
        var column: [UInt64] = []
        var largest = 0
        while let batch = try reader.next() {
            back += batch.rows(of: Row.self).elements
            if let hashes = batch.hashes { column += (0..<batch.count).map { hashes[$0] } }
            largest = max(largest, batch.count)
        }
        return (back, column, largest)
    }

    @Test(arguments: [1, 7, 1000], [64, 4096])
    func trivialAndEncodedRowsAndTheirHashes(batchSize: Int, frameBytes: Int) throws {
        let numbers = Array(0..<1500)
        let (back, hashes, largest) = try roundTrip(numbers, batchSize: batchSize, frameBytes: frameBytes, hashes: true)
        #expect(back == numbers && hashes == numbers.map { UInt64($0) })
        #expect(largest <= max(1, frameBytes / 8) + batchSize)
        let named = (0..<700).map {
            Named(name: String(repeating: "x", count: $0 % 40), number: $0 % 3 == 0 ? nil : $0)
        }
        let (names, none, _) = try roundTrip(named, batchSize: batchSize, frameBytes: frameBytes, hashes: false)
        #expect(names == named && none.isEmpty)
    }

    @Test
    func rowsThatCannotBeWrittenSaySo() {
        final class Reference: Sendable {}
        #expect(throws: CodecError.self) {
            try SpillWriter(to: try MemorySpillArea().makeFile(), .rows(of: Reference.self))
        }
    }

    @Test
    func aFullAreaSaysSo() throws {
        let area = MemorySpillArea()
        area.capacity = 100
        var writer = try SpillWriter(to: try area.makeFile(), .rows(of: Int.self), frameBytes: 64)
        #expect(throws: SpillError.cannotWrite(folder: "memory", reason: "the area is full")) {
            for _ in 0..<100 { try writer.append(RowBatch([1, 2, 3, 4, 5, 6, 7, 8])) }
        }
    }

    @Test
    func estimatesCountWhatRowsOwn() {
        let numbers = RowBatch([1, 2, 3])
        #expect(ElementType.rows(of: Int.self).estimatedBytes(of: numbers) == 24)
        let texts = RowBatch([String(repeating: "a", count: 1000), String(repeating: "b", count: 3000)])
        let estimate = ElementType.rows(of: String.self).estimatedBytes(of: texts)
        #expect(estimate >= 4000 && estimate <= 10_000)
    }
}
