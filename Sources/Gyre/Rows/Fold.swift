public import GyreColumns
public import GyreOperators
public import GyrePlan

extension DataStream {
    /// Folds all rows into one value: each worker its share, then the workers' values in their order.
    ///
    /// One row comes out, also where none went in. In a loop: one a round.
    ///
    /// - Parameters:
    ///   - initial: the value of nothing; must leave `merge` unchanged, for it is merged once a worker.
    ///   - update: adds a row.
    ///   - merge: adds another worker's value. Associative.
    @inlinable @inline(__always)
    public func fold<Value: Sendable & Codable>(
        _ initial: Value, name: String? = nil,
        update: @escaping @Sendable (inout Value, Element) throws -> Void,
        merge: @escaping @Sendable (inout Value, Value) throws -> Void
    ) -> DataStream<Value> {
        let partialKernel: FoldOperator<Element, Value>.Kernel = { rows, count, value in
            for index in 0..<count {
                do { try update(&value, rows[index]) } catch { throw RecordError(rows[index], error) }
            }
        }
        let parts = ElementType.encodableRows(of: FoldPart<Value>.self)
        let partial: DataStream<FoldPart<Value>> = then(
            "fold", name: name, elements: parts,
            factory: OperatorFactory(emission: .unbounded) {
                FoldOperator(initial: initial, codec: .codable, kernel: partialKernel)
            })
        return job.add(
            PlanBuilder.NodeDefinition(
                kind: "mergeFold", name: name, parallelism: .fixed(1),
                inputs: [PlanBuilder.Input(partial.output, .global)], outputs: [.encodableRows(of: Value.self)],
                implementation: OperatorFactory(emission: .unbounded) {
                    MergeFoldOperator(initial: initial, parts: parts, merge: merge)
                }))
    }

    /// The number of rows, as one row.
    @inlinable @inline(__always)
    public func count(name: String? = nil) -> DataStream<Int> {
        fold(0, name: name ?? "count", update: { count, _ in count &+= 1 }, merge: { $0 &+= $1 })
    }
}

extension DataStream where Element: Codable {
    /// Combines all rows into one; none comes out where none went in.
    @inlinable @inline(__always)
    public func reduce(
        name: String? = nil, _ combine: @escaping @Sendable (Element, Element) throws -> Element
    ) -> DataStream<Element> {
        fold(
            Element?.none, name: name ?? "reduce",
            update: { value, row in value = try value.map { try combine($0, row) } ?? row },
            merge: { value, other in
                guard let other else { return }
                value = try value.map { try combine($0, other) } ?? other
            }
        ).compactMap(name: name ?? "reduce") { $0 }
    }
}
