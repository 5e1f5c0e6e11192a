import GyreColumns
import GyreFormats
import GyreOperators
import GyreRuntime
import GyreTime

/// Lets an output appear when all its parts are there: one instance, behind the sinks. It emits nothing.
final class CommitOperator: Operator {
    private let output: RecordOutput
    private let work = BlockingWork(capacity: 1)
    private var parts: [WrittenPart] = []
    private var context: OperatorContext?
    private var isPublishing = false

    init(_ output: RecordOutput) {
        self.output = output
    }

    deinit {
        work.stop()
        parts.first?.target.abandon()
    }

    override func open(_ context: OperatorContext) {
        self.context = context
    }

    override func process(_ batch: Batch, port: Int, into output: Output) -> Progress {
        parts += batch.rows(of: WrittenPart.self).elements
        return .done
    }

    override func advance(to frontier: Frontier, into output: Output) throws -> Progress {
        guard frontier == .end else { return .done }
        return try publish()
    }

    override func resume(into output: Output) throws -> Progress {
        try publish()
    }

    override func snapshot(into writer: inout ByteWriter) throws {
        throw CodecError.unsupported("a sink of files takes no part in checkpoints")
    }

    private func publish() throws -> Progress {
        guard let context, let target = parts.first?.target else { return .done }
        if !isPublishing {
            isPublishing = true
            _ = try work.offer(
                { [parts, output] in
                    try target.publish(parts) { output.makeFormatter().finalHead($0, rows: $1) }
                }, wake: context.wake)
        }
        guard try work.isDone(waits: context.isStepped, wake: context.wake) else { return .idle }
        parts = []
        return .done
    }
}
