public import GyreColumns
public import GyreOperators

extension DataStream {
    /// Applies a function to every row.
    ///
    /// - Throws (at run time): what `transform` throws ends the job; the error names this node and the row.
    /// - Complexity: the closure is inlined where it captures nothing; a closure that captures values costs
    ///   about 2.5 ns a row, which `map(with:)` avoids.
    @inlinable @inline(__always)
    public func map<Out: Sendable>(
        name: String? = nil, _ transform: @escaping @Sendable (Element) throws -> Out
    ) -> DataStream<Out> {
        let kernel: TransformOperator.Kernel = { input, count, output in
            let isInPlace = RowTransform.isInPlace(from: Element.self, to: Out.self)
            // In place, both pointers are to be one for the compiler too: then it stores what has changed only.
            let rows = (isInPlace ? UnsafeRawPointer(output) : input).assumingMemoryBound(to: Element.self)
            let out = output.assumingMemoryBound(to: Out.self)
            let captures = CalledClosure.captures(of: transform)
            for index in 0..<count {
                do {
                    CalledClosure.initialize(out + index, to: try transform(rows[index]), captures: captures)
                } catch {
                    out.deinitialize(count: index)
                    throw RecordError(rows[index], error)
                }
            }
            return count
        }
        return then(
            "map", name: name, elements: .rows(of: Out.self),
            factory: OperatorFactory(emission: .oneBatch) {
                TransformOperator(
                    elements: .rows(of: Out.self),
                    isInPlace: RowTransform.isInPlace(from: Element.self, to: Out.self), kernel: kernel)
            })
    }

    /// Applies a function of the row and of fixed parameters to every row.
    ///
    /// The parameters are an argument of the inner loop, so that the closure stays inlined, and can be
    /// named and shipped to another engine.
    @inlinable @inline(__always)
    public func map<Parameters: Sendable, Out: Sendable>(
        with parameters: Parameters, name: String? = nil,
        _ transform: @escaping @Sendable (Element, Parameters) throws -> Out
    ) -> DataStream<Out> {
        map(reading: { _ in parameters }, name: name, transform)
    }

    @inlinable @inline(__always)
    func map<Parameters: Sendable, Out: Sendable>(
        reading parameters: @escaping @Sendable (OperatorContext) -> Parameters, name: String?,
        _ transform: @escaping @Sendable (Element, Parameters) throws -> Out
    ) -> DataStream<Out> {
        let kernel: ParameterTransform<Parameters>.Kernel = { input, count, parameters, output in
            let isInPlace = RowTransform.isInPlace(from: Element.self, to: Out.self)
            let rows = (isInPlace ? UnsafeRawPointer(output) : input).assumingMemoryBound(to: Element.self)
            let out = output.assumingMemoryBound(to: Out.self)
            let captures = CalledClosure.captures(of: transform)
            for index in 0..<count {
                do {
                    CalledClosure.initialize(
                        out + index, to: try transform(rows[index], parameters), captures: captures)
                } catch {
                    out.deinitialize(count: index)
                    throw RecordError(rows[index], error)
                }
            }
            return count
        }
        return then(
            "map", name: name, elements: .rows(of: Out.self),
            factory: OperatorFactory(emission: .oneBatch) {
                ParameterTransform(
                    elements: .rows(of: Out.self),
                    isInPlace: RowTransform.isInPlace(from: Element.self, to: Out.self), parameter: parameters,
                    kernel: kernel)
            })
    }
}
