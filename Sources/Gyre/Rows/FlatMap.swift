public import GyreColumns
public import GyreOperators

extension DataStream {
    /// Replaces every row by the elements of a sequence.
    ///
    /// The sequence is iterated only as fast as the readers take its elements, so it may be long or lazy.
    @inlinable @inline(__always)
    public func flatMap<Elements: Sequence & SendableMetatype>(
        name: String? = nil, _ transform: @escaping @Sendable (Element) throws -> Elements
    ) -> DataStream<Elements.Element> where Elements.Element: Sendable, Elements.Iterator: SendableMetatype {
        typealias Out = Elements.Element
        let kernel: FlatMapOperator<Element, Elements.Iterator, Out>.Kernel = { rows, count, cursor, out, capacity in
            var made = 0
            while true {
                if var iterator = cursor.rest {
                    cursor.rest = nil
                    while made < capacity, let element = iterator.next() {
                        (out + made).initialize(to: element)
                        made &+= 1
                    }
                    if made == capacity {
                        cursor.rest = iterator
                        return made
                    }
                }
                if cursor.row == count { return made }
                do { cursor.rest = try transform(rows[cursor.row]).makeIterator() } catch {
                    out.deinitialize(count: made)
                    throw RecordError(rows[cursor.row], error)
                }
                cursor.row &+= 1
            }
        }
        return then(
            "flatMap", name: name, elements: .rows(of: Out.self),
            factory: OperatorFactory(emission: .unbounded) { FlatMapOperator(kernel: kernel) })
    }
}
