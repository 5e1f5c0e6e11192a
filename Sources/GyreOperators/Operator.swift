public import GyreColumns
public import GyreTime

/// What an operator answers when it has been given something to do.
public enum Progress: Sendable {
    /// All of it is done.
    case done
    /// There is more to do: the output had no room, or it is another's turn. `resume` will be called.
    case more
    /// There is more to do, but not before something happens elsewhere, which will wake the worker.
    case idle
}

/// The *how* of a node: one instance on each worker, driven by one thread at a time.
///
/// An operator owns its state and never sees a thread, a lock, a file or the wall clock. The rules:
///
/// 1. `open` comes first, once.
/// 2. `process` gives it a batch of an input port, which it may read and keep, and must not change. A
///    batch that is lent it may change too, where nobody else holds it. The answer `more` or `idle`
///    obliges the runtime to call `resume` until it says `done`; nothing else arrives in between, but
///    for feedback ports.
/// 3. An operator of `Emission.oneBatch` emits at most one batch a `process` and none on `advance`. Every
///    other checks `output.hasRoom` after each full batch that it emits and answers `more` when there is
///    none.
/// 4. `portAdvanced` tells of each port's own frontier; `advance` of the minimum over the ports, and
///    is the place to emit what a round or the end completes. When it is done, the runtime passes
///    the frontier on, unless the operator sends frontiers itself (`sendsFrontiers`).
/// 5. `snapshot` is called between batches, never while `resume` is due; `restore` after `open` and
///    before the first batch. A restored operator continues as the snapshotted one would have.
///
/// Subclasses are shells: they hold kernels (closures formed where the user's types are known) and call
/// them once a batch. No shell runs code per record itself.
open class Operator {
    public init() {}

    /// Called once, on the worker's thread, before anything else.
    open func open(_ context: OperatorContext) throws {}

    /// Takes a batch.
    open func process(_ batch: Batch, port: Int, into output: Output) throws -> Progress { .done }

    /// Takes a batch that its owner has done with: while `Batch.isOwned` says that nobody else has it or
    /// its rows, these may be overwritten, and it may be lent on. The owner gets the storage back.
    ///
    /// By default it is treated like any other.
    open func process(lent batch: inout Batch, port: Int, into output: Output) throws -> Progress {
        try process(batch, port: port, into: output)
    }

    /// Goes on with what `process`, `advance` or `resume` left.
    open func resume(into output: Output) throws -> Progress { .done }

    /// The frontier of one port has moved.
    open func portAdvanced(_ port: Int, to frontier: Frontier) throws {}

    /// The minimum of the ports' frontiers has moved.
    open func advance(to frontier: Frontier, into output: Output) throws -> Progress { .done }

    /// Whether batches of this port may be given now. A port that is refused fills its channels and so
    /// holds its producers back. While a checkpoint's barriers are awaited on several ports, batches of a
    /// refused port come nevertheless, up to its barrier, and must be kept.
    open func accepts(port: Int) -> Bool { true }

    /// Whether the operator sends frontiers through its output by itself.
    open var sendsFrontiers: Bool { false }

    /// Writes the state.
    open func snapshot(into writer: inout ByteWriter) throws {}

    /// Reads back what `snapshot` wrote.
    open func restore(from reader: inout ByteReader) throws {}
}

/// Where an operator's results go.
///
/// The runtime's outputs lead to the next operator of a chain or into an edge; the test harness's
/// collects.
open class Output {
    public init() {}

    /// Sends a batch. Never waits, never refuses: what has no room waits in the edge's overflow list.
    ///
    /// The caller may reuse the batch only where it is uniquely referenced afterwards.
    open func emit(_ batch: Batch, port: Int) throws {}

    /// Sends a batch whose rows the sender does not need again, so that the receiver may overwrite them.
    ///
    /// Where the batch is uniquely referenced afterwards, its storage is the sender's again, with any rows.
    open func emit(lending batch: inout Batch, port: Int) throws {
        try emit(batch, port: port)
    }

    /// Sends a frontier; only from operators that send their own.
    open func advance(to frontier: Frontier, port: Int) throws {}

    /// Whether another batch finds room.
    open var hasRoom: Bool { true }

    /// Sends a batch to port 0.
    public final func emit(_ batch: Batch) throws {
        try emit(batch, port: 0)
    }
}
