public import GyreColumns
public import GyreOperators
public import GyrePlan

extension DataStream where Element: Codable {
    /// Deals the rows evenly to all workers.
    public func rebalance() -> DataStream<Element> { repartition(.rebalance) }

    /// Deals the rows evenly, each worker to a few neighbours only.
    public func rescale() -> DataStream<Element> { repartition(.rescale) }

    /// Gives every row to every worker.
    public func broadcast() -> DataStream<Element> { repartition(.broadcast) }

    /// Gives all rows to the first instance of a node that has only one.
    public func global() -> DataStream<Element> { repartition(.global, parallelism: .fixed(1)) }

    /// Deals the rows by a function: a row goes to the worker whose number is the function's value modulo
    /// the number of workers.
    @inlinable @inline(__always)
    public func partition(
        name: String, by target: @escaping @Sendable (Element) throws -> UInt64
    ) -> DataStream<Element> {
        repartition(
            .custom(name: name),
            router: RowRouter { batch, numbers in
                let rows = batch.rows(of: Element.self)
                for index in 0..<rows.count {
                    do { numbers[index] = try target(rows.rows[index]) } catch {
                        throw RecordError(rows.rows[index], error)
                    }
                }
            })
    }

    @usableFromInline
    func repartition(
        _ partitioning: Partitioning, parallelism: Parallelism = .all, router: RowRouter? = nil
    ) -> DataStream<Element> {
        job.add(
            PlanBuilder.NodeDefinition(
                kind: "repartition", parallelism: parallelism,
                inputs: [PlanBuilder.Input(output, partitioning, router: router)],
                outputs: [.encodableRows(of: Element.self)],
                // Whoever gets all rows has them as often as there are workers.
                estimatedBytes: partitioning == .broadcast ? nil : job.builder.estimatedBytes(of: output),
                keepsParallelism: true,
                implementation: OperatorFactory(emission: .oneBatch) { UnionOperator() }))
    }
}
