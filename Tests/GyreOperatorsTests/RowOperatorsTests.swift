import Gyre
import GyreColumns
import GyreOperators
import GyreTesting
import Testing

/// The factories of a plan's nodes, so that operators are tested with the kernels that the public API makes.
enum Made {
    /// The operator of the last node.
    static func last(of job: Job) throws -> () -> Operator {
        let node = try #require(try job.plan().nodes.last)
        let factory = try #require(node.implementation as? OperatorFactory)
        return { factory.make() }
    }

    /// The operator of the node of a kind.
    static func node(_ kind: String, of job: Job) throws -> () -> Operator {
        let node = try #require(try job.plan().nodes.last { $0.description.kind == kind })
        let factory = try #require(node.implementation as? OperatorFactory)
        return { factory.make() }
    }
}

/// Operators on rows against the rules of `Operator`.
struct RowOperatorsTests {
    private let numbers = Array(0..<150)

    @Test
    func mapFilterAndParameters() throws {
        let job = Job()
        let source = job.elements(numbers)
        _ = source.map { $0 * 2 }
        let map = try Made.last(of: job)
        _ = source.filter { $0 % 3 == 0 }
        let filter = try Made.last(of: job)
        _ = source.compactMap { $0 % 5 == 0 ? "\($0)" : nil }
        let compactMap = try Made.last(of: job)
        _ = source.map(with: 10) { $0 + $1 }
        let parameters = try Made.last(of: job)
        for rounds in [nil, 3] {
            #expect(try checker(map, numbers.map { $0 * 2 }, rounds).failures() == [])
            #expect(try checker(filter, numbers.filter { $0 % 3 == 0 }, rounds).failures() == [])
            #expect(try checker(compactMap, numbers.filter { $0 % 5 == 0 }.map { "\($0)" }, rounds).failures() == [])
            #expect(try checker(parameters, numbers.map { $0 + 10 }, rounds).failures() == [])
        }
    }

