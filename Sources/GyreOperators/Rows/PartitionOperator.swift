public import GyreColumns
public import GyreTime

/// A user's function that sees a whole partition, row by row, with state of its own.
///
/// One instance a worker, made by the closure given to `mapPartition`. What it emits is never held back,
/// so it should emit no more than a few rows a row; for unbounded products there is `flatMap`.
public protocol PartitionFunction: SendableMetatype {
    associatedtype Input: Sendable
    associatedtype Output: Sendable

    /// Takes one row.
    mutating func process(_ row: Input, into emitter: inout Emitter<Output>) throws
    /// The input is over (in a loop: the round is).
    mutating func finish(into emitter: inout Emitter<Output>) throws
}

extension PartitionFunction {
    public mutating func finish(into emitter: inout Emitter<Output>) throws {}
}

/// A partition function whose state can be part of a checkpoint.
///
/// Not asked of every function: most run in jobs without checkpoints, and hold what cannot be written (a
/// context, a file of their own). A checkpoint of a function that is neither this nor without stored
/// properties is refused.
public protocol CheckpointedFunction: PartitionFunction {
    /// Writes the state.
    func snapshot(into writer: inout ByteWriter) throws
    /// Reads back what `snapshot` wrote, into an instance that has just been made.
    mutating func restore(from reader: inout ByteReader) throws
}

/// Collects what a function emits in full batches.
public struct Emitter<Element> {
    @usableFromInline var full: [RowBatch<Element>] = []
    @usableFromInline var batch: RowBatch<Element>
    @usableFromInline let batchSize: Int

    @inlinable
    public init(batchSize: Int) {
        self.batchSize = batchSize
        batch = RowBatch(capacity: batchSize)
    }

    /// Emits one row.
    @inlinable
    public mutating func emit(_ row: Element) {
        if batch.count == batchSize {
            full.append(batch)
            batch = RowBatch(capacity: batchSize)
        }
        (batch.rows + batch.count).initialize(to: row)
        batch.count += 1
    }

    /// Whether there is a batch to be sent.
    @inlinable
    public var hasFullBatch: Bool { !full.isEmpty }

    /// The full batches so far; the one that is being filled stays.
    mutating func takeFull() -> [RowBatch<Element>] {
        defer { full = [] }
        return full
    }

    /// The batches so far; the emitter starts anew.
    mutating func take() -> [RowBatch<Element>] {
        var taken = full
        full = []
        if batch.count > 0 {
            taken.append(batch)
            batch = RowBatch(capacity: batchSize)
        }
        return taken
    }
}

/// Runs a partition function.
public final class PartitionOperator<In, Out, Function>: Operator {
    public typealias Kernel = @Sendable (UnsafePointer<In>, Int, inout Function, inout Emitter<Out>) throws -> Void
    public typealias Finish = @Sendable (inout Function, inout Emitter<Out>) throws -> Void

    private let make: @Sendable (OperatorContext) throws -> Function
    private let kernel: Kernel
    private let finish: Finish
    private var function: Function?
    private var emitter = Emitter<Out>(batchSize: 1)
    private var waiting: [RowBatch<Out>] = []
    private var context: OperatorContext?

    public init(
        make: @escaping @Sendable (OperatorContext) throws -> Function, kernel: @escaping Kernel,
        finish: @escaping Finish
    ) {
        self.make = make
        self.kernel = kernel
        self.finish = finish
    }

    public override func open(_ context: OperatorContext) throws {
        self.context = context
        function = try make(context)
        emitter = Emitter(batchSize: context.batchRows(of: MemoryLayout<Out>.stride))
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        let input = batch.rows(of: In.self)
        guard var function else { preconditionFailure("process before open") }
        self.function = nil
        try kernel(input.rows, input.count, &function, &emitter)
        self.function = function
        waiting += emitter.take()
        return try resume(into: output)
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard let context, context.completes(frontier), var function else { return .done }
        self.function = nil
        try finish(&function, &emitter)
        waiting += emitter.take()
        // In a loop the next round starts with a fresh instance.
        if context.loop != nil { self.function = try make(context) }
        return try resume(into: output)
    }

    public override func resume(into output: Output) throws -> Progress {
        var sent = 0
        while sent < waiting.count {
            try output.emit(waiting[sent])
            sent += 1
            if !output.hasRoom { break }
        }
        waiting.removeFirst(sent)
        return waiting.isEmpty ? .done : .more
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        writer.write(UInt8(function == nil ? 0 : 1))
        guard let function, MemoryLayout<Function>.size > 0 else { return }
        guard let checkpointed = function as? any CheckpointedFunction else {
            throw CodecError.unsupported("\(Function.self) holds state but is no CheckpointedFunction")
        }
        try checkpointed.snapshot(into: &writer)
    }

    public override func restore(from reader: inout ByteReader) throws {
        guard try reader.read(UInt8.self) != 0 else {
            function = nil
            return
        }
        guard MemoryLayout<Function>.size > 0, var checkpointed = function as? any CheckpointedFunction else { return }
        try checkpointed.restore(from: &reader)
        function = checkpointed as? Function
    }
}
