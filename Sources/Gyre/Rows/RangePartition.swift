public import GyreColumns
public import GyreOperators
public import GyrePlan

extension DataStream where Element: Codable {
    /// Deals the rows by ranges of a key: every key on a worker comes before every key on the next one.
    ///
    /// The ranges are found from a sample, so that workers get about as many rows each; equal keys stay together,
    /// however many they are. Rows are not sorted within a worker.
    ///
    /// - Complexity: all rows are kept until the input (in a loop: the round) is over, on disk those beyond the job's
    ///   memory budget, then exchanged once.
    @inlinable @inline(__always)
    public func partitionByRange<K: Key>(
        name: String = "key", _ key: @escaping @Sendable (Element) throws -> K
    ) -> DataStream<Element> {
        let (order, elements) = (SortOrder(name: name, by: key), ElementType.encodableRows(of: Element.self))
        return job.add(
            PlanBuilder.NodeDefinition(
                kind: "repartition",
                inputs: [
                    PlanBuilder.Input(dealtByRange(order, elements, ties: .together), .range(key: order.text))
                ],
                outputs: [elements], estimatedBytes: job.builder.estimatedBytes(of: output), keepsParallelism: true,
                implementation: OperatorFactory(emission: .oneBatch) { UnionOperator() }))
    }

    /// The output of a node whose batches are for one receiver each.
    ///
    /// - Parameter elements: made by the caller, in whose module its closures are specialised.
    @usableFromInline
    func dealtByRange(_ order: SortOrder<Element>, _ elements: ElementType, ties: RangeTies) -> OutputID {
        let rows = order.rows
        let sample = job.builder.add(
            PlanBuilder.NodeDefinition(
                kind: "sampleRange", parameters: order.parameters, inputs: [PlanBuilder.Input(output, towardsAll)],
                outputs: [elements, elements], estimatedBytes: job.builder.estimatedBytes(of: output),
                implementation: OperatorFactory(emission: .unbounded) { RangeSampleOperator(elements) }))
        let cuts = job.builder.add(
            PlanBuilder.NodeDefinition(
                kind: "cutRange", parallelism: .fixed(1), parameters: order.parameters,
                inputs: [PlanBuilder.Input(OutputID(node: sample, port: 1), .global)], outputs: [elements],
                implementation: OperatorFactory(emission: .unbounded) {
                    RangeCutsOperator(elements, by: rows, mayGather: ties == .cut)
                }))
        return OutputID(
            node: job.builder.add(
                PlanBuilder.NodeDefinition(
                    kind: "dealRange", parameters: order.parameters,
                    inputs: [
                        PlanBuilder.Input(OutputID(node: sample)), PlanBuilder.Input(OutputID(node: cuts), .broadcast),
                    ],
                    outputs: [elements], estimatedBytes: job.builder.estimatedBytes(of: output),
                    implementation: OperatorFactory(emission: .unbounded, holdsBack: false, isHungry: true) {
                        RangeDamOperator(elements, by: rows, ties: ties)
                    })))
    }
}
