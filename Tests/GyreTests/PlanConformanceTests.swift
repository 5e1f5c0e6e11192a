import Gyre
import GyreTesting
import Testing

/// No node but those behind `global` runs as one instance.
struct PlanConformanceTests {
    @Test func everyOperatorSpansAllWorkers() throws {
        let job = Job("everything")
        let numbers = job.elements(Array(0..<10))
        let others = job.generate(count: 10) { $0 }
        let keyed = numbers.map { $0 + 1 }.filter { $0 > 2 }.flatMap { [$0, $0] }.union(others).keyBy { $0 }
        _ = keyed.reduce { $0 + $1 }.distinct().rebalance().rescale().broadcast().collect()
        _ = keyed.fold(0) { $0 += $1 }.collect()
        _ = keyed.count().collect()
        _ = keyed.join(others.keyBy { $0 }) { $0 + $1 }.partitionByRange { $0 }.collect()
        _ = keyed.join(others.keyBy { $0 }, hint: .broadcastRight) { $0 + $1 }.collect()
        _ = keyed.join(others.keyBy { $0 }, hint: .sortMerge) { $0 + $1 }.collect()
        _ = numbers.map(broadcasting: others) { $0 + $1.count }.partition(name: "odd") { UInt64($0 & 1) }.collect()
        _ = numbers.iterate(maximum: 3) { $0.map { $0 + 1 } }.collect()
        _ = numbers.keyBy { $0 }.iterate(workset: others, maximum: 3) { solution, work in
            let changed = work.keyBy { $0 }.lookUp(in: solution) { row, _ in row }
            return (changed, changed)
        }.collect()
        _ = numbers.count().map { $0 * 2 }.collect()
        #expect(PlanConformance.lonelyNodes(in: try job.plan()).map(\.name) == [])
        // The instances are there at run time too.
        let instances = numbers.mapPartition { context in Instances(count: context.instances) }.collect()
        try job.run(JobConfiguration(parallelism: 3))
        #expect(instances.elements == [3, 3, 3])
    }

    @Test func aNodeThatIsAloneWithoutGlobalIsFound() throws {
        let job = Job("alone")
        let source = job.elements([1])
        let alone = job.builder.add(
            PlanBuilder.NodeDefinition(
                kind: "alone", parallelism: .fixed(1), inputs: [.init(source.output, .rebalance)], outputs: [],
                implementation: OperatorFactory(emission: .oneBatch) { UnionOperator() }))
        #expect(PlanConformance.lonelyNodes(in: try job.plan()).map(\.id) == [alone])
    }
}

private struct Instances: PartitionFunction {
    let count: Int
    mutating func process(_ row: Int, into emitter: inout Emitter<Int>) {}
    mutating func finish(into emitter: inout Emitter<Int>) { emitter.emit(count) }
}
