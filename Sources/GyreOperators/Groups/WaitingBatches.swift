import GyreColumns

/// What a function has emitted and what has not been sent yet.
struct WaitingBatches<Out> {
    private var emitter: Emitter<Out>
    private var waiting: [RowBatch<Out>] = []
    private var sent = 0
    /// Whether the function has more to say.
    private(set) var hasMore = true

    init(batchSize: Int = 1) {
        emitter = Emitter(batchSize: batchSize)
    }

    /// Lets the function go on; it answers whether there is more.
    mutating func fill(_ body: (inout Emitter<Out>) throws -> Bool) throws {
        hasMore = try body(&emitter)
        waiting = hasMore ? emitter.takeFull() : emitter.take()
        sent = 0
    }

    /// Sends what waits, as far as there is room; true if nothing waits any more and there is room for more.
    mutating func emit(into output: Output) throws -> Bool {
        while sent < waiting.count {
            if sent > 0, !output.hasRoom { return false }
            try output.emit(waiting[sent])
            sent += 1
        }
        let hasSent = !waiting.isEmpty
        waiting = []
        sent = 0
        return !hasSent || !hasMore || output.hasRoom
    }
}
