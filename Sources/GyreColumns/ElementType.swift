/// What lowering must know of an edge's element type, made once where the type is known.
///
/// Exchanges, dams and the harness are built from it; they never see the type. Each closure is formed
/// in generic code that the user's module specialises, and is called once a batch.
public struct ElementType: Sendable {
    /// The type's name, for `explain` and errors.
    public let name: String
    /// The type of the rows, for what describes itself (`RecordFields`).
    public let rowType: Any.Type
    /// An empty batch with the given room.
    public let makeBatch: @Sendable (Int) -> Batch
    /// Copies the rows of a range to the end of another batch.
    public let append: @Sendable (_ source: Batch, _ range: Range<Int>, _ target: Batch) -> Void
    /// Copies rows from `start` on to the target each row names, until one is full.
    public let scatter: @Sendable (_ source: Batch, _ start: Int, _ to: ScatterTargets) -> ScatterResult
    /// Copies rows from where pointers say to the end of a batch.
    public let gather: @Sendable (_ rows: UnsafePointer<UnsafeRawPointer>, _ count: Int, _ target: Batch) -> Void
    /// The codec; absent where the type is not `Codable`.
    public let codec: BatchCodec?
    /// How rows are spilled; absent where the type is neither trivial nor `Codable`.
    public let spill: SpillCodec?
    /// Bytes that one row takes in place; what it owns elsewhere is not in it.
    public let stride: Int
    /// What addresses of rows are multiples of.
    public let alignment: Int
    /// Whether rows own nothing elsewhere.
    public let isTrivial: Bool

    @usableFromInline
    init(
        name: String, rowType: Any.Type, stride: Int, alignment: Int, isTrivial: Bool,
        makeBatch: @escaping @Sendable (Int) -> Batch,
        append: @escaping @Sendable (Batch, Range<Int>, Batch) -> Void,
        scatter: @escaping @Sendable (Batch, Int, ScatterTargets) -> ScatterResult,
        gather: @escaping @Sendable (UnsafePointer<UnsafeRawPointer>, Int, Batch) -> Void, codec: BatchCodec?,
        spill: SpillCodec?
    ) {
        self.stride = stride
        self.alignment = alignment
        self.isTrivial = isTrivial
        self.spill = spill
        self.name = name
        self.rowType = rowType
        self.makeBatch = makeBatch
        self.append = append
        self.scatter = scatter
        self.gather = gather
        self.codec = codec
    }
}

/// Encodes and decodes the rows of a batch.
public struct BatchCodec: Sendable {
    /// Appends all rows.
    public let encode: @Sendable (Batch, inout ByteWriter) throws -> Void
    /// Reads back what `encode` wrote.
    public let decode: @Sendable (inout ByteReader) throws -> Batch

    @inlinable
    public init(
        encode: @escaping @Sendable (Batch, inout ByteWriter) throws -> Void,
        decode: @escaping @Sendable (inout ByteReader) throws -> Batch
    ) {
        self.encode = encode
        self.decode = decode
    }
}

/// Where a scattered row goes: a target a row, a batch a target.
public struct ScatterTargets {
    /// The target of each row of the source.
    public var targetOfRow: UnsafePointer<UInt32>
    /// The batches to fill, by target.
    public var batches: UnsafeMutablePointer<Batch>
    /// How many there are.
    public var count: Int
    /// The hash of each row of the source, if hashes travel along.
    public var hashes: UnsafePointer<UInt64>?

    public init(
        targetOfRow: UnsafePointer<UInt32>, batches: UnsafeMutablePointer<Batch>, count: Int,
        hashes: UnsafePointer<UInt64>?
    ) {
        self.targetOfRow = targetOfRow
        self.batches = batches
        self.count = count
        self.hashes = hashes
    }
}

/// How far a scatter came.
public struct ScatterResult: Equatable, Sendable {
    /// The first row that was not copied.
    public var next: Int
    /// The target that had no room for it; nil when all rows were copied.
    public var fullTarget: Int?

    @inlinable
    public init(next: Int, fullTarget: Int?) {
        self.next = next
        self.fullTarget = fullTarget
    }
}

extension ElementType {
    /// The descriptor of rows of type `Element` that stay in this process; in a checkpoint they can be written
    /// if they happen to be `Codable`.
    @inlinable
    public static func rows<Element: Sendable>(of type: Element.Type) -> ElementType {
        make(type, codec: .ifCodable(type), spill: .ifPossible(type))
    }

    /// The descriptor of rows of type `Element` that may be encoded.
    @inlinable
    public static func encodableRows<Element: Sendable & Codable>(of type: Element.Type) -> ElementType {
        make(
            type,
            codec: BatchCodec(
                encode: { batch, writer in
                    try BinaryCodec.encode(rows: batch.rows(of: Element.self).elements, into: &writer)
                },
                decode: { reader in
                    try BinaryCodec.decodeRows(Element.self, from: &reader)
                }), spill: _isPOD(Element.self) ? .images(of: type) : .encoded(type))
    }

    @inlinable
    static func make<Element: Sendable>(
        _ type: Element.Type, codec: BatchCodec?, spill: SpillCodec?
    ) -> ElementType {
        ElementType(
            name: String(describing: type), rowType: type, stride: MemoryLayout<Element>.stride,
            alignment: MemoryLayout<Element>.alignment, isTrivial: _isPOD(Element.self),
            makeBatch: { RowBatch<Element>(capacity: $0) },
            append: { source, range, target in
                let from = source.rows(of: Element.self)
                let to = target.rows(of: Element.self)
                precondition(range.upperBound <= from.count && to.count + range.count <= to.capacity)
                (to.rows + to.count).initialize(from: from.rows + range.lowerBound, count: range.count)
                to.count += range.count
            },
            scatter: { source, start, targets in
                ScatterKernel<Element>.run(source.rows(of: Element.self), from: start, to: targets)
            },
            gather: { pointers, count, target in
                let to = target.rows(of: Element.self)
                precondition(to.count + count <= to.capacity)
                let out = to.rows + to.count
                if _isPOD(Element.self) {
                    ElementType.copyImages(from: pointers, count, to: out, stride: MemoryLayout<Element>.stride)
                    to.count += count
                    return
                }
                for index in 0..<count {
                    (out + index).initialize(to: pointers[index].assumingMemoryBound(to: Element.self).pointee)
                }
                to.count += count
            },
            codec: codec, spill: spill)
    }
}

extension ElementType {
    /// Copies rows that are nothing but their bytes, as fast where the caller is not specialised for their type. Of a
    /// size that is known a copy is two moves, of another one a call.
    @usableFromInline
    static func copyImages(
        from pointers: UnsafePointer<UnsafeRawPointer>, _ count: Int, to target: UnsafeMutableRawPointer, stride: Int
    ) {
        guard stride == 16 else {
            for index in 0..<count { (target + index &* stride).copyMemory(from: pointers[index], byteCount: stride) }
            return
        }
        for index in 0..<count { (target + index &* 16).copyMemory(from: pointers[index], byteCount: 16) }
    }
}

extension Batch {
    /// The batch with its type back.
    ///
    /// Traps where the plan connected two types: a bug of ours, never the user's.
    @inlinable
    public final func rows<Element>(of type: Element.Type) -> RowBatch<Element> {
        precondition(elementType == ObjectIdentifier(Element.self), "a batch of other rows than were planned")
        return unsafeDowncast(self, to: RowBatch<Element>.self)
    }
}
