public import GyreColumns
public import GyreOperators
public import GyrePlan

extension Job {
    /// A stream of rows that are in memory, dealt to the workers in contiguous shares.
    @inlinable @inline(__always)
    public func elements<Element: Sendable>(
        _ elements: [Element], name: String? = nil
    ) -> DataStream<Element> {
        generated(
            count: elements.count, name: name ?? "elements",
            kernel: { start, count, output in
                elements.withUnsafeBufferPointer { rows in
                    guard let base = rows.baseAddress else { return }
                    precondition(start + count <= rows.count)
                    output.assumingMemoryBound(to: Element.self).initialize(from: base + start, count: count)
                }
            })
    }

    /// A stream of rows made from their numbers 0 ..< `count`, in place, a contiguous share a worker.
    ///
    /// Row number i is `make(i)` at any parallelism.
    @inlinable @inline(__always)
    public func generate<Element: Sendable>(
        count: Int, name: String? = nil, _ make: @escaping @Sendable (Int) throws -> Element
    ) -> DataStream<Element> {
        precondition(count >= 0, "count is \(count), expected at least 0")
        let kernel: GeneratorSource.Kernel = { start, count, output in
            let out = output.assumingMemoryBound(to: Element.self)
            for index in 0..<count {
                do { (out + index).initialize(to: try make(start &+ index)) } catch {
                    out.deinitialize(count: index)
                    throw RecordError(start + index, error)
                }
            }
        }
        return generated(count: count, name: name, kernel: kernel)
    }

    @inlinable
    func generated<Element: Sendable>(
        count: Int, name: String?, kernel: @escaping GeneratorSource.Kernel
    ) -> DataStream<Element> {
        add(
            PlanBuilder.NodeDefinition(
                kind: "generate", name: name, parameters: [.init("count", "\(count)")], inputs: [],
                outputs: [.rows(of: Element.self)],
                estimatedBytes: _isPOD(Element.self) ? count * MemoryLayout<Element>.stride : nil,
                implementation: OperatorFactory(emission: .oneBatch, isSource: true) {
                    GeneratorSource(count: count, elements: .rows(of: Element.self), kernel: kernel)
                }))
    }
}
