public import GyreColumns

/// Keeps the rows that come first in the order of draws and places: the first rows, or a random sample.
///
/// It runs twice: on every instance, over draws and places that it makes, and once over what the instances
/// kept. Both times no more than twice the wanted number of rows is held, and each row costs a comparison with
/// the greatest of those kept, amortised O(log n) where it is kept.
public struct LeastRows<Row: Sendable & Codable>: Sendable {
    private let limit: Int
    private var kept: [PlacedRow<Row>] = []
    /// Once there are enough, rows behind this one are of no use.
    private var bound: PlacedRow<Row>?

    public init(limit: Int) {
        self.limit = limit
    }

    public mutating func add(_ row: PlacedRow<Row>) {
        if let bound, !PlacedRow.isDrawnBefore(row, bound) { return }
        guard limit > 0 else { return }
        kept.append(row)
        if kept.count >= 2 * limit { shrink() }
    }

    private mutating func shrink() {
        guard kept.count >= limit else { return }
        kept.sort(by: PlacedRow.isDrawnBefore)
        kept.removeLast(kept.count - limit)
        bound = kept.last
    }

    /// The rows, in the order of their places.
    public mutating func take() -> [PlacedRow<Row>] {
        shrink()
        defer { kept = [] }
        return kept.sorted(by: PlacedRow.isPlacedBefore)
    }

    func snapshot(into writer: inout ByteWriter) throws {
        try BinaryCodec.encode(kept, into: &writer)
        try BinaryCodec.encode(bound, into: &writer)
    }

    mutating func restore(from reader: inout ByteReader) throws {
        kept = try BinaryCodec.decode(from: &reader)
        bound = try BinaryCodec.decode(from: &reader)
    }
}

/// Draws for the rows of an instance and keeps the least.
public struct SelectRows<Row: Sendable & Codable>: CheckpointedFunction {
    private let instance: Int
    private let seed: UInt64?
    private var position = 0
    private var least: LeastRows<Row>

    /// - Parameter seed: of the draws; nil keeps the first rows.
    public init(_ context: OperatorContext, limit: Int, seed: UInt64?) {
        instance = context.instance
        self.seed = seed
        least = LeastRows(limit: limit)
    }

    public mutating func process(_ row: Row, into emitter: inout Emitter<PlacedRow<Row>>) {
        let draw = seed.map { RowDraw(seed: $0, instance: instance).number(position) } ?? 0
        least.add(PlacedRow(draw: draw, instance: instance, position: position, row: row))
        position += 1
    }

    public mutating func finish(into emitter: inout Emitter<PlacedRow<Row>>) {
        for row in least.take() { emitter.emit(row) }
    }

    public func snapshot(into writer: inout ByteWriter) throws {
        writer.write(position)
        try least.snapshot(into: &writer)
    }

    public mutating func restore(from reader: inout ByteReader) throws {
        position = try reader.read()
        try least.restore(from: &reader)
    }
}

/// Keeps the least of what the instances have kept, and drops their places.
public struct MergeSelectedRows<Row: Sendable & Codable>: CheckpointedFunction {
    private var least: LeastRows<Row>

    public init(limit: Int) {
        least = LeastRows(limit: limit)
    }

    public mutating func process(_ row: PlacedRow<Row>, into emitter: inout Emitter<Row>) {
        least.add(row)
    }

    public mutating func finish(into emitter: inout Emitter<Row>) {
        for row in least.take() { emitter.emit(row.row) }
    }

    public func snapshot(into writer: inout ByteWriter) throws { try least.snapshot(into: &writer) }

    public mutating func restore(from reader: inout ByteReader) throws { try least.restore(from: &reader) }
}
