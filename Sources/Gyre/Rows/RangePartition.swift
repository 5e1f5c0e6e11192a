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
        partitionByRange(SortOrder(name: name, by: key), ties: .together)
    }

    /// The edge behind it is by range; whoever reads it is in the order of ranges.
    @usableFromInline
    func partitionByRange(_ order: SortOrder<Element>, ties: RangeTies) -> DataStream<Element> {
        let dealt = dealtByRange(order, ties: ties)
        return job.add(
            PlanBuilder.NodeDefinition(
                kind: "repartition", inputs: [PlanBuilder.Input(dealt, .range(key: order.text))],
                outputs: [.encodableRows(of: Element.self)],
                implementation: OperatorFactory(emission: .oneBatch) { UnionOperator() }))
    }

    /// The output of a node whose batches are for one receiver each.
    @usableFromInline
    func dealtByRange(_ order: SortOrder<Element>, ties: RangeTies) -> OutputID {
        let (rows, elements) = (order.rows, ElementType.encodableRows(of: Element.self))
        let sample = job.builder.add(
            PlanBuilder.NodeDefinition(
                kind: "sampleRange", parameters: order.parameters, inputs: [PlanBuilder.Input(output, towardsAll)],
                outputs: [elements, elements],
                implementation: OperatorFactory(emission: .unbounded) { RangeSampleOperator(elements) }))
        let cuts = job.builder.add(
            PlanBuilder.NodeDefinition(
                kind: "cutRange", parallelism: .fixed(1), parameters: order.parameters,
                inputs: [PlanBuilder.Input(OutputID(node: sample, port: 1), .global)], outputs: [elements],
                implementation: OperatorFactory(emission: .unbounded) { RangeCutsOperator(elements, by: rows) }))
        return OutputID(
            node: job.builder.add(
                PlanBuilder.NodeDefinition(
                    kind: "dealRange", parameters: order.parameters,
                    inputs: [
                        PlanBuilder.Input(OutputID(node: sample)), PlanBuilder.Input(OutputID(node: cuts), .broadcast),
                    ],
                    outputs: [elements],
                    implementation: OperatorFactory(emission: .unbounded, holdsBack: false, isHungry: true) {
                        RangeDamOperator(elements, by: rows, ties: ties)
                    })))
    }
}
