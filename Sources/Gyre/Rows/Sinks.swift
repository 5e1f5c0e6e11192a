public import GyreColumns
public import GyreOperators

extension DataStream {
    /// Keeps all rows; they can be read from the answer once the job has run.
    ///
    /// Order: by worker; within a worker as they came.
    public func collect(name: String? = nil) -> Collected<Element> {
        let collected = Collected<Element>()
        _ = then(
            "collect", name: name, elements: .rows(of: Element.self),
            factory: OperatorFactory(emission: .oneBatch, isSink: true) { CollectOperator(into: collected) },
            of: Element.self)
        return collected
    }

    /// Gives every row to a closure, on the workers' threads.
    @inlinable @inline(__always)
    public func forEach(name: String? = nil, _ body: @escaping @Sendable (Element) throws -> Void) {
        let kernel: ForEachOperator<Element>.Kernel = { rows, count in
            for index in 0..<count {
                do { try body(rows[index]) } catch { throw RecordError(rows[index], error) }
            }
        }
        _ = then(
            "forEach", name: name, elements: .rows(of: Element.self),
            factory: OperatorFactory(emission: .oneBatch, isSink: true) { ForEachOperator(kernel: kernel) },
            of: Element.self)
    }

    /// Gives whole batches to a closure, for sinks that store rows by themselves.
    @inlinable @inline(__always)
    public func forEachBatch(
        name: String, _ body: @escaping @Sendable (UnsafeBufferPointer<Element>) throws -> Void
    ) {
        let kernel: ForEachOperator<Element>.Kernel = { rows, count in
            try body(UnsafeBufferPointer(start: rows, count: count))
        }
        _ = then(
            name, name: nil, elements: .rows(of: Element.self),
            factory: OperatorFactory(emission: .oneBatch, isSink: true) { ForEachOperator(kernel: kernel) },
            of: Element.self)
    }
}
