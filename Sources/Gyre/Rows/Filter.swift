public import GyreColumns
public import GyreOperators

extension DataStream {
    /// Keeps the rows for which the predicate holds.
    @inlinable @inline(__always)
    public func filter(
        name: String? = nil, _ isIncluded: @escaping @Sendable (Element) throws -> Bool
    ) -> DataStream<Element> {
        let kernel: TransformOperator.Kernel = { input, count, output in
            let isInPlace = RowTransform.isInPlace(from: Element.self, to: Element.self)
            let rows = (isInPlace ? UnsafeRawPointer(output) : input).assumingMemoryBound(to: Element.self)
            let out = output.assumingMemoryBound(to: Element.self)
            var kept = 0
            for index in 0..<count {
                let isKept: Bool
                do { isKept = try isIncluded(rows[index]) } catch {
                    out.deinitialize(count: kept)
                    throw RecordError(rows[index], error)
                }
                if isInPlace {
                    // Copied in any case, as a block, and kept by counting on: no branch to mispredict.
                    UnsafeMutableRawPointer(out + kept)
                        .copyMemory(from: rows + index, byteCount: MemoryLayout<Element>.size)
                    kept &+= isKept ? 1 : 0
                } else if isKept {
                    (out + kept).initialize(to: rows[index])
                    kept &+= 1
                }
            }
            return kept
        }
        return then(
            "filter", name: name, elements: .rows(of: Element.self),
            factory: OperatorFactory(emission: .oneBatch) {
                TransformOperator(
                    elements: .rows(of: Element.self),
                    isInPlace: RowTransform.isInPlace(from: Element.self, to: Element.self), kernel: kernel)
            })
    }

    /// Applies a function to every row and keeps the results that are there.
    @inlinable @inline(__always)
    public func compactMap<Out: Sendable>(
        name: String? = nil, _ transform: @escaping @Sendable (Element) throws -> Out?
    ) -> DataStream<Out> {
        let kernel: TransformOperator.Kernel = { input, count, output in
            let rows = input.assumingMemoryBound(to: Element.self)
            let out = output.assumingMemoryBound(to: Out.self)
            var kept = 0
            for index in 0..<count {
                do {
                    if let result = try transform(rows[index]) {
                        (out + kept).initialize(to: result)
                        kept &+= 1
                    }
                } catch {
                    out.deinitialize(count: kept)
                    throw RecordError(rows[index], error)
                }
            }
            return kept
        }
        return then(
            "compactMap", name: name, elements: .rows(of: Out.self),
            factory: OperatorFactory(emission: .oneBatch) {
                TransformOperator(elements: .rows(of: Out.self), kernel: kernel)
            })
    }
}
