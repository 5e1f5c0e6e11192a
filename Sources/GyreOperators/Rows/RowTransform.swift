public import GyreColumns

/// Rows in, at most as many rows out, nothing kept: the shell of `map`, `filter`, `compactMap`.
///
/// Where trivial rows become rows of the same type, the kernel works in place: on the batch itself if it
/// is lent and nobody else has it or its rows, else on a copy. A chain then works on one batch from end to end, which
/// stays in the first-level cache, and a kernel stores what it changes only.
///
/// The shell is not generic: a batch costs a call of the kernel and nothing that depends on types.
open class RowTransform: Operator {
    private let elements: ElementType
    private let isInPlace: Bool
    private var spare = SpareBatch()

    /// - Parameters:
    ///   - elements: the rows that come out.
    ///   - isInPlace: whether the kernel expects its input where its output is to be.
    public init(elements: ElementType, isInPlace: Bool) {
        self.elements = elements
        self.isInPlace = isInPlace
    }

    /// Whether a kernel from the one type to the other works in place: both are the same, and rows need no
    /// destruction. A constant, where the types are known.
    @inlinable @inline(__always)
    public static func isInPlace<In, Out>(from: In.Type, to: Out.Type) -> Bool {
        In.self == Out.self && _isPOD(In.self)
    }

    /// Calls the kernel. Reads `count` rows, initialises at most as many at the output, returns how many. If
    /// it throws, it leaves nothing initialised, but for rows that need no destruction.
    open func run(_ input: UnsafeRawPointer, _ count: Int, _ output: UnsafeMutableRawPointer) throws -> Int {
        preconditionFailure("a transform without kernel")
    }

    public final override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        var result = spare.take(room: batch.count, of: elements)
        if isInPlace {
            elements.append(batch, 0..<batch.count, result)
            result.count = try run(result.base, batch.count, result.base)
        } else {
            result.count = try run(batch.base, batch.count, result.base)
        }
        if result.count > 0 { try output.emit(lending: &result, port: 0) }
        spare.keep(&result)
        return .done
    }

    public final override func process(lent batch: inout Batch, port: Int, into output: Output) throws -> Progress {
        guard isInPlace, Batch.isOwned(&batch) else {
            return try process(batch, port: port, into: output)
        }
        batch.hasHashes = false
        batch.count = try run(batch.base, batch.count, batch.base)
        if batch.count > 0 { try output.emit(lending: &batch, port: 0) }
        return .done
    }
}
