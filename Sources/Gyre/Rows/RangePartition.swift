public import GyreColumns
public import GyreOperators
public import GyrePlan

extension DataStream where Element: Codable {
    /// Deals the rows by ranges of a key: every key on a worker comes before every key on the next one.
    ///
    /// The ranges are found from a sample, so that workers get about as many rows each; equal keys stay together,
    /// however many they are. Rows are not sorted within a worker.
    ///
    /// - Complexity: all rows are kept until the input (in a loop: the round) is over, then exchanged once.
    @inlinable @inline(__always)
    public func partitionByRange<K: Key & Codable>(
        name: String = "key", _ key: @escaping @Sendable (Element) throws -> K
    ) -> DataStream<Element> {
        let sampleKernel: SampleOperator<Element, K>.Kernel = { rows, index in
            do { return try key(rows[index]) } catch { throw RecordError(rows[index], error) }
        }
        let rangeKernel: RangeOperator<Element, K>.Kernel = { rows, count, splitters, out in
            for index in 0..<count {
                do {
                    let rowKey = try key(rows[index])
                    var (low, high) = (0, splitters.count)
                    while low < high {
                        let middle = (low + high) / 2
                        if K.isOrderedBefore(rowKey, splitters[middle]) { high = middle } else { low = middle + 1 }
                    }
                    (out + index).initialize(
                        to: RangedRow(receiver: UInt32(truncatingIfNeeded: low), row: rows[index]))
                } catch {
                    out.deinitialize(count: index)
                    throw RecordError(rows[index], error)
                }
            }
        }
        let sample = job.builder.add(
            PlanBuilder.NodeDefinition(
                kind: "sample", parameters: [.init("key", name)], inputs: [PlanBuilder.Input(output, towardsAll)],
                outputs: [.encodableRows(of: Element.self), .encodableRows(of: K.self)],
                implementation: OperatorFactory(emission: .unbounded) {
                    SampleOperator<Element, K>(keys: .encodableRows(of: K.self), key: sampleKernel)
                }))
        let sorted = job.builder.add(
            PlanBuilder.NodeDefinition(
                kind: "sortSample", parallelism: .fixed(1),
                inputs: [PlanBuilder.Input(OutputID(node: sample, port: 1), .global)],
                outputs: [.encodableRows(of: K.self)],
                implementation: OperatorFactory(emission: .unbounded) {
                    SampleSortOperator<K>(keys: .encodableRows(of: K.self))
                }))
        let ranged: DataStream<RangedRow<Element>> = job.add(
            PlanBuilder.NodeDefinition(
                kind: "findRange", parameters: [.init("key", name)],
                inputs: [
                    PlanBuilder.Input(OutputID(node: sample)), PlanBuilder.Input(OutputID(node: sorted), .broadcast),
                ],
                outputs: [.encodableRows(of: RangedRow<Element>.self)],
                implementation: OperatorFactory(emission: .unbounded) {
                    RangeOperator<Element, K>(
                        rows: (.encodableRows(of: Element.self), .encodableRows(of: K.self)), kernel: rangeKernel)
                }))
        let router = RowRouter { batch, receivers in
            let rows = batch.rows(of: RangedRow<Element>.self)
            for index in 0..<rows.count { receivers[index] = UInt64(rows.rows[index].receiver) }
        }
        return ranged.repartition(.range(key: name), router: router).map(name: "row") { $0.row }
    }
}
