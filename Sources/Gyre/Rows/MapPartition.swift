public import GyreColumns
public import GyreOperators
public import GyrePlan

extension DataStream {
    /// Runs a function with state of its own over the whole partition of each worker.
    ///
    /// `make` is called once a worker (in a loop: once a round); its context names the instance and takes
    /// accumulators.
    @inlinable @inline(__always)
    public func mapPartition<Function: PartitionFunction>(
        name: String? = nil, _ make: @escaping @Sendable (OperatorContext) throws -> Function
    ) -> DataStream<Function.Output> where Function.Input == Element {
        mapPartition(kind: "mapPartition", name: name, parameters: [], make)
    }

    /// The same, as another kind of node.
    @inlinable @inline(__always)
    func mapPartition<Function: PartitionFunction>(
        kind: String, name: String?, parameters: [NodeDescription.Parameter],
        _ make: @escaping @Sendable (OperatorContext) throws -> Function
    ) -> DataStream<Function.Output> where Function.Input == Element {
        let kernel: PartitionOperator<Element, Function.Output, Function>.Kernel = { rows, count, function, emitter in
            for index in 0..<count {
                do { try function.process(rows[index], into: &emitter) } catch {
                    throw RecordError(rows[index], error)
                }
            }
        }
        return then(
            kind, name: name, parameters: parameters, elements: .rows(of: Function.Output.self),
            factory: OperatorFactory(emission: .unbounded) {
                PartitionOperator(make: make, kernel: kernel, finish: { try $0.finish(into: &$1) })
            })
    }
}
