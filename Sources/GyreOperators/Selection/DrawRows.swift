public import GyreColumns

/// Lets each row through by chance, or as often as it is drawn.
public struct DrawRows<Row: Sendable>: CheckpointedFunction {
    private let fraction: Double
    private let replacement: Bool
    private let draw: RowDraw
    private var position = 0

    public init(_ context: OperatorContext, fraction: Double, replacement: Bool, seed: UInt64) {
        self.fraction = fraction
        self.replacement = replacement
        draw = RowDraw(seed: seed, instance: context.instance)
    }

    public mutating func process(_ row: Row, into emitter: inout Emitter<Row>) {
        if replacement {
            for _ in 0..<draw.poisson(mean: fraction, position) { emitter.emit(row) }
        } else if draw.uniform(position) < fraction {
            emitter.emit(row)
        }
        position += 1
    }

    public func snapshot(into writer: inout ByteWriter) { writer.write(position) }

    public mutating func restore(from reader: inout ByteReader) throws { position = try reader.read() }
}
