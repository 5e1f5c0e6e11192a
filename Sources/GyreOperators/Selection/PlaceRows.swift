public import GyreColumns

/// Gives every row of an instance its place.
public struct PlaceRows<Row: Sendable>: CheckpointedFunction {
    private let instance: Int
    private var position = 0

    public init(_ context: OperatorContext) {
        instance = context.instance
    }

    public mutating func process(_ row: Row, into emitter: inout Emitter<PlacedRow<Row>>) {
        emitter.emit(PlacedRow(instance: instance, position: position, row: row))
        position += 1
    }

    public func snapshot(into writer: inout ByteWriter) {
        writer.write(position)
    }

    public mutating func restore(from reader: inout ByteReader) throws {
        position = try reader.read()
    }
}

/// How many rows an instance has; one row an instance, also for none.
public struct CountRows<Row: Sendable>: CheckpointedFunction {
    private let instance: Int
    private var count = 0

    public init(_ context: OperatorContext) {
        instance = context.instance
    }

    public mutating func process(_ row: Row, into emitter: inout Emitter<PartitionCount>) {
        count += 1
    }

    public mutating func finish(into emitter: inout Emitter<PartitionCount>) {
        emitter.emit(PartitionCount(instance: instance, count: count))
    }

    public func snapshot(into writer: inout ByteWriter) {
        writer.write(count)
    }

    public mutating func restore(from reader: inout ByteReader) throws {
        count = try reader.read()
    }
}

/// How many rows one instance has.
public struct PartitionCount: Sendable, Codable, Hashable {
    public var instance: Int
    public var count: Int

    public init(instance: Int, count: Int) {
        self.instance = instance
        self.count = count
    }
}
