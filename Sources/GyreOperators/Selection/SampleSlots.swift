public import GyreColumns

/// A row that an instance would put into a place of a sample with replacement.
public struct SlotRow<Row: Sendable>: Sendable {
    /// The place in the sample.
    public var slot: Int
    public var instance: Int
    /// How many rows the instance has drawn it from.
    public var drawnFrom: Int
    public var row: Row
}

extension SlotRow: Encodable where Row: Encodable {}
extension SlotRow: Decodable where Row: Decodable {}

/// Draws a sample with replacement of the rows of an instance: each place holds one of them, all alike, and
/// independently of the other places.
///
/// The i-th row takes each place by the chance 1/i. Time: a constant a row and O(n log rows) in all; memory: the
/// sample.
public struct FillSlots<Row: Sendable & Codable>: CheckpointedFunction {
    private let count: Int
    private let instance: Int
    private let draw: RowDraw
    private var slots: [Row] = []
    private var seen = 0

    public init(_ context: OperatorContext, count: Int, seed: UInt64) {
        self.count = count
        instance = context.instance
        draw = RowDraw(seed: seed, instance: context.instance)
    }

    public mutating func process(_ row: Row, into emitter: inout Emitter<SlotRow<Row>>) {
        seen += 1
        if seen == 1 {
            slots = Array(repeating: row, count: count)
        } else {
            for slot in draw.slots(count, odds: seen, seen) { slots[slot] = row }
        }
    }

    public mutating func finish(into emitter: inout Emitter<SlotRow<Row>>) {
        for (slot, row) in slots.enumerated() {
            emitter.emit(SlotRow(slot: slot, instance: instance, drawnFrom: seen, row: row))
        }
    }

    public func snapshot(into writer: inout ByteWriter) throws {
        writer.write(seen)
        try BinaryCodec.encode(slots, into: &writer)
    }

    public mutating func restore(from reader: inout ByteReader) throws {
        seen = try reader.read()
        slots = try BinaryCodec.decode(from: &reader)
    }
}

/// Makes one sample of the instances' samples: each place takes one of theirs, by how many rows they had.
public struct MergeSlots<Row: Sendable & Codable>: CheckpointedFunction {
    private let draw: RowDraw
    /// By instance.
    private var parts: [Int: [SlotRow<Row>]] = [:]

    public init(seed: UInt64) {
        draw = RowDraw(seed: seed, instance: -1)
    }

    public mutating func process(_ row: SlotRow<Row>, into emitter: inout Emitter<Row>) {
        parts[row.instance, default: []].append(row)
    }

    public mutating func finish(into emitter: inout Emitter<Row>) {
        let ordered = parts.sorted { $0.key < $1.key }.map(\.value)
        let total = ordered.reduce(0) { $0 + ($1.first?.drawnFrom ?? 0) }
        guard let slots = ordered.first?.count else { return }
        for slot in 0..<slots {
            var left = StableHash.worker(of: draw.number(slot), among: total)
            for part in ordered {
                left -= part[slot].drawnFrom
                if left < 0 {
                    emitter.emit(part[slot].row)
                    break
                }
            }
        }
        parts = [:]
    }

    public func snapshot(into writer: inout ByteWriter) throws { try BinaryCodec.encode(parts, into: &writer) }

    public mutating func restore(from reader: inout ByteReader) throws { parts = try BinaryCodec.decode(from: &reader) }
}
