import GyreColumns
import GyreTesting
import Testing

/// The inner loop of every exchange.
struct ScatterTests {
    @Test(arguments: UInt64(1)...20)
    func everyRowArrivesOnceAndInOrder(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let targets = 1 + generator.below(5)
        let capacity = 1 + generator.below(9)
        let rows = (0..<generator.below(200)).map { "row \($0), long enough to be counted by reference" }
        let targetOfRow = rows.map { _ in UInt32(generator.below(targets)) }
        let hashes = rows.indices.map { UInt64($0) * 3 }
        let withHashes = seed % 2 == 0
        let elements = ElementType.rows(of: String.self)
        let source = RowBatch(rows)
        var batches: [Batch] = (0..<targets).map { _ in elements.makeBatch(capacity) }
        var received: [[String]] = Array(repeating: [], count: targets)
        var receivedHashes: [[UInt64]] = Array(repeating: [], count: targets)

        func take(_ target: Int) {
            let batch = batches[target]
            received[target] += Array(batch.rows(of: String.self).elements)
            #expect((batch.hashes != nil) == (withHashes && !rows.isEmpty))
            if let column = batch.hashes { receivedHashes[target] += (0..<batch.count).map { column[$0] } }
            batches[target] = elements.makeBatch(capacity)
        }

        var next = 0
        var full: Int?
        repeat {
            let result = targetOfRow.withUnsafeBufferPointer { targetsOfRows in
                hashes.withUnsafeBufferPointer { hashes in
                    batches.withUnsafeMutableBufferPointer { batches in
                        elements.scatter(
                            source, next,
                            ScatterTargets(
                                targetOfRow: targetsOfRows.baseAddress!, batches: batches.baseAddress!, count: targets,
                                hashes: withHashes ? hashes.baseAddress : nil))
                    }
                }
            }
            #expect(result.next >= next)
            next = result.next
            full = result.fullTarget
            if let full { take(full) }
        } while full != nil
        #expect(next == rows.count)
        for target in 0..<targets where batches[target].count > 0 { take(target) }
        for target in 0..<targets {
            let expected = rows.indices.filter { targetOfRow[$0] == target }
            #expect(received[target] == expected.map { rows[$0] }, "seed \(seed)")
            if withHashes { #expect(receivedHashes[target] == expected.map { hashes[$0] }, "seed \(seed)") }
        }
    }

    @Test
    func appendCopiesARange() {
        let elements = ElementType.rows(of: String.self)
        let target = elements.makeBatch(4)
        elements.append(RowBatch(["a", "b", "c"]), 1..<3, target)
        elements.append(RowBatch(["d"]), 0..<1, target)
        #expect(Array(target.rows(of: String.self).elements) == ["b", "c", "d"])
    }

    @Test
    func batchesAreReusedOnlyByTheirOnlyOwner() {
        var batch = RowBatch(["a", "b"])
        let first = ObjectIdentifier(batch)
        RowBatch.reuse(&batch, capacity: 1)
        #expect(ObjectIdentifier(batch) == first && batch.count == 0)
        batch.append("c")
        let shared = batch
        RowBatch.reuse(&batch, capacity: 1)
        #expect(batch !== shared && Array(shared.elements) == ["c"])
        RowBatch.reuse(&batch, capacity: 100)
        #expect(batch.capacity >= 100)
    }
}
