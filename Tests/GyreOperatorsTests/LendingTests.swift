import Gyre
import GyreColumns
import GyreOperators
import GyreTesting
import Testing

/// Who may overwrite whose rows.
struct LendingTests {
    /// Looks at what is lent to it and gives it back.
    private final class Reader: Output {
        private(set) var rows: [Int] = []
        private(set) var base: UnsafeMutableRawPointer?
        private(set) var hasHashes = false

        override func emit(_ batch: Batch, port: Int) {
            rows += batch.rows(of: Int.self).elements
            base = batch.base
            hasHashes = batch.hasHashes
        }
    }

    private struct Refused: Error {}

    /// In-place operators of the public methods, with what they make of 0 ..< 10.
    private func made() throws -> [(make: () -> Operator, expected: [Int])] {
        let job = Job()
        let source = job.elements([Int]())
        let summand = Int.random(in: 5...5)
        _ = source.map { $0 * 3 }
        let map = try Made.last(of: job)
        _ = source.map { $0 + summand }
        let capturing = try Made.last(of: job)
        _ = source.map(with: 7) { $0 * $1 }
        let parameters = try Made.last(of: job)
        _ = source.filter { $0 % 3 != 0 }
        let filter = try Made.last(of: job)
        return [
            (map, (0..<10).map { $0 * 3 }), (capturing, (0..<10).map { $0 + 5 }),
            (parameters, (0..<10).map { $0 * 7 }), (filter, (0..<10).filter { $0 % 3 != 0 }),
        ]
    }

    @Test
    func whatIsLentIsOverwritten() throws {
        for (make, expected) in try made() {
            let output = Reader()
            let subject = make()
            try subject.open(HarnessSettings().context())
            var batch: Batch = RowBatch(0..<10)
            _ = batch.hashColumn()
            batch.hasHashes = true
            let base = batch.base
            #expect(try subject.process(lent: &batch, port: 0, into: output) == .done)
            #expect(output.rows == expected)
            #expect(output.base == base, "a copy, although nobody else holds the batch")
            #expect(!output.hasHashes, "hashes of keys that are no more")
        }
    }

    @Test
    func whatOthersHoldIsNot() throws {
        for (make, expected) in try made() {
            let output = Reader()
            let subject = make()
            try subject.open(HarnessSettings().context())
            let held = RowBatch(0..<10)
            var lent: Batch = held
            _ = try subject.process(lent: &lent, port: 0, into: output)
            _ = try subject.process(held, port: 0, into: output)
            #expect(output.rows == expected + expected)
            #expect(output.base != held.base)
            #expect(Array(held.elements) == Array(0..<10))
        }
    }

    @Test
    func rowsOfOtherTypesAreNot() throws {
        let job = Job()
        _ = job.elements([String]()).map { $0 + "!" }
        let subject = try Made.last(of: job)()
        let held = RowBatch(["a", "b"])
        let harness = try OperatorHarness(subject)
        try harness.push(held)
        #expect(harness.output.rows() == ["a!", "b!"])
        #expect(Array(held.elements) == ["a", "b"])
    }

    /// Rows of an array come as they lie there, also after nobody else has it; what is lent of them is copied.
    @Test
    func rowsOfAnArrayAreBorrowed() throws {
        func source<Row: Sendable>(_ rows: [Row], _ settings: HarnessSettings) throws -> OperatorHarness {
            let job = Job()
            _ = job.elements(rows)
            return try OperatorHarness(try Made.last(of: job)(), settings)
        }
        let text = (0..<10).map { "a text that does not lie in the row, \($0)" }
        let harness = try source(text.map { $0 + "!" }, HarnessSettings())
        try harness.resume()
        #expect(harness.output.rows() == text.map { $0 + "!" })

        let numbers = Array(0..<10)
        let address = numbers.withUnsafeBufferPointer { UnsafeRawPointer($0.baseAddress) }
        let job = Job()
        _ = job.elements(numbers)
        let reader = Reader()
        let subject = try Made.last(of: job)()
        try subject.open(HarnessSettings().context())
        _ = try subject.resume(into: reader)
        #expect(reader.base.map { UnsafeRawPointer($0) } == address, "a copy")

        for (make, expected) in try made() {
            let output = Reader()
            let subject = make()
            try subject.open(HarnessSettings().context())
            var lent: Batch = BorrowedArray(numbers).batch(0..<10)
            _ = try subject.process(lent: &lent, port: 0, into: output)
            #expect(output.rows == expected)
            #expect(output.base.map { UnsafeRawPointer($0) } != address)
        }
        #expect(numbers == Array(0..<10))
    }

    /// A batch of borrowed rows is never filled again, although nobody else holds it.
    @Test
    func borrowedRowsAreNotReused() {
        let rows = BorrowedArray(["one text, which is long enough", "another text, which is long enough"])
        var batch = rows.batch(0..<2)
        let isOwned = Batch.isOwned(&batch)
        #expect(batch.owner === rows && !isOwned)
        RowBatch.reuse(&batch, capacity: 1)
        #expect(batch.owner == nil)
        #expect(batch.count == 0 && rows.elements[1] == "another text, which is long enough")
    }

    @Test
    func anErrorNamesTheRowAsItWas() throws {
        let job = Job()
        let bad = Int.random(in: 6...6)
        let source = job.elements([Int]())
        _ = source.map { row in
            if row == 6 { throw Refused() }
            return row * 100
        }
        let plain = try Made.last(of: job)
        _ = source.map { row in
            if row == bad { throw Refused() }
            return row * 100
        }
        let capturing = try Made.last(of: job)
        _ = source.filter { row in
            if row == 6 { throw Refused() }
            return row % 2 == 0
        }
        let filter = try Made.last(of: job)
        for make in [plain, capturing, filter] {
            let subject = make()
            var batch: Batch = RowBatch(0..<10)
            let error = #expect(throws: RecordError.self) {
                _ = try subject.process(lent: &batch, port: 0, into: Reader())
            }
            #expect(error?.record == "6")
            #expect(error?.underlying is Refused)
        }
    }

    /// Closures that are called and closures that are inlined take different ways out of the kernel.
    @Test
    func capturingMakesNoDifference() throws {
        struct Wide: Equatable, Sendable {
            var first: Int
            var second: Float
            var third: Bool
            var name: String
        }
        let factor = Int.random(in: 3...3)
        let job = Job()
        let source = job.elements(Array(0..<1000))
        let called = source.map { Wide(first: $0 * factor, second: Float($0), third: $0 % 2 == 0, name: "\($0)") }
            .collect()
        let inlined = source.map { Wide(first: $0 * 3, second: Float($0), third: $0 % 2 == 0, name: "\($0)") }.collect()
        let given = source.map(with: factor) {
            Wide(first: $0 * $1, second: Float($0), third: $0 % 2 == 0, name: "\($0)")
        }.collect()
        try job.run(JobConfiguration(parallelism: 1, batchSize: 64))
        #expect(called.elements.count == 1000)
        #expect(called.elements == inlined.elements)
        #expect(called.elements == given.elements)
    }

    @Test(arguments: [(800, 100), (1, 64), (Int.max, 150)])
    func sourcesSizeBatchesByBytes(bytes: Int, rows: Int) throws {
        let job = Job()
        _ = job.generate(count: 150) { $0 }
        var settings = HarnessSettings()
        settings.batchSize = 1000
        settings.batchBytes = bytes
        let harness = try OperatorHarness(try Made.last(of: job)(), settings)
        try harness.resume()
        #expect(harness.output.rows() == Array(0..<rows))
    }
}