    @Test
    func flatMapYieldsWhereItHasNoRoom() throws {
        let job = Job()
        _ = job.elements(numbers).flatMap { row in (0..<(row % 7)).map { row * 10 + $0 } }
        let expected = numbers.flatMap { row in (0..<(row % 7)).map { row * 10 + $0 } }
        let make = try Made.last(of: job)
        for rounds in [nil, 3] { #expect(try checker(make, expected, rounds).failures() == []) }
        // One row of many: never more than there is room for.
        _ = job.elements([1]).flatMap { _ in 0..<10_000 }
        var settings = HarnessSettings()
        settings.room = 1
        let harness = try OperatorHarness(try Made.last(of: job)(), settings)
        try harness.push(rows: [1])
        #expect(harness.output.rows() == Array(0..<10_000))
        #expect(harness.output.overshoot == 0)
    }

    @Test
    func foldAndMerge() throws {
        let job = Job()
        _ = job.elements(numbers).fold("", update: { $0 += "\($1)," }, merge: { $0 += $1 })
        let text = numbers.map { "\($0)," }.joined()
        let fold = try Made.node("fold", of: job)
        for rounds in [nil, 3] {
            let parts = ConformanceChecker(
                inputs: [.rows(numbers)], expected: [text], expectedOfNothing: [""], rounds: rounds,
                make: { PartValue(fold()) })
            #expect(try parts.failures() == [])
            let shuffled = [3, 0, 2, 1].map { FoldPart(instance: $0, value: "\($0)") }
            let merge = ConformanceChecker(
                inputs: [.rows(shuffled)], expected: ["0123"], expectedOfNothing: [""], rounds: rounds,
                make: try Made.node("mergeFold", of: job))
            #expect(try merge.failures() == [])
        }
    }

    @Test
    func unionOfThree() throws {
        let job = Job()
        let source = job.elements(numbers)
        _ = source.union(source, source)
        let inputs = [PortInput.rows(numbers), .rows([-1, -2]), .rows([Int]())]
        for rounds in [nil, 2] {
            let union = ConformanceChecker(
                inputs: inputs, expected: numbers + [-1, -2], rounds: rounds, make: try Made.last(of: job))
            #expect(try union.failures() == [])
        }
    }

    struct RunningSum: CheckpointedFunction {
        var sum = 0
        mutating func process(_ row: Int, into emitter: inout Emitter<Int>) {
            sum += row
            emitter.emit(sum)
            if row % 10 == 0 { for index in 0..<20 { emitter.emit(-index) } }
        }
        mutating func finish(into emitter: inout Emitter<Int>) { emitter.emit(sum * 1_000) }
        func snapshot(into writer: inout ByteWriter) { writer.write(Int64(sum)) }
        mutating func restore(from reader: inout ByteReader) throws { sum = Int(try reader.read(Int64.self)) }
    }

    struct Forgetful: PartitionFunction {
        var sum = 0
        mutating func process(_ row: Int, into emitter: inout Emitter<Int>) { sum += row }
    }

    @Test
    func mapPartition() throws {
        let job = Job()
        _ = job.elements(numbers).mapPartition { _ in RunningSum() }
        var sum = 0
        var expected: [Int] = []
        for row in numbers {
            sum += row
            expected.append(sum)
            if row % 10 == 0 { expected += (0..<20).map { -$0 } }
        }
        expected.append(sum * 1_000)
        for rounds in [nil, 3] {
            var check = checker(try Made.last(of: job), expected, rounds)
            check.expectedOfNothing = [0]
            #expect(try check.failures() == [])
        }
        // State that cannot be written is refused, not forgotten.
        _ = job.elements(numbers).mapPartition { _ in Forgetful() }
        let harness = try OperatorHarness(try Made.last(of: job)())
        #expect(throws: CodecError.self) { try harness.snapshot() }
    }

    @Test
    func generator() throws {
        let job = Job()
        _ = job.elements(numbers)
        var check = checker(try Made.last(of: job), numbers, nil)
        check.isSource = true
        #expect(try check.failures() == [])
    }

    @Test(arguments: [1, 2, 3, 7])
    func generatorSharesEveryRow(instances: Int) throws {
        let job = Job()
        _ = job.generate(count: 100) { $0 }
        var rows: [Int] = []
        for instance in 0..<instances {
            var settings = HarnessSettings()
            settings.instance = instance
            settings.instances = instances
            let harness = try OperatorHarness(try Made.last(of: job)(), settings)
            while try harness.resume() != .done {}
            rows += harness.output.rows()
        }
        #expect(rows == Array(0..<100))
    }

    private func checker<Row>(
        _ make: @escaping () -> Operator, _ expected: [Row], _ rounds: Int?
    ) -> ConformanceChecker<Row> {
        ConformanceChecker(inputs: [.rows(numbers)], expected: expected, order: .sequence, rounds: rounds, make: make)
    }
}

/// Takes the value out of what a fold emits.
private final class PartValue: Operator {
    private let fold: Operator
    init(_ fold: Operator) {
        self.fold = fold
        super.init()
    }
    override func open(_ context: OperatorContext) throws { try fold.open(context) }
    override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        try fold.process(batch, port: port, into: Values(output))
    }
    override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        try fold.advance(to: frontier, into: Values(output))
    }
    override func snapshot(into writer: inout ByteWriter) throws { try fold.snapshot(into: &writer) }
    override func restore(from reader: inout ByteReader) throws { try fold.restore(from: &reader) }

    final class Values: Output {
        private let next: Output
        init(_ next: Output) {
            self.next = next
            super.init()
        }
        override func emit(_ batch: Batch, port: Int) throws {
            try next.emit(RowBatch(batch.rows(of: FoldPart<String>.self).elements.map(\.value)), port: port)
        }
        override var hasRoom: Bool { next.hasRoom }
    }
}
