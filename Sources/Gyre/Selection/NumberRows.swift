import GyreColumns
import GyreOperators

/// Numbers the rows of an instance in steps of the number of instances.
struct NumberRows<Row: Sendable>: CheckpointedFunction {
    private let step: Int
    private var next: Int

    init(_ context: OperatorContext) {
        step = context.instances
        next = context.instance
    }

    mutating func process(_ row: Row, into emitter: inout Emitter<IndexedRow<Row>>) {
        emitter.emit(IndexedRow(index: next, row: row))
        next += step
    }

    func snapshot(into writer: inout ByteWriter) { writer.write(next) }

    mutating func restore(from reader: inout ByteReader) throws { next = try reader.read() }
}
