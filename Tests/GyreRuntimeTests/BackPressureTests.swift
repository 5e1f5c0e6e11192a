import Foundation
import Gyre
import GyreOperators
import GyrePlan
import GyreRuntime
import GyreTesting
import Testing

/// A sink that never takes anything holds its producers back, wherever it stands.
struct BackPressureTests {
    private final class Refusing: Operator {
        override func accepts(port: Int) -> Bool { false }
    }

    enum Way: String, CaseIterable, Sendable { case chained, flatMapped, rebalanced, keyed, joined }

    private static let rows = 100_000_000

    /// A generator of 10⁸ rows, and the sink behind it.
    private func plan(_ way: Way, _ made: Counter) throws -> Plan {
        let builder = PlanBuilder(name: "refused")
        let numbers = ElementType.encodableRows(of: Int.self)
        func source(_ name: String, count: Int) -> NodeID {
            builder.add(
                PlanBuilder.NodeDefinition(
                    kind: "generate", name: name, inputs: [], outputs: [numbers],
                    implementation: OperatorFactory(emission: .oneBatch, isSource: true) {
                        GeneratorSource(count: count, elements: numbers) { start, count, output in
                            let out = output.assumingMemoryBound(to: Int.self)
                            made.add(count)
                            for index in 0..<count { (out + index).initialize(to: start + index) }
                        }
                    }))
        }
        let router = RowRouter { batch, hashes in
            let rows = batch.rows(of: Int.self)
            for index in 0..<rows.count { hashes[index] = rows.rows[index].keyHash }
        }
        var output = OutputID(node: source("numbers", count: way == .flatMapped ? 1_000 : Self.rows))
        if way == .flatMapped {
            let expanded = builder.add(
                PlanBuilder.NodeDefinition(
                    kind: "flatMap", inputs: [.init(output)], outputs: [numbers],
                    implementation: OperatorFactory(emission: .unbounded) {
                        FlatMapOperator<Int, Int, Int> { _, count, cursor, out, capacity in
                            made.add(capacity)
                            for index in 0..<capacity { (out + index).initialize(to: index) }
                            if cursor.rest == nil { cursor.rest = 0 }
                            return capacity
                        }
                    }))
            output = OutputID(node: expanded)
        }
        let input: PlanBuilder.Input =
            switch way {
            case .chained, .flatMapped: .init(output)
            case .rebalanced, .joined: .init(output, .rebalance)
            case .keyed: .init(output, .hash(key: "row"), router: router)
            }
        // A join that refuses its probe side while its build side is stuck as well.
        let inputs =
            way == .joined ? [input, .init(OutputID(node: source("build", count: Self.rows)), .rebalance)] : [input]
        _ = builder.add(
            PlanBuilder.NodeDefinition(
                kind: "refuse", inputs: inputs, outputs: [],
                implementation: OperatorFactory(emission: .oneBatch) { Refusing() }))
        return try builder.build()
    }

    @Test(arguments: Way.allCases, [1, 2, 3, 7])
    func memoryStaysFlat(way: Way, parallelism: Int) throws {
        let made = Counter()
        let configuration = JobConfiguration(parallelism: parallelism, batchSize: 100, channelCapacity: 4)
        let execution = try JobExecution(try plan(way, made), configuration: configuration)
        #expect(throws: JobError.stuck) { try SeededScheduler(seed: UInt64(parallelism)).run(execution) }
        // What fits in all channels, what is being filled, and a few batches at hand.
        let channels = parallelism * parallelism * 2
        // In a chain the source itself is never asked.
        #expect(
            (made.value == 0) == (way == .chained) && made.value <= channels * 100 * (4 + 2) + 10 * parallelism * 100,
            "\(made.value) rows")
    }

    @Test(arguments: Way.allCases, [1, 2, 3, 7])
    func cancelReturns(way: Way, parallelism: Int) throws {
        let made = Counter()
        let configuration = JobConfiguration(parallelism: parallelism, batchSize: 100, channelCapacity: 4)
        let execution = try JobExecution(try plan(way, made), configuration: configuration)
        Thread.detachNewThread {
            while made.value < (way == .chained ? 0 : 100) { sched_yield() }
            execution.cancel()
        }
        #expect(throws: JobError.cancelled) { _ = try Limit.within { try execution.run() } }
        #expect(made.value < 1_000_000)
    }

    @Test
    func cancelInTheMiddleOfALoop() throws {
        let job = Job()
        _ = job.elements([1, 2, 3]).iterate(maximum: .max) { $0.keyBy { $0 }.reduce(max).map { $0 + 1 } }.collect()
        let rounds = Counter()
        let configuration = JobConfiguration(parallelism: 3, onProgress: { _ in rounds.add() })
        let execution = try job.prepare(configuration)
        Thread.detachNewThread {
            while rounds.value < 10 { sched_yield() }
            execution.cancel()
        }
        #expect(throws: JobError.cancelled) { _ = try Limit.within { try execution.run() } }
    }

    @Test
    func cancelledBeforeItRuns() throws {
        let job = Job()
        _ = job.elements([1]).collect()
        let execution = try job.prepare(JobConfiguration(parallelism: 2))
        execution.cancel()
        #expect(throws: JobError.cancelled) { try execution.run() }
    }
}
