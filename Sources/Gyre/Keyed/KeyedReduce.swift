public import GyreColumns
public import GyreOperators
public import GyrePlan

extension KeyedStream where Element: Codable, K: Codable {
    /// Combines the rows of each key into one.
    ///
    /// - Parameters:
    ///   - hint: whether rows are combined before the exchange.
    ///   - combine: associative and commutative, for the order of rows is open. What it returns has the key of
    ///     its arguments.
    @inlinable @inline(__always)
    public func reduce(
        name: String? = nil, combine hint: CombineHint = .automatic,
        _ combine: @escaping @Sendable (Element, Element) throws -> Element
    ) -> DataStream<Element> {
        let kernels = KeyedStream.reduceKernels(key: key, combine)
        var input = exchange
        if hint != .none {
            let partial: DataStream<Element> = stream.job.add(
                PlanBuilder.NodeDefinition(
                    kind: "combine", name: name, parallelism: stream.parallelism,
                    parameters: [.init("key", keyName), .init("combine", hint.rawValue)],
                    inputs: [PlanBuilder.Input(stream.output)], outputs: [.encodableRows(of: Element.self)],
                    estimatedBytes: stream.job.builder.estimatedBytes(of: stream.output),
                    implementation: OperatorFactory(emission: .unbounded, isHungry: true) {
                        CombineOperator(
                            initial: (), adapts: hint == .automatic, outputs: .encodableRows(of: Element.self),
                            kernels: kernels, pass: nil)
                    }))
            input = KeyedStream.exchangeOfPartials(partial.output, keyName: keyName, key: key)
        }
        return stream.job.add(
            PlanBuilder.NodeDefinition(
                kind: "keyedReduce", name: name, parameters: [.init("key", keyName)], inputs: [input],
                outputs: [.encodableRows(of: Element.self)],
                estimatedBytes: stream.job.builder.estimatedBytes(of: stream.output),
                implementation: OperatorFactory(emission: .unbounded, isHungry: true) {
                    KeyedFoldOperator(
                        initial: (),
                        elements: (.encodableRows(of: Element.self), .encodableRows(of: Element.self)),
                        kernels: kernels)
                }))
    }
}

extension DataStream where Element: Key & Codable {
    /// Each row once, however often it comes. Rows are compared as keys.
    @inlinable @inline(__always)
    public func distinct(name: String? = nil, combine: CombineHint = .automatic) -> DataStream<Element> {
        keyBy(name: "row", { $0 }).reduce(name: name ?? "distinct", combine: combine) { first, _ in first }
    }
}
