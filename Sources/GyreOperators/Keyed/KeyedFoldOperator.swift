public import GyreColumns
public import GyreTime

/// Folds the rows of each key into one accumulator; emits a row a key when the round or the input is
/// complete, in an order that depends on the keys only.
///
/// It also serves as a combiner ahead of an exchange: with a limit of keys it empties itself whenever the
/// limit is reached. Snapshot: the table. In a loop it starts anew with each round.
public final class KeyedFoldOperator<In, K: Key, Initial: Sendable, Value: Sendable, Out>: Operator {
    /// Folds rows into the table. Hashes are given where the rows came over an exchange by this key. The
    /// initial value is an argument, for a captured one would keep the user's closures from being inlined.
    public typealias Kernel =
        @Sendable (UnsafePointer<In>, Int, UnsafePointer<UInt64>?, Initial, inout KeyTable<K, Value>) throws -> Void
    /// Makes the rows of some slots.
    public typealias Finish =
        @Sendable (borrowing KeyTable<K, Value>, UnsafePointer<Int>, Int, UnsafeMutablePointer<Out>) throws -> Void

    private let initial: Initial
    private let kernel: Kernel
    private let finish: Finish
    private let keyLimit: Int
    private let codecs: (key: StateCodec<K>, value: StateCodec<Value>)?
    private var table = KeyTable<K, Value>()
    private var slots: [Int] = []
    private var position = 0
    private var isEmitting = false
    private var context: OperatorContext?
    private var result = RowBatch<Out>(capacity: 1)

    public init(
        initial: Initial, keyLimit: Int = .max, codecs: (key: StateCodec<K>, value: StateCodec<Value>)?,
        kernel: @escaping Kernel,
        finish: @escaping Finish
    ) {
        self.initial = initial
        self.keyLimit = keyLimit
        self.codecs = codecs
        self.kernel = kernel
        self.finish = finish
    }

    public override func open(_ context: OperatorContext) {
        self.context = context
    }

    public override func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress {
        let input = batch.rows(of: In.self)
        try kernel(input.rows, input.count, input.hashes, initial, &table)
        return table.count >= keyLimit ? try emitAll(into: output) : .done
    }

    public override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard let context, context.completes(frontier) else { return .done }
        return try emitAll(into: output)
    }

    private func emitAll(into output: Output) throws -> Progress {
        slots = table.orderedSlots()
        position = 0
        isEmitting = true
        return try resume(into: output)
    }

    public override func resume(into output: Output) throws -> Progress {
        guard isEmitting, let context else { return .done }
        while position < slots.count {
            let count = min(context.batchSize, slots.count - position)
            RowBatch.reuse(&result, capacity: count)
            try slots.withUnsafeBufferPointer { slots in
                guard let base = slots.baseAddress else { return }
                try finish(table, base + position, count, result.rows)
            }
            result.count = count
            position += count
            try output.emit(result)
            if !output.hasRoom, position < slots.count { return .more }
        }
        isEmitting = false
        slots = []
        table.removeAll()
        return .done
    }

    public override func snapshot(into writer: inout ByteWriter) throws {
        guard let codecs else { throw CodecError.unsupported("\(K.self) or \(Value.self) is not Codable") }
        let slots = table.orderedSlots()
        writer.write(UInt64(slots.count))
        for slot in slots {
            try codecs.key.encode(table.key(inSlot: slot), &writer)
            try codecs.value.encode(table.value(inSlot: slot).pointee, &writer)
        }
    }

    public override func restore(from reader: inout ByteReader) throws {
        guard let codecs else { throw CodecError.unsupported("\(K.self) or \(Value.self) is not Codable") }
        let count = try reader.read(UInt64.self)
        for _ in 0..<count {
            let key = try codecs.key.decode(&reader)
            let value = try codecs.value.decode(&reader)
            table.value(of: key, hash: key.keyHash) { value }.pointee = value
        }
    }
}
