public import GyreColumns
public import GyreOperators
public import GyrePlan

extension Job {
    /// A stream of rows that are in memory, dealt to the workers in contiguous shares.
    ///
    /// The rows are read where they lie. The array is kept as long as the job, or a batch that it has collected.
    @inlinable @inline(__always)
    public func elements<Element: Sendable>(
        _ elements: [Element], name: String? = nil
    ) -> DataStream<Element> {
        let rows = BorrowedArray(elements)
        return source(of: elements.count, name: name ?? "elements") { ArraySource(rows) }
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
        return source(of: count, name: name) {
            GeneratorSource(count: count, elements: .rows(of: Element.self), kernel: kernel)
        }
    }

    @inlinable
    func source<Element: Sendable>(
        of count: Int, name: String?, _ make: @escaping @Sendable () -> Operator
    ) -> DataStream<Element> {
        add(
            PlanBuilder.NodeDefinition(
                kind: "generate", name: name, parameters: [.init("count", "\(count)")], inputs: [],
                outputs: [.rows(of: Element.self)],
                estimatedBytes: _isPOD(Element.self) ? count * MemoryLayout<Element>.stride : nil,
                implementation: OperatorFactory(emission: .oneBatch, isSource: true, make: make)))
    }
}
